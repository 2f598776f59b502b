//! Sign-in pages as HTML, made at build time, so that a form is on the screen before the program has
//! loaded. In the browser: the names on which build and bootstrap agree. Natively: the rendering.

/// `<html data-app-prerendered>`: the path of the prerendered page.
pub const PAGE: &str = "data-app-prerendered";

/// `<html data-config>`: [`fingerprint`] of the configuration that the page was made from.
pub const CONFIG: &str = "data-config";

/// Attribute of `<html>` while a prerendered page is being hydrated.
pub const HYDRATING: &str = "data-app-hydrating";

/// The bytes that stand for an absent `config.json`.
pub const NO_CONFIG: &[u8] = b"{}";

/// FNV-1a hash of a configuration, 64 bits in hexadecimal, without white space around it. No security: a
/// page with another fingerprint is rendered instead of hydrated.
pub fn fingerprint(config: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in config.trim_ascii() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash.to_be_bytes()
        .into_iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// A prerendered page.
#[cfg(not(target_family = "wasm"))]
pub struct PrerenderedPage {
    /// The people whom it is for.
    pub audience: crate::router::Audience,
    /// Its path.
    pub path: String,
    /// Its language.
    pub messages: &'static crate::i18n::Messages,
    /// Title of the document.
    pub title: String,
    /// Inner HTML of the element `portal`.
    pub html: String,
}

/// The sign-in pages that a configuration opens, in all of its languages, for a portal in the folder `base`.
#[cfg(not(target_family = "wasm"))]
pub fn pages(base: &'static str, config: &'static ::config::Config) -> Vec<PrerenderedPage> {
    let languages = config.languages.iter();
    let languages = languages.map(|language| crate::i18n::of(*language, config.digits));
    pages_in(base, config, &languages.collect::<Vec<_>>())
}

/// The sign-in pages that a configuration opens, in the given languages.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn pages_in(
    base: &'static str,
    config: &'static ::config::Config,
    languages: &[&'static crate::i18n::Messages],
) -> Vec<PrerenderedPage> {
    use leptos::prelude::*;

    use crate::{
        app::App,
        i18n::MessageKey,
        pages::title_of,
        router::{Audience, Audiences, Route, Router},
        state::AppState,
    };

    let mut pages = Vec::new();
    for audience in [Audience::Patient, Audience::Staff] {
        if Audiences::from(config).nearest(audience) != audience {
            continue;
        }
        for &messages in languages {
            let route = Route::SignIn(audience, None);
            let html = Owner::new().with(|| {
                let state = AppState::new(config, messages, Router::at(base, route), audience);
                view! { <App state/> }.to_html()
            });
            let heading: MessageKey = match audience {
                Audience::Patient => |m| m.patient_sign_in,
                Audience::Staff => |m| m.staff_sign_in,
            };
            pages.push(PrerenderedPage {
                audience,
                path: route.href(base),
                messages,
                title: title_of(config, messages, heading),
                html,
            });
        }
    }
    pages
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;

    #[test]
    fn fingerprint_of_a_configuration_is_fnv_1a_64() {
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert_eq!(fingerprint(b" a\n"), "af63dc4c8601ec8c");
    }

    /// Texts of a page: between tags, and in attributes that are read out.
    fn texts(html: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for part in html.split('<').skip(1) {
            let Some((tag, text)) = part.split_once('>') else {
                continue;
            };
            texts.push(text.trim().to_owned());
            for attribute in ["aria-label=\"", "alt=\"", "title=\"", "placeholder=\""] {
                if let Some((_, value)) = tag.split_once(attribute) {
                    texts.push(value.split('"').next().unwrap_or_default().to_owned());
                }
            }
        }
        texts.retain(|text| text.chars().any(char::is_alphabetic));
        texts
    }

    /// A third language takes one table: the sign-in pages are in it, completely.
    #[test]
    fn every_text_of_a_sign_in_page_comes_from_the_table_of_its_language() {
        use crate::i18n::{FALLBACK, pseudo::pseudo};

        let config: &'static ::config::Config = Box::leak(Box::default());
        let made = pages_in("", config, &["ltr", "rtl"].map(pseudo));
        assert_eq!(made.len(), 4);
        for page in made {
            let texts = texts(&page.html);
            assert!(texts.len() > 10, "{}", page.path);
            for text in texts {
                let from_elsewhere = [config.brand.name.as_str(), FALLBACK.own_name];
                assert!(
                    text.contains('⟦') || from_elsewhere.contains(&text.as_str()),
                    "{}: {text}",
                    page.path
                );
            }
        }
    }
}
