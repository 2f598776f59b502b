//! Pages as HTML, rendered natively as at build time. Access to `window` or `document` while rendering
//! panics here.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use config::{Brand, Config};
use leptos::prelude::*;
use logistration::{
    app::App,
    i18n::{self, Messages},
    pages::config_error::ConfigErrorPage,
    router::{Audience, Route, Router},
    state::AppState,
};

const PATIENT: Route = Route::SignIn(Audience::Patient, None);
const STAFF: Route = Route::SignIn(Audience::Staff, None);

fn state(config: Config, route: Route, messages: &'static Messages) -> &'static AppState {
    let config = Box::leak(Box::new(config));
    AppState::new(config, messages, Router::at("", route), Audience::Patient)
}

fn rendered_with(config: Config, route: Route, messages: &'static Messages) -> String {
    Owner::new().with(|| {
        let state = state(config, route, messages);
        view! { <App state/> }.to_html()
    })
}

fn rendered(route: Route, messages: &'static Messages) -> String {
    rendered_with(Config::default(), route, messages)
}

fn all_pages() -> Vec<(Route, &'static Messages, String)> {
    i18n::ALL
        .iter()
        .flat_map(|messages| [PATIENT, STAFF].map(|route| (route, *messages)))
        .map(|(route, messages)| (route, messages, rendered(route, messages)))
        .collect()
}

// --- a parser for the markup that Leptos renders ---

/// A start tag with its attributes, as written.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// Text up to the next tag.
    text: String,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Every start tag of the page. Panics on markup that it does not know.
fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with(['/', '!']) {
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
        let (name, mut tail) = rest.split_at(end);
        assert!(!name.is_empty(), "a stray <: {rest:.60}");
        let mut attributes = Vec::new();
        loop {
            tail = tail.trim_start();
            if let Some(after) = tail.strip_prefix("/>").or_else(|| tail.strip_prefix('>')) {
                tail = after;
                break;
            }
            let end = tail.find(['=', ' ', '>', '/']).unwrap();
            let (key, after) = tail.split_at(end);
            assert!(!key.is_empty(), "no attribute: {tail:.60}");
            let value = if let Some(after) = after.strip_prefix("=\"") {
                let (value, after) = after.split_once('"').unwrap();
                tail = after;
                value
            } else {
                assert!(!after.starts_with('='), "not quoted: {tail:.60}");
                tail = after;
                ""
            };
            attributes.push((key.to_owned(), value.to_owned()));
        }
        tags.push(Tag {
            name: name.to_owned(),
            attributes,
            text: tail.split('<').next().unwrap_or_default().to_owned(),
        });
        rest = tail;
    }
    tags
}

fn named<'a>(tags: &'a [Tag], name: &str) -> Vec<&'a Tag> {
    tags.iter().filter(|tag| tag.name == name).collect()
}

/// The text escaped as in markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

// --- the pages ---

#[test]
fn prerendered_page_has_one_heading_in_every_language() {
    for (route, messages, html) in all_pages() {
        let heading = match route {
            PATIENT => messages.patient_sign_in,
            _ => messages.staff_sign_in,
        };
        let all = tags(&html);
        let headings = named(&all, "h1");
        assert_eq!(headings.len(), 1, "{html}");
        assert_eq!(headings[0].text, heading);
        // The app focuses it.
        assert_eq!(headings[0].get("tabindex"), Some("-1"));
        assert_eq!(named(&all, "main").len(), 1);
    }
}

#[test]
fn prerendered_page_offers_the_other_language() {
    let codes: Vec<_> = i18n::ALL.iter().map(|messages| messages.code).collect();
    assert_eq!(codes, ["en", "ar"]);
    let headings = i18n::ALL.iter().map(|messages| messages.patient_sign_in);
    assert_eq!(
        headings.collect::<Vec<_>>(),
        ["Patient sign in", "دخول المرضى"]
    );
    // The button of the other language is in that language.
    for (_, messages, html) in all_pages() {
        let all = tags(&html);
        let switch: Vec<_> = named(&all, "button")
            .into_iter()
            .filter(|button| button.get("lang").is_some())
            .collect();
        assert_eq!(switch.len(), 1);
        assert_ne!(switch[0].get("lang"), Some(messages.code));
        let other = i18n::find(switch[0].get("lang").unwrap()).unwrap();
        assert_eq!(switch[0].text, other.own_name);
    }
}

