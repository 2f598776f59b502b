//! The box at the top of a form that says what is wrong and leads to it, after GOV.UK's pattern:
//! the box itself takes focus, and `role="alert"` stands on a child, or the two would race. The box
//! is a group, for what has no role has no name either, and focus on it would say nothing.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{after_render::after_render, form::Form};
use crate::i18n::Locale;

const ID: &str = "error-summary";

/// What is wrong with `form`, in a box that takes focus each time there is news.
#[component]
pub fn ErrorSummary(
    locale: Locale,
    form: Form,
    /// The element ids of the form's fields, in their order.
    fields: &'static [&'static str],
) -> impl IntoView {
    Effect::new(move || {
        if form.is_announced() {
            after_render(move || {
                if let Some(summary) = element(ID) {
                    let _ = summary.focus();
                    summary.scroll_into_view();
                }
            });
        }
    });
    // All there could ever be, each shown while it is so: nothing has to be made, and a screen reader
    // is told of text that comes into a region it knows.
    let links: Vec<_> = fields
        .iter()
        .copied()
        .map(|field| {
            let problem = move || form.error_of(field);
            let lead = move |event: MouseEvent| {
                event.prevent_default();
                lead_to(field);
            };
            view! {
                <li hidden=move || problem().is_none()>
                    <a href=["#", field].concat() on:click=lead>
                        {move || locale.format(problem())}
                    </a>
                </li>
            }
        })
        .collect();
    let trouble = move || form.form_error();
    view! {
        <div
            class="error-summary"
            id=ID
            role="group"
            tabindex="-1"
            aria-labelledby="problem"
            hidden=move || !form.has_error()
        >
            <div role="alert">
                <h2 class="error-summary__title" id="problem">
                    {locale.text(|m| m.problem)}
                </h2>
                <p hidden=move || trouble().is_none()>{move || locale.format(trouble())}</p>
                <ul>{links}</ul>
            </div>
        </div>
    }
}

/// Brings the label into view, so that one sees what is asked, and puts the caret in the field.
fn lead_to(field: &str) {
    let page = document();
    if let Ok(Some(label)) = page.query_selector(&["label[for=\"", field, "\"]"].concat()) {
        label.scroll_into_view();
    }
    if let Some(input) = element(field) {
        let _ = input.focus();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
