//! The life of a session after sign-in: time-outs, the warning before them, other tabs, sign-out.

mod activity;
mod end;
mod idle;
mod probe;
mod tabs;
mod time_left;
mod timeout;
mod warning;

pub use activity::SessionTimeout;
pub use end::{go_on, sign_out};
pub use idle::after_idle;
