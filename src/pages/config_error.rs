//! Instead of the portal, where its configuration cannot be used.

use ::config::ConfigError;
use leptos::{mount::mount_to, prelude::*};
use web_sys::HtmlElement;

use crate::i18n::{self, Messages};

/// Why the portal has no configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// It cannot be used.
    Unusable(ConfigError),
}

/// Shows the page in an element, for as long as that lasts.
pub fn show(root: HtmlElement, messages: &'static Messages, problem: Problem) {
    root.set_text_content(None);
    mount_to(root, move || view! { <ConfigErrorPage messages problem/> }).forget();
}

/// Names what is wrong with `config.json`, for whoever runs the portal.
#[component]
pub fn ConfigErrorPage(
    /// In which language.
    messages: &'static Messages,
    /// What is wrong.
    problem: Problem,
) -> impl IntoView {
    Effect::new(move || {
        i18n::set_document_language(messages);
        document().set_title(messages.config_error);
    });
    let (sentence, mistakes) = match problem {
        Problem::Unreachable => (messages.config_unreachable, Vec::new()),
        Problem::Unusable(ConfigError::NotJson) => (messages.config_not_json, Vec::new()),
        Problem::Unusable(ConfigError::Mistakes(mistakes)) => (messages.config_mistakes, mistakes),
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
                <h1 class="heading">{messages.config_error}</h1>
                <p>{messages.config_error_body}</p>
                <p>{sentence}</p>
                {(!mistakes.is_empty()).then(|| view! { <ul>{mistakes}</ul> })}
            </div>
        </main>
    }
}
