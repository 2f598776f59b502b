//! Logistration: a hospital's sign-in portal. Patients and staff sign in against two services and
//! see what these have on record for them.
//!
//! Layers, each of which imports from those below only (`tests/layers` holds it):
//! `app`, `bootstrap`, `prerender` → `pages` → `layout` → `session` → `state` → `api` → `preferences`, `store`
//! → `router` → `ui` → `i18n` → `platform`. The crates [`contract`], [`input`], [`config`] and [`codes`] know
//! nothing of this one.

pub mod api;
pub mod app;
mod bootstrap;
pub mod i18n;
mod layout;
pub mod pages;
pub mod platform;
pub mod preferences;
pub mod prerender;
pub mod router;
mod session;
pub mod state;
pub mod store;
pub mod ui;

pub use bootstrap::start;