#[test]
fn prerendered_input_has_its_own_label() {
    for (route, messages, html) in all_pages() {
        let all = tags(&html);
        let labels = named(&all, "label");
        let inputs = named(&all, "input");
        for input in &inputs {
            let id = input.get("id").expect("an id");
            let own = labels.iter().filter(|label| label.get("for") == Some(id));
            assert_eq!(own.count(), 1, "{id}");
        }
        let said = |id: &str| {
            let label = labels.iter().find(|label| label.get("for") == Some(id));
            label.map(|label| label.text.as_str())
        };
        match route {
            PATIENT => {
                assert_eq!(inputs.len(), 5);
                assert_eq!(said("phone"), Some(messages.mobile_number));
                assert_eq!(said("national-id"), Some(messages.national_id_number));
                assert_eq!(said("patient-id"), Some(messages.patient_id_number));
                assert!(html.contains(&[">", messages.national_id, "<"].concat()));
                assert!(html.contains(&[">", messages.patient_id, "<"].concat()));
            }
            STAFF => {
                assert_eq!(inputs.len(), 2);
                assert_eq!(said("username"), Some(messages.username));
                assert_eq!(said("password"), Some(messages.password));
            }
            _ => assert!(inputs.is_empty()),
        }
    }
}

#[test]
fn prerendered_aria_describedby_names_elements_of_the_page() {
    for (_, _, html) in all_pages() {
        let all = tags(&html);
        let ids: Vec<_> = all.iter().filter_map(|tag| tag.get("id")).collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{id} stands there twice");
        }
        for tag in &all {
            for name in [
                "for",
                "aria-describedby",
                "aria-labelledby",
                "aria-controls",
            ] {
                for id in tag.get(name).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(&id), "{name}={id} leads nowhere");
                }
            }
        }
    }
}

#[test]
fn prerendered_form_submitted_before_hydration_sends_nothing() {
    for route in [PATIENT, STAFF] {
        for messages in i18n::ALL {
            let html = rendered(route, messages);
            let all = tags(&html);
            let forms = named(&all, "form");
            assert_eq!(forms.len(), 1);
            assert_eq!(forms[0].get("method"), Some("dialog"));
            assert_eq!(forms[0].get("action"), None);
            let send: Vec<_> = named(&all, "button")
                .into_iter()
                .filter(|button| button.get("type") == Some("submit"))
                .collect();
            assert_eq!(send.len(), 1);
            assert_eq!(send[0].text, messages.sign_in);
            // A button without a type would submit the form.
            for button in named(&all, "button") {
                assert!(button.get("type").is_some(), "{button:?}");
            }
            assert!(all.iter().all(|tag| tag.get("formmethod").is_none()
                && tag.get("formaction").is_none()
                && tag.get("value").is_none_or(|value| value.len() == 1)));
        }
    }
}

#[test]
fn prerendered_patient_form_starts_with_the_national_id() {
    let html = rendered(PATIENT, i18n::FALLBACK);
    let all = tags(&html);
    let checked: Vec<_> = all
        .iter()
        .filter(|tag| tag.get("checked").is_some())
        .map(|tag| tag.get("id"))
        .collect();
    assert_eq!(checked, [Some("by-national-id")]);
    let position = |id| all.iter().position(|tag| tag.get("id") == Some(id));
    // Elements without a class are there to be hidden as a whole.
    let hides =
        |tag: &Tag| tag.name == "div" && tag.get("hidden").is_some() && tag.get("class").is_none();
    let hidden = all.iter().position(hides);
    assert!(hidden.is_some());
    assert!(position("national-id") < hidden);
    assert!(hidden < position("patient-id"));
    assert_eq!(all.iter().filter(|tag| hides(tag)).count(), 1);
}

#[test]
fn prerendered_page_shows_no_error() {
    for (_, _, html) in all_pages() {
        for tag in &tags(&html) {
            assert_eq!(tag.get("aria-invalid"), None);
            let alarms = ["error-summary", "field__error"];
            if alarms.contains(&tag.get("class").unwrap_or_default()) {
                assert!(tag.get("hidden").is_some(), "{tag:?}");
            }
        }
    }
}

