//! From a loaded page to a portal: configuration, language, theme, and the first render.

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use crate::{
    api,
    app::App,
    config::{Config, Problem, Tag},
    i18n::{self, Language},
    pages::CannotStart,
    portal::Portal,
    preferences::{self, Theme},
    route::{self, Router},
    session::SessionStore,
};

/// Starts the portal in the element `portal`, and marks `<html data-app-ready>` once it answers.
pub fn start() {
    std::panic::set_hook(Box::new(|panic| {
        // In a release build it could be anything, a person's data too.
        #[cfg(debug_assertions)]
        leptos::logging::error!("{panic}");
        #[cfg(not(debug_assertions))]
        let _ = panic;
        give_up();
    }));
    spawn_local(async {
        let config = load_config().await;
        let Some(root) = document()
            .get_element_by_id("portal")
            .and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok())
        else {
            return give_up();
        };
        root.set_text_content(None);
        match config {
            Ok(config) => {
                // Read once, used until the page is gone.
                let config = Box::leak(Box::new(config));
                mount_to(root, move || {
                    let portal = portal(config);
                    view! { <App portal/> }
                })
                .forget();
            }
            Err(problem) => {
                let all: Vec<_> = i18n::ALL.iter().copied().map(Tag).collect();
                let words = preferences::preferred_language(&all);
                mount_to(root, move || view! { <CannotStart words problem/> }).forget();
            }
        }
        mark("data-app-ready");
    });
}

fn portal(config: &'static Config) -> Portal {
    let session = SessionStore::new(route::last_entrance());
    // Written down where a reload finds it, as soon as somebody comes in.
    Effect::new(move |_| {
        if let Some(entrance) = session.with(crate::session::Session::entrance) {
            route::remember_entrance(entrance);
        }
    });
    Portal {
        config,
        lang: Language::new(preferences::preferred_language(&config.languages)),
        theme: RwSignal::new(Theme::preferred()),
        router: Router::in_browser(),
        session,
    }
}

/// A file that is not there means the defaults. A host that answers every path with the start page
/// does not have the file either.
async fn load_config() -> Result<Config, Problem> {
    let timeout = Config::default().timeout_seconds;
    match api::get("/config.json", timeout).await {
        Ok((200, bytes)) if !is_markup(&bytes) => Config::parse(&bytes),
        Ok((200 | 404 | 410, _)) => Ok(Config::default()),
        Ok(_) | Err(_) => Err(Problem::Unreachable),
    }
}

fn is_markup(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().first() == Some(&b'<')
}

/// After a panic nothing on the page works any more. What stood there may be personal: it goes,
/// and the static page behind it says what to do.
fn give_up() {
    if let Some(root) = document().get_element_by_id("portal") {
        root.set_text_content(None);
    }
    mark("data-app-failed");
}

fn mark(attribute: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute(attribute, "");
    }
}
