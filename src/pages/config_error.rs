//! The page in place of the app, where `config.json` cannot be used.

use ::config::ConfigError;
use leptos::{mount::mount_to, prelude::*};
use web_sys::HtmlElement;

use crate::i18n::{self, Messages};

/// Failure to load the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigLoadError {
    /// No usable response to the request for `config.json`.
    Fetch,
    /// The file is not JSON, or has mistakes.
    Invalid(ConfigError),
}

/// Mounts the page in an element.
pub fn mount(root: HtmlElement, messages: &'static Messages, error: ConfigLoadError) {
    root.set_text_content(None);
    mount_to(root, move || view! { <ConfigErrorPage messages error/> }).forget();
}

/// Names the mistakes in `config.json`, for the administrator of the portal.
#[component]
pub fn ConfigErrorPage(
    /// Language of the page.
    messages: &'static Messages,
    /// The failure.
    error: ConfigLoadError,
) -> impl IntoView {
    Effect::new(move || {
        i18n::set_document_language(messages);
        document().set_title(messages.config_error);
    });
    let (sentence, for_it, mistakes) = match error {
        ConfigLoadError::Fetch => (messages.config_unreachable, "", Vec::new()),
        ConfigLoadError::Invalid(ConfigError::NotJson) => (
            messages.config_error_body,
            messages.config_not_json,
            Vec::new(),
        ),
        ConfigLoadError::Invalid(ConfigError::Mistakes(mistakes)) => (
            messages.config_error_body,
            messages.config_mistakes,
            mistakes,
        ),
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
            <div class="record card card__main" role="alert">
                <h1 class="heading">{messages.config_error}</h1>
                <p>{sentence}</p>
                {(!for_it.is_empty()).then(|| view! { <p>{for_it}</p> })}
                {(!mistakes.is_empty()).then(|| view! { <ul>{mistakes}</ul> })}
            </div>
        </main>
    }
}