#[test]
fn prerendered_password_input_is_masked() {
    for messages in i18n::ALL {
        let all = tags(&rendered(STAFF, messages));
        let input = all.iter().find(|tag| tag.get("id") == Some("password"));
        let input = input.expect("a password field");
        assert_eq!(input.get("type"), Some("password"));
        assert_eq!(input.get("autocomplete"), Some("current-password"));
        // The button has an icon, and a name for screen readers.
        let toggle = all
            .iter()
            .skip_while(|tag| tag.get("aria-controls").is_none());
        let mut name = toggle.skip(1).filter(|tag| !tag.text.is_empty());
        assert_eq!(name.next().expect("a name").text, messages.show_password);
    }
}

#[test]
fn prerendered_page_has_no_inline_style_or_script() {
    for (_, _, html) in all_pages() {
        for tag in tags(&html) {
            assert!(!["script", "style", "base", "iframe"].contains(&tag.name.as_str()));
            for (key, value) in &tag.attributes {
                assert!(
                    key != "style" && !key.starts_with("on"),
                    "{key} on {}",
                    tag.name
                );
                assert!(!value.trim_start().starts_with("javascript:"));
            }
        }
    }
}

#[test]
fn prerendered_links_have_real_addresses() {
    for messages in i18n::ALL {
        for (route, to, text) in [
            (PATIENT, "/staff", messages.to_staff),
            (STAFF, "/", messages.to_patient),
            (Route::NotFound, "/", messages.back_to_start),
        ] {
            let all = tags(&rendered(route, messages));
            let link = all.iter().find(|tag| tag.name == "a" && tag.text == text);
            assert_eq!(link.expect("a link").get("href"), Some(to));
        }
    }
}

#[test]
fn protected_route_without_a_session_renders_its_sign_in_page() {
    use logistration::router::ProtectedRoute;
    let html = rendered(Route::Protected(ProtectedRoute::Roles), i18n::FALLBACK);
    assert_eq!(html, rendered(STAFF, i18n::FALLBACK));
}

#[test]
fn texts_of_the_configuration_are_escaped_in_prerendered_pages() {
    const NASTY: &str = "<script>alert(1)</script>\" onerror=\"alert(2)";
    let config = || Config {
        brand: Brand {
            name: NASTY.to_owned(),
            logo: Some(["/logo.svg", NASTY].concat()),
            help_phone: Some(NASTY.to_owned()),
            ..Brand::default()
        },
        ..Config::default()
    };
    let usual = tags(&rendered(PATIENT, i18n::FALLBACK)).len();
    for messages in i18n::ALL {
        let html = rendered_with(config(), PATIENT, messages);
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains(&escaped("<script>alert(1)</script>")));
        let all = tags(&html);
        // A logo in place of the default one with its two shapes, in the header and beside the form; the line with
        // the phone number, beside the form, at the foot, and hidden in the help, with the error summary and with the reason of a
        // sign-out.
        assert_eq!(all.len(), usual - 2 * 2 + 5 * 3);
        for tag in &all {
            assert_eq!(tag.get("onerror"), None, "{tag:?}");
        }
        let logo = named(&all, "img");
        assert!(logo[0].get("src").unwrap().contains("alert(2)"));
        let call = all.iter().find(|tag| {
            tag.get("href")
                .is_some_and(|address| address.starts_with("tel:"))
        });
        assert_eq!(call.expect("a number to call").get("href"), Some("tel:12"));
    }
}

#[test]
fn config_error_page_renders_natively_and_escapes_mistakes() {
    use config::{ConfigError, Mistake, Remedy};
    use logistration::pages::config_error::ConfigLoadError;
    for messages in i18n::ALL {
        let messages: &'static Messages = messages;
        let error = ConfigLoadError::Invalid(ConfigError::Mistakes(vec![Mistake {
            path: "staff.<b>".to_owned(),
            remedy: Remedy::Value("true or false".to_owned()),
        }]));
        let html = Owner::new().with(|| view! { <ConfigErrorPage messages error/> }.to_html());
        assert!(html.contains(messages.config_error));
        assert!(html.contains("staff.&lt;b&gt;"));
        assert!(html.contains("true or false"));
    }
}

#[test]
fn prerendering_twice_gives_the_same_page() {
    // Hydration needs exactly the markup of the file.
    for (route, messages, html) in all_pages() {
        assert_eq!(html, rendered(route, messages));
    }
}
