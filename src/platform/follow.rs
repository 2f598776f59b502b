//! A signal that outlives pages lets go of its readers when they are gone.
//!
//! Without it a signal of `reactive_graph` 0.2 keeps a weak reference to each reader until it next
//! changes, and with it the reader's place in memory: 1,200 page switches in one language took the
//! program's memory from 20 to 37 pages of 64 KB, with it they stay 20. The test is
//! `a_signal_that_outlives_its_readers_keeps_none_of_them` in `tests/browser_ui.rs`.
//! Upstream: TODO

use leptos::{
    prelude::on_cleanup,
    reactive::graph::{Observer, Source, ToAnySource},
};

/// The signal itself. What reads it next stops to be one of its readers when it is cleaned up.
pub fn follow<S: ToAnySource>(signal: S) -> S {
    if let Some(reader) = Observer::get() {
        let signal = signal.to_any_source();
        on_cleanup(move || signal.remove_subscriber(&reader));
    }
    signal
}
