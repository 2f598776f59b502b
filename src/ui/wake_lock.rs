//! Keeping the screen on.

use js_sys::Promise;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    // `web_sys` has it among its unstable interfaces only. It throws where the browser has none.
    #[wasm_bindgen(js_namespace = ["navigator", "wakeLock"], js_name = request, catch)]
    fn request(kind: &str) -> Result<Promise, JsValue>;

    type Sentinel;

    #[wasm_bindgen(method)]
    fn release(this: &Sentinel) -> Promise;
}

/// A screen that stays on while the lock is held, where the browser can do it. It lets go of the lock while the page is
/// hidden; the lock is requested again when the page returns.
#[derive(Clone, Copy)]
pub(super) struct WakeLock {
    wanted: StoredValue<bool>,
    sentinel: StoredValue<Option<Sentinel>, LocalStorage>,
}

impl WakeLock {
    /// Not held. Released with the owner at the latest.
    pub(super) fn new() -> Self {
        let lock = Self {
            wanted: StoredValue::new(false),
            sentinel: StoredValue::new_local(None),
        };
        // It bubbles from the document.
        let listener = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() && lock.is_wanted() {
                lock.hold();
            }
        });
        on_cleanup(move || {
            listener.remove();
            lock.release();
        });
        lock
    }

    /// Keeps the screen on.
    pub(super) fn hold(self) {
        let _ = self.wanted.try_set_value(true);
        let Ok(requested) = request("screen") else {
            return;
        };
        spawn_local(async move {
            let Ok(sentinel) = JsFuture::from(requested).await else {
                return;
            };
            self.let_go();
            let sentinel: Sentinel = sentinel.unchecked_into();
            if self.is_wanted() {
                let _ = self.sentinel.try_set_value(Some(sentinel));
            } else {
                let _ = sentinel.release();
            }
        });
    }

    /// Lets the screen go off.
    pub(super) fn release(self) {
        let _ = self.wanted.try_set_value(false);
        self.let_go();
    }

    fn is_wanted(self) -> bool {
        self.wanted.try_get_value() == Some(true)
    }

    fn let_go(self) {
        let held = self.sentinel.try_update_value(Option::take).flatten();
        if let Some(sentinel) = held {
            let _ = sentinel.release();
        }
    }
}
