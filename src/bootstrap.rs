//! From a loaded page to a portal: configuration, language, theme, and the first render, which
//! takes over the served form where there is one and it is the right one.

use ::config::{Config, Language};
#[cfg(feature = "hydrate")]
use leptos::mount::hydrate_from;
use leptos::{ev, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{AddEventListenerOptions, Element, HtmlElement, HtmlInputElement};

use crate::{
    app::App,
    i18n::{self, Messages},
    pages::{
        config_error::{self, Problem},
        warm_up_record,
    },
    preferences::{self, Theme},
    prerender,
    router::{self, Audience, Route, Router},
    state::AppState,
    ui::{self, after_render},
};

/// Starts the portal in the element `portal`, and marks `<html data-app-ready>` once it answers: with
/// a word in it where the boot script shall keep the portal's files on the device. `status` and `config` are what came of asking for
/// `config.json`: the HTTP status, 0 for none, and the contents.
#[wasm_bindgen]
pub fn start(status: u16, config: &[u8]) {
    // A panic ends in a trap, which the boot script answers. What it says could be anything, a
    // person's data too: it is for builds that only a developer sees.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    let (Some(html), Some(root)) = (document().document_element(), root()) else {
        return;
    };
    match read_config(status, config) {
        Ok((mut config, bytes)) => {
            let base = router::base();
            // Nothing said: beside the portal, so that a server can hand out both.
            config.patient.base_url.or_folder(&base);
            config.staff.base_url.or_folder(&base);
            // Read once, used until the page is gone.
            hydrate_or_render(html, root, Box::leak(Box::new(config)), base.leak(), bytes);
        }
        Err(problem) => {
            let messages = preferences::preferred_language(&Language::ALL);
            config_error::show(root, messages, problem);
            let _ = html.set_attribute(READY, "");
        }
    }
}

/// On `<html>` once the portal answers.
const READY: &str = "data-app-ready";

/// Shows the portal: takes over the served form if it is what would be rendered now, else renders it
/// anew.
fn hydrate_or_render(
    html: Element,
    root: HtmlElement,
    config: &'static Config,
    base: &'static str,
    bytes: &[u8],
) {
    if let (Some(accent), Some(html)) = (config.brand.accent, html.dyn_ref::<HtmlElement>()) {
        for (name, value) in accent.tokens() {
            // A browser that does not know the function keeps the portal's own colour.
            let _ = html.style().set_property(name, &value);
        }
    }
    let ready = if config.offline_start { "keep" } else { "" };
    let preferred = preferences::preferred_language(&config.languages);
    #[cfg(feature = "hydrate")]
    if let Some(messages) = prerendered_language(&html, config, base, bytes) {
        let state = AppState::new(config, messages, router_at(base), router::last_audience());
        let _ = html.set_attribute(prerender::HYDRATING, "");
        hydrate_from(root, move || view! { <App state/> }).forget();
        let _ = html.remove_attribute(prerender::HYDRATING);
        // The page speaks the language it was served in until it is taken over.
        state.locale.switch(preferred);
        connect(state);
        let _ = html.set_attribute(READY, ready);
        return;
    }
    let _ = bytes;
    show(root, config, base, preferred);
    let _ = html.set_attribute(READY, ready);
}

fn router_at(base: &'static str) -> Router {
    Router::at(base, router::current(base))
}

/// Renders the portal anew, and carries over what was typed meanwhile.
fn show(
    root: HtmlElement,
    config: &'static Config,
    base: &'static str,
    messages: &'static Messages,
) {
    let typed = Typed::read(&root);
    root.set_text_content(None);
    let state = AppState::new(config, messages, router_at(base), router::last_audience());
    connect(state);
    mount_to(root, move || view! { <App state/> }).forget();
    typed.write();
}

/// Prepares for the record as soon as the form takes focus: calendars, code and the connection take
/// longer the first time.
fn warm_up_on_focus(state: &'static AppState) {
    let prepare = move || {
        preconnect(state);
        after_render(move || {
            i18n::warm_up(state.locale.messages_now());
            warm_up_record(state.locale.messages_now());
        });
    };
    let page = document();
    let turned_to = page.active_element();
    if turned_to.is_some_and(|element| element.has_type::<HtmlInputElement>()) {
        return prepare();
    }
    let once = AddEventListenerOptions::new();
    once.set_once(true);
    let prepare = Closure::once_into_js(prepare);
    // Without the listener the first record takes that much longer.
    let _ = page.add_event_listener_with_callback_and_add_event_listener_options(
        "focusin",
        prepare.unchecked_ref(),
        &once,
    );
}

