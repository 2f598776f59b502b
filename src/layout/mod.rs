//! The layout around every page.

mod footer;
mod header;
mod navigation;
mod offline_notice;

pub use footer::Footer;
pub use header::Header;
pub use offline_notice::OfflineNotice;
