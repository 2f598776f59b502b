//! From a loaded page to a portal: configuration, language, theme, and the first render, which
//! takes over the served form where there is one and it is the right one.

#[cfg(feature = "hydrate")]
use leptos::mount::hydrate_from;
use leptos::{ev, mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure, prelude::wasm_bindgen};
use web_sys::{AddEventListenerOptions, Element, HtmlElement, HtmlInputElement};

use crate::{
    app::App,
    config::{self, Config, Problem},
    i18n::{self, Words},
    pages::{self, cannot_start},
    portal::Portal,
    preferences::{self, Theme},
    prerender,
    route::{self, Entrance, Route, Router},
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
            let base = route::base();
            // Nothing said: beside the portal, so that a server can hand out both.
            config.patient.base_url.default_to_folder(&base);
            config.staff.base_url.default_to_folder(&base);
            // Read once, used until the page is gone.
            show_first(html, root, Box::leak(Box::new(config)), base.leak(), bytes);
        }
        Err(problem) => {
            let words = preferences::preferred_language(&config::Language::ALL);
            cannot_start::show(root, words, problem);
            let _ = html.set_attribute(READY, "");
        }
    }
}

/// On `<html>` once the portal answers.
const READY: &str = "data-app-ready";

/// Shows the portal: takes over the served form if it is what would be rendered now, else renders it
/// anew.
fn show_first(
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
    if let Some(words) = served_language(&html, config, base, bytes) {
        let portal = Portal::new(config, words, router(base), route::last_entrance());
        let _ = html.set_attribute(prerender::TAKING_OVER, "");
        hydrate_from(root, move || view! { <App portal/> }).forget();
        let _ = html.remove_attribute(prerender::TAKING_OVER);
        // The page speaks the language it was served in until it is taken over.
        portal.lang.switch(preferred);
        attend(portal);
        let _ = html.set_attribute(READY, ready);
        return;
    }
    let _ = bytes;
    show(root, config, base, preferred);
    let _ = html.set_attribute(READY, ready);
}

fn router(base: &'static str) -> Router {
    Router::at(base, route::current(base))
}

/// Renders the portal anew, and carries over what was typed meanwhile.
fn show(root: HtmlElement, config: &'static Config, base: &'static str, words: &'static Words) {
    let typed = Typed::read(&root);
    root.set_text_content(None);
    let portal = Portal::new(config, words, router(base), route::last_entrance());
    attend(portal);
    mount_to(root, move || view! { <App portal/> }).forget();
    typed.write();
}

/// Prepares for the record as soon as the form takes focus: calendars, code and the connection take
/// longer the first time.
fn prepare_for_sign_in(portal: &'static Portal) {
    let prepare = move || {
        preconnect(portal);
        after_render(move || {
            i18n::warm_up(portal.lang.words_now());
            pages::rehearse_record(portal.lang.words_now());
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
fn preconnect(portal: &Portal) {
    let base_url = match untrack(|| portal.place()) {
        Route::SignIn(Entrance::Patient, _) => &portal.config.patient.base_url,
        Route::SignIn(Entrance::Staff, _) => &portal.config.staff.base_url,
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
fn attend(portal: &'static Portal) {
    ui::follow_presses();
    portal.theme.set(Theme::preferred());
    let look = move || portal.online.set(window().navigator().on_line());
    look();
    window_event_listener(ev::online, move |_| look());
    window_event_listener(ev::offline, move |_| look());
    portal.router.follow_history();
    prepare_for_sign_in(portal);
}

/// The language of the served form, if that is just what this configuration renders at this address.
#[cfg(feature = "hydrate")]
fn served_language(
    html: &Element,
    config: &Config,
    base: &str,
    bytes: &[u8],
) -> Option<&'static Words> {
    let page = html.get_attribute(prerender::PAGE)?;
    let made_from = html.get_attribute(prerender::CONFIG)?;
    let guest = route::Visitor::Guest(route::last_entrance());
    let Route::SignIn(entrance, _) = route::current(base).settle(guest, config::entrances(config))
    else {
        return None;
    };
    let words = i18n::find(&html.get_attribute("lang")?)?;
    let fits = page == Route::SignIn(entrance, None).href(base)
        && made_from == prerender::fingerprint(bytes)
        && config
            .languages
            .iter()
            .any(|language| language.tag() == words.code);
    fits.then_some(words)
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
