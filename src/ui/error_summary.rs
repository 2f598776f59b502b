//! The box at the top of a form that says what is wrong and leads to it, after GOV.UK's pattern:
//! the box itself takes focus, and `role="alert"` stands on a child, or the two would race. The box
//! is a group, for what has no role has no name either, and focus on it would say nothing.

use leptos::{either::Either, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Alert, FieldProblem, Form, PAGE, after_render};
use crate::{
    dynamic::{Anew, effect, flag, on},
    i18n::{Language, Message},
};

const ID: &str = "error-summary";

/// What is wrong with `form`, in a box that takes focus each time there is news.
#[component]
pub fn ErrorSummary(lang: Language, form: Form) -> impl IntoView {
    effect(move || {
        if form.has_news() {
            after_render(move || {
                if let Some(summary) = element(ID) {
                    let _ = summary.focus();
                    summary.scroll_into_view();
                }
            });
        }
    });
    let body = move || {
        Anew(form.alert().map(|alert| match alert {
            Alert::Call(message) => Either::Left(view! { <p>{lang.tell(message)}</p> }),
            Alert::Offline => {
                Either::Left(view! { <p>{lang.tell(Message::Plain(|w| w.offline))}</p> })
            }
            Alert::Fields(problems) => Either::Right(view! {
                <ul>
                    {problems
                        .into_iter()
                        .map(|problem| view! { <li>{problem_link(lang, problem)}</li> })
                        .collect::<Vec<_>>()}
                </ul>
            }),
        }))
    };
    view! {
        <div
            class="error-summary"
            id=ID
            role="group"
            tabindex="-1"
            aria-labelledby="problem"
            hidden=flag(move || !form.has_alert())
        >
            <div role="alert">
                <h2 class="error-summary__title" id="problem">
                    {lang.say(|w| w.problem)}
                </h2>
                {body}
            </div>
        </div>
    }
}

fn problem_link(lang: Language, problem: FieldProblem) -> impl IntoView {
    let FieldProblem { field, message } = problem;
    let lead = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        lead_to(field);
    };
    view! {
        <a href=["#", field].concat() on:click=on(lead)>
            {lang.tell(message)}
        </a>
    }
}

/// Brings the label into view, so that one sees what is asked, and puts the caret in the field. Where
/// it is the page, loads it again. What was typed is on the page only, and goes with it.
fn lead_to(field: &str) {
    if field == PAGE {
        let _ = window().location().reload();
    }
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
