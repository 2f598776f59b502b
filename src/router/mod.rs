//! Addresses: [`Route`] names a place of the portal, [`Router`] is the browser's history.

mod history;
mod route;

pub use history::{
    Router, base, current, last_audience, remember_audience, remember_code_page, take_code_page,
};
pub use route::{Audience, Audiences, ProtectedRoute, Route, Visitor};
