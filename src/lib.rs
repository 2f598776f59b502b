//! Logistration, a hospital's sign-in portal: patients and staff sign in against two services and see
//! what these have on record for them.
//!
//! Each layer imports from those below it only; `tests/layers` holds this:
//!
//! | layer | what it is |
//! |---|---|
//! | `gallery` | every component in every state, in development builds |
//! | `app`, `bootstrap`, `prerender` | the root component; document → running app; pages as HTML at build time |
//! | `pages` | one file or folder a page |
//! | `layout` | header, navigation, offline notice, footer |
//! | `session` | time-outs, messages between tabs, sign-out |
//! | `state` | [`state::AppState`], shared by all pages |
//! | `api` | requests to the two services, by fetch |
//! | `preferences`, `store` | language and theme, stored; who is signed in, in memory only |
//! | `router` | [`router::Route`] and the browser's history |
//! | `ui` | components that know nothing of the layers above |
//! | `i18n` | messages in every language, dates and numbers |
//! | `platform` | work-arounds for Leptos and the browser |
//!
//! The crates [`contract`], [`input`], [`config`] and [`barcodes`] do not depend on this one.

// The gallery, whose view has a long type.
#![cfg_attr(debug_assertions, recursion_limit = "256")]

pub mod api;
pub mod app;
mod bootstrap;
#[cfg(debug_assertions)]
mod gallery;
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
