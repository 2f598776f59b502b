//! Icons: paths in a box of 24 by 24, drawn as lines in the colour of the text.

use leptos::prelude::*;

/// Shows a masked value.
pub(super) const SHOW: &str =
    "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z";
/// Masks a value.
pub(super) const HIDE: &str =
    "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM4 4l16 16";
/// Copies a value.
pub(super) const COPY: &str = "M9 9h11v11H9zM15 9V4H4v11h5";
/// A value was copied.
pub(super) const DONE: &str = "M5 12.5l5 5L19.5 7";

/// An icon beside or in place of a text; screen readers skip it.
#[component]
pub(super) fn Icon(#[prop(into)] path: Signal<&'static str>) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
}
