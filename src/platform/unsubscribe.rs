//! Unsubscribes a page's effects from signals that outlive the page.
//!
//! A signal of `reactive_graph` 0.2 keeps a weak reference to each subscriber until it next notifies, and
//! with it the subscriber's memory. The language may never change: 1,200 page switches grew the program's
//! memory from 20 to 37 pages of 64 KB; with this function they stay 20. The test is
//! `signal_that_outlives_its_subscribers_keeps_none_of_them` in `tests/browser_ui/signals.rs`.
//!
//! A dropped effect does not unsubscribe: <https://docs.rs/reactive_graph/0.2.16/src/reactive_graph/effect/inner.rs.html>.
//! No issue is filed there; another library fixed the same: <https://github.com/DioxusLabs/dioxus/pull/3569>.

use leptos::{
    prelude::on_cleanup,
    reactive::graph::{Observer, Source, ToAnySource},
};

/// Returns the signal, and unsubscribes the current observer from it on cleanup.
pub fn unsubscribe_on_cleanup<S: ToAnySource>(signal: S) -> S {
    if let Some(reader) = Observer::get() {
        let signal = signal.to_any_source();
        on_cleanup(move || signal.remove_subscriber(&reader));
    }
    signal
}
