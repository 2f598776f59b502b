//! The life of a session: time-outs, the warning before one, other tabs, and its end.

mod activity;
mod end;
mod tabs;
mod timeout;
mod warning;

pub use activity::SessionTimeout;
pub use end::sign_out;
