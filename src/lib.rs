//! Logistration: a hospital's sign-in portal. Patients and staff sign in against two services and
//! see what these have on record for them.
//!
//! `pages` → `ui`, `portal`, `api`, `i18n`; `portal` → `ui`, `config`, `route`, `session`; `api` → `contract`,
//! `input`, `config`; `failure` → `contract`, `i18n`. The crates [`contract`] and [`input`] know
//! nothing of this one.

pub mod api;
pub mod app;
pub mod config;
mod expiry;
pub mod failure;
mod frame;
pub mod i18n;
mod navigation;
pub mod pages;
pub mod platform;
pub mod portal;
pub mod preferences;
pub mod prerender;
pub mod route;
pub mod session;
mod start;
pub mod ui;

pub use start::start;
