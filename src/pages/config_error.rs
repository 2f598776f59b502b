//! Instead of the portal, where its configuration cannot be used.

use ::config::ConfigError;
use leptos::{mount::mount_to, prelude::*};
use web_sys::HtmlElement;

use crate::i18n::{self, Words};

/// Why the portal has no configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// It cannot be used.
    Unusable(ConfigError),
}

/// Shows the page in an element, for as long as that lasts.
pub fn show(root: HtmlElement, words: &'static Words, problem: Problem) {
    root.set_text_content(None);
    mount_to(root, move || view! { <CannotStart words problem/> }).forget();
}

/// Names what is wrong with `config.json`, for whoever runs the portal.
#[component]
pub fn CannotStart(
    /// In which language.
    words: &'static Words,
    /// What is wrong.
    problem: Problem,
) -> impl IntoView {
    Effect::new(move || {
        i18n::mark_page(words);
        document().set_title(words.cannot_start);
    });
    let (sentence, mistakes) = match problem {
        Problem::Unreachable => (words.config_unreachable, Vec::new()),
        Problem::Unusable(ConfigError::NotJson) => (words.config_not_json, Vec::new()),
        Problem::Unusable(ConfigError::Mistakes(mistakes)) => (words.config_mistakes, mistakes),
    };
    let mistakes: Vec<_> = mistakes
        .into_iter()
        .map(|mistake| {
            view! {
                <li dir="ltr" lang="en">
                    <code>{mistake.subject().to_owned()}</code>
                    " "
                    {mistake.predicate()}
                </li>
            }
        })
        .collect();
    view! {
        <main class="main" id="main">
            <div class="record" role="alert">
                <h1 class="heading">{words.cannot_start}</h1>
                <p>{words.cannot_start_body}</p>
                <p>{sentence}</p>
                {(!mistakes.is_empty()).then(|| view! { <ul>{mistakes}</ul> })}
            </div>
        </main>
    }
}
