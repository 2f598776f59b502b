//! The layout around every page.

mod footer;
mod header;
mod hospital_notice;
mod navigation;
mod offline_notice;

pub use footer::Footer;
pub use header::{Header, Logo};
pub use hospital_notice::HospitalNotice;
pub use offline_notice::OfflineNotice;
