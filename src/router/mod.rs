//! The portal's addresses: [`Route`] names a place, [`Router`] is the browser's history.

mod history;
mod route;

pub use history::{Router, base, current, last_entrance, remember_entrance};
pub use route::{Entrance, Entrances, Inside, Route, Visitor};
