//! From a loaded document to a running app: configuration, language, theme, and the first render, which
//! hydrates the prerendered page where that is the right one.

use ::config::Config;
#[cfg(feature = "hydrate")]
use leptos::mount::hydrate_from;
use leptos::{ev, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{AddEventListenerOptions, Element, HtmlElement, HtmlInputElement};

#[cfg(debug_assertions)]
use crate::gallery;
use crate::{
    app::App,
    i18n::{self, Message, Messages},
    pages::{
        config_error::{self, ConfigLoadError},
        warm_up_record,
    },
    preferences::{self, Theme},
    prerender,
    router::{self, Audience, Audiences, Route, Router},
    state::{AppState, SignedOutMessage},
    ui::{self, after_render},
};

/// Starts the app in the element `portal`, and sets `<html data-app-ready>` once it answers: to `keep`
/// where the boot script shall store the portal's files on the device (`offlineStart`).
///
/// `status` and `config` are the response to the request for `config.json`: its HTTP status, 0 where none
/// came, and its body. `asked` is the value of `?lang=` in the address, empty without one.
#[wasm_bindgen]
pub fn start(status: u16, config: &[u8], asked: &str) {
    // A panic ends in a trap, which the boot script handles. Its message may hold personal data: it is
    // logged in debug builds only.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    let (Some(html), Some(root)) = (document().document_element(), root()) else {
        return;
    };
    let base = router::base();
    match read_config(status, config) {
        Ok((mut config, bytes)) => {
            // No address configured: the folder of the portal, where a reverse proxy may serve the services.
            config.patient.base_url.default_to_folder(&base);
            config.staff.base_url.default_to_folder(&base);
            let messages = initial_language(&config, &base, asked);
            // Read once, used until the document is unloaded.
            let config = Box::leak(Box::new(config));
            #[cfg(debug_assertions)]
            if gallery::is_asked_for() {
                gallery::mount(root, config, messages);
                let _ = html.set_attribute(READY, "");
                return;
            }
            hydrate_or_render(html, root, config, base.leak(), bytes, messages);
        }
        Err(error) => {
            let messages = initial_language(&Config::default(), &base, asked);
            config_error::mount(root, messages, error);
            let _ = html.set_attribute(READY, "");
        }
    }
}

/// The language of the page, where the address has asked for `asked`.
fn initial_language(config: &Config, base: &str, asked: &str) -> &'static Messages {
    let audience = router::current(base).audience(Audiences::from(config));
    preferences::initial_language(config, audience, asked)
}

/// Attribute of `<html>` once the app answers.
const READY: &str = "data-app-ready";

/// Hydrates the prerendered page if it equals what would be rendered now, else renders the app.
fn hydrate_or_render(
    html: Element,
    root: HtmlElement,
    config: &'static Config,
    base: &'static str,
    bytes: &[u8],
    preferred: &'static Messages,
) {
    if let (Some(accent), Some(html)) = (config.brand.accent, html.dyn_ref::<HtmlElement>()) {
        for (name, value) in accent.tokens() {
            // A browser that does not know the CSS function keeps the default accent.
            let _ = html.style().set_property(name, &value);
        }
    }
    let ready = if config.offline_start { "keep" } else { "" };
    #[cfg(feature = "hydrate")]
    if let Some(messages) = prerendered_language(&html, config, base, bytes) {
        let state = AppState::new(
            config,
            messages,
            router_from_location(base),
            router::last_audience(),
        );
        let _ = html.set_attribute(prerender::HYDRATING, "");
        hydrate_from(root, move || view! { <App state/> }).forget();
        let _ = html.remove_attribute(prerender::HYDRATING);
        // The prerendered language until the app is hydrated, the preferred one from then on.
        state.locale.switch(preferred);
        connect(state);
        let _ = html.set_attribute(READY, ready);
        return;
    }
    let _ = bytes;
    render(root, config, base, preferred);
    let _ = html.set_attribute(READY, ready);
}

