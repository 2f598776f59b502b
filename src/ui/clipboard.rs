//! Putting a text into the clipboard.

use js_sys::Promise;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::toast::Notice;

#[wasm_bindgen]
extern "C" {
    /// Not by `web_sys`: a page without a secure origin has no clipboard at all, and its own
    /// binding throws then.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// How long it is said that something was copied. That it was not stays until the next try.
const SHOWN: Duration = Duration::from_secs(4);

/// Copies the text, and says what came of it.
pub(super) fn copy(text: &str, notice: Notice) {
    notice.hush();
    let writing = write_text(text);
    spawn_local(async move {
        let copied = match writing {
            Ok(writing) => JsFuture::from(writing).await.is_ok(),
            Err(_) => false,
        };
        if copied {
            notice.say_for(|w| w.copied, SHOWN);
        } else {
            notice.say(|w| w.copy_refused);
        }
    });
}
