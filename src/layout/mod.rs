//! The layout around every page.

mod footer;
mod header;
mod navigation;
mod notice;

pub use footer::Footer;
pub use header::Header;
pub use notice::Notice;
