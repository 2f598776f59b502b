//! Putting a text into the clipboard.

use js_sys::Promise;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::toast::Toast;

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
pub(super) fn copy_to_clipboard(text: &str, toast: Toast) {
    toast.hide();
    let writing = write_text(text);
    spawn_local(async move {
        let copied = match writing {
            Ok(writing) => JsFuture::from(writing).await.is_ok(),
            Err(_) => false,
        };
        if copied {
            toast.show_for(|m| m.copied, SHOWN);
        } else {
            toast.show(|m| m.copy_refused);
        }
    });
}