/// Opens a connection to the service that the form is for, where that is at another origin.
fn preconnect(state: &AppState) {
    let base_url = match untrack(|| state.place()) {
        Route::SignIn(Audience::Patient, _) => &state.config.patient.base_url,
        Route::SignIn(Audience::Staff, _) => &state.config.staff.base_url,
        _ => return,
    };
    let origin = base_url.origin();
    if let (false, Some(head)) = (origin.is_empty(), document().head()) {
        let link = document().create_element("link");
        let _ = link.and_then(|link| {
            link.set_attribute("rel", "preconnect")?;
            // Requests without cookies have connections of their own.
            link.set_attribute("crossorigin", "anonymous")?;
            link.set_attribute("href", &origin)?;
            head.append_child(&link)
        });
    }
}

/// Has a portal look at its browser, and listen to it. Not before it stands: a page is served light,
/// and as if there were a network; and a portal that broke while it was taking the page over must hear
/// of nothing that the next one is told.
fn connect(state: &'static AppState) {
    ui::track_pointer();
    state.theme.set(Theme::preferred());
    let look = move || state.online.set(window().navigator().on_line());
    look();
    window_event_listener(ev::online, move |_| look());
    window_event_listener(ev::offline, move |_| look());
    state.router.listen();
    warm_up_on_focus(state);
}

/// The language of the served form, if that is just what this configuration renders at this address.
#[cfg(feature = "hydrate")]
fn prerendered_language(
    html: &Element,
    config: &Config,
    base: &str,
    bytes: &[u8],
) -> Option<&'static Messages> {
    let page = html.get_attribute(prerender::PAGE)?;
    let made_from = html.get_attribute(prerender::CONFIG)?;
    let guest = router::Visitor::Guest(router::last_audience());
    let Route::SignIn(audience, _) =
        router::current(base).resolve(guest, router::Audiences::from(config))
    else {
        return None;
    };
    let messages = i18n::find(&html.get_attribute("lang")?)?;
    let fits = page == Route::SignIn(audience, None).href(base)
        && made_from == prerender::fingerprint(bytes)
        && config
            .languages
            .iter()
            .any(|language| language.tag() == messages.code);
    fits.then_some(messages)
}

/// What was typed and chosen on a page that is about to be replaced, and where the caret was. Lives
/// for a moment only.
struct Typed {
    inputs: Vec<HtmlInputElement>,
    turned_to: Option<String>,
}

impl Typed {
    fn read(root: &HtmlElement) -> Self {
        let mut inputs = Vec::new();
        if let Ok(found) = root.query_selector_all("input[id]") {
            for index in 0..found.length() {
                if let Some(input) = found.item(index).and_then(|node| node.dyn_into().ok()) {
                    inputs.push(input);
                }
            }
        }
        let turned_to = document().active_element().map(|element| element.id());
        Self { inputs, turned_to }
    }

    fn write(self) {
        for old in self.inputs {
            let new = document().get_element_by_id(&old.id());
            if let Some(new) = new.and_then(|new| new.dyn_into::<HtmlInputElement>().ok()) {
                if old.type_() == "radio" {
                    new.set_checked(old.checked());
                } else if !old.value().is_empty() {
                    new.set_value(&old.value());
                }
            }
        }
        if let Some(new) = self.turned_to.as_deref().and_then(ui::input_of) {
            let _ = new.focus();
        }
    }
}

/// The configuration, and the bytes it was read from. A file that is not there means the defaults;
/// a host that answers every path with the start page does not have the file either.
fn read_config(status: u16, bytes: &[u8]) -> Result<(Config, &[u8]), Problem> {
    match status {
        200 if !is_start_page(bytes) => Config::parse(bytes)
            .map(|config| (config, bytes))
            .map_err(Problem::Unusable),
        200 | 404 | 410 => Ok((Config::default(), prerender::NO_CONFIG)),
        _ => Err(Problem::Unreachable),
    }
}

/// Ours, and not the page of some gateway in between, which would be no reason to go on.
fn is_start_page(bytes: &[u8]) -> bool {
    let markup = bytes.trim_ascii_start().first() == Some(&b'<');
    markup
        && bytes
            .windows(9)
            .any(|nine| nine == b"id=portal" || nine == b"id=\"porta")
}

fn root() -> Option<HtmlElement> {
    document().get_element_by_id("portal")?.dyn_into().ok()
}
