//! Printing and downloading a page of cards.

use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Element, HtmlElement, NodeList, Url};

use super::button::Button;
use crate::i18n::Locale;

/// True if the object has the property: some web views can neither print nor download.
fn has(object: &JsValue, name: &str) -> bool {
    Reflect::has(object, &name.into()).unwrap_or(false)
}

/// The print button, where the browser can print.
#[component]
pub fn PrintButton(locale: Locale) -> impl IntoView {
    let prints = has(&window(), "print");
    view! {
        <Button
            class="button button--quiet print"
            text=locale.text(|m| m.print)
            hidden=!prints
            on_click=|()| drop(window().print())
        />
    }
}

/// The download button with its hint, where the browser can download.
#[component]
pub(super) fn Download(locale: Locale, file: &'static str) -> impl IntoView {
    let downloads = document()
        .create_element("a")
        .is_ok_and(|link| has(&link, "download"));
    view! {
        <div class="download" hidden=!downloads>
            <Button
                class="button button--quiet"
                text=locale.text(|m| m.download)
                on_click=move |()| drop(save(file))
            />
            <p class="download__hint">{locale.text(|m| m.download_hint)}</p>
        </div>
    }
}

/// Time for the browser to read the file before its URL is revoked.
const KEPT: Duration = Duration::from_secs(10);

fn save(file: &str) -> Result<(), JsValue> {
    let text = JSON::stringify_with_replacer_and_space(&cards()?, &JsValue::NULL, &2.into())?;
    let parts = Array::new();
    parts.push(&text);
    let blob = Blob::new_with_str_sequence(&parts)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", file)?;
    link.click();
    set_timeout(move || drop(Url::revoke_object_url(&url)), KEPT);
    Ok(())
}

/// Content of the page as JSON, read from the document, so that the file has nothing more:
/// `[{ "title": …, "rows": [{ "label": …, "value": … }] }]`. Several texts of a value are an array.
fn cards() -> Result<JsValue, JsValue> {
    let cards = Array::new();
    for card in all(document().query_selector_all("[data-card]")?) {
        let rows = Array::new();
        for label in all(card.query_selector_all("dt")?) {
            let Some(value) = label.next_element_sibling() else {
                continue;
            };
            let values = texts(&value, "[data-value]")?;
            let value = if values.length() == 1 {
                values.get(0)
            } else {
                values.into()
            };
            let label = label.text_content().unwrap_or_default();
            rows.push(&object([("label", label.trim().into()), ("value", value)])?);
        }
        let title = texts(&card, "h2")?.get(0);
        cards.push(&object([("title", title), ("rows", rows.into())])?);
    }
    Ok(cards.into())
}

fn texts(within: &Element, selector: &str) -> Result<Array, JsValue> {
    let texts = all(within.query_selector_all(selector)?)
        .map(|element| JsValue::from(element.text_content().unwrap_or_default().trim()));
    Ok(texts.collect())
}

fn all(list: NodeList) -> impl Iterator<Item = Element> {
    (0..list.length()).filter_map(move |index| list.get(index).map(JsCast::unchecked_into))
}

fn object<const N: usize>(pairs: [(&str, JsValue); N]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (key, value) in pairs {
        Reflect::set(&object, &key.into(), &value)?;
    }
    Ok(object.into())
}
