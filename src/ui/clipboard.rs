//! Copying to the clipboard.

use js_sys::Promise;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::toast::Toast;

#[wasm_bindgen]
extern "C" {
    // Not `web_sys`' binding, which throws on an insecure origin, where `navigator.clipboard` is missing.
    #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
    fn write_text(text: &str) -> Result<Promise, JsValue>;
}

/// How long success is shown. Failure stays until the next attempt.
const SHOWN: Duration = Duration::from_secs(4);

/// Copies the text, and shows the outcome as a toast; `done` is true for as long as success is shown.
pub(super) fn copy_to_clipboard(text: &str, toast: Toast, done: Option<RwSignal<bool>>) {
    toast.hide();
    let writing = write_text(text);
    spawn_local(async move {
        let copied = match writing {
            Ok(writing) => JsFuture::from(writing).await.is_ok(),
            Err(_) => false,
        };
        if copied {
            toast.show_for(|m| m.copied, SHOWN, done);
        } else {
            toast.show(|m| m.copy_refused);
        }
    });
}