fn router_from_location(base: &'static str) -> Router {
    Router::at(base, router::current(base))
}

/// Renders the app, and carries over what was typed into the prerendered page.
fn render(
    root: HtmlElement,
    config: &'static Config,
    base: &'static str,
    messages: &'static Messages,
) {
    let typed = TypedFields::read(&root);
    root.set_text_content(None);
    let state = AppState::new(
        config,
        messages,
        router_from_location(base),
        router::last_audience(),
    );
    connect(state);
    mount_to(root, move || view! { <App state/> }).forget();
    typed.write();
}

/// Prepares for the record page on the first focus of a field: calendars, the page's code and the
/// connection take longer the first time.
fn warm_up_on_focus(state: &'static AppState) {
    let prepare = move || {
        preconnect(state);
        after_render(move || {
            i18n::warm_up(state.locale.messages_now());
            warm_up_record(state.locale.messages_now());
        });
    };
    let page = document();
    let focused = page.active_element();
    if focused.is_some_and(|element| element.has_type::<HtmlInputElement>()) {
        return prepare();
    }
    let once = AddEventListenerOptions::new();
    once.set_once(true);
    let prepare = Closure::once_into_js(prepare);
    // Without the listener the first record page takes longer; nothing else changes.
    let _ = page.add_event_listener_with_callback_and_add_event_listener_options(
        "focusin",
        prepare.unchecked_ref(),
        &once,
    );
}

/// Opens a connection to the page's service, where that is at another origin.
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
            // Connections with and without credentials are separate.
            link.set_attribute("crossorigin", "anonymous")?;
            link.set_attribute("href", &origin)?;
            head.append_child(&link)
        });
    }
}

/// Connects the state with the browser: theme, network, history. After hydration only, since a
/// prerendered page is light and online; and an app that failed to hydrate must not keep listeners.
fn connect(state: &'static AppState) {
    ui::track_pointer();
    state.theme.set(Theme::preferred());
    let update = move || state.online.set(window().navigator().on_line());
    update();
    window_event_listener(ev::online, move |_| update());
    window_event_listener(ev::offline, move |_| update());
    state.router.listen();
    if router::take_code_page() {
        state.signed_out_message.set(Some(SignedOutMessage {
            message: Message::Plain(|m| m.code_page_lost),
            needs_help: false,
        }));
    }
    warm_up_on_focus(state);
}

/// The language of the prerendered page, if this configuration renders just that page at this address.
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
    let Route::SignIn(audience, _) = router::current(base).resolve(guest, Audiences::from(config))
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

/// Text, choice and focus of a page that is about to be replaced.
struct TypedFields {
    inputs: Vec<HtmlInputElement>,
    focused: Option<String>,
}

impl TypedFields {
    fn read(root: &HtmlElement) -> Self {
        let mut inputs = Vec::new();
        if let Ok(found) = root.query_selector_all("input[id]") {
            for index in 0..found.length() {
                if let Some(input) = found.item(index).and_then(|node| node.dyn_into().ok()) {
                    inputs.push(input);
                }
            }
        }
        let focused = document().active_element().map(|element| element.id());
        Self { inputs, focused }
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
        if let Some(new) = self.focused.as_deref().and_then(ui::input_of) {
            let _ = new.focus();
        }
    }
}

/// The configuration, and the bytes it was read from. Without a file the defaults apply; hosts that
/// answer every path with the start page have no file either.
fn read_config(status: u16, bytes: &[u8]) -> Result<(Config, &[u8]), ConfigLoadError> {
    match status {
        200 if !::config::is_start_page(bytes) => Config::parse(bytes)
            .map(|config| (config, bytes))
            .map_err(ConfigLoadError::Invalid),
        200 | 404 | 410 => Ok((Config::default(), prerender::NO_CONFIG)),
        _ => Err(ConfigLoadError::Fetch),
    }
}

fn root() -> Option<HtmlElement> {
    document().get_element_by_id("portal")?.dyn_into().ok()
}
