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
/// hidden; the lock is requested again when the page returns. Until it is held there is no listener.
#[derive(Clone, Copy)]
pub(super) struct WakeLock(StoredValue<Option<Held>, LocalStorage>);

struct Held {
    /// Listens for the page's return.
    listener: WindowListenerHandle,
    /// The browser's lock, once it is granted.
    sentinel: Option<Sentinel>,
}

impl WakeLock {
    /// Not held. Released with the owner at the latest.
    pub(super) fn new() -> Self {
        let lock = Self(StoredValue::new_local(None));
        on_cleanup(move || lock.release());
        lock
    }

    /// Keeps the screen on.
    pub(super) fn hold(self) {
        self.release();
        // It bubbles from the document.
        let listener = window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                self.request();
            }
        });
        let sentinel = None;
        let _ = self.0.try_set_value(Some(Held { listener, sentinel }));
        self.request();
    }

    fn request(self) {
        let Ok(requested) = request("screen") else {
            return;
        };
        spawn_local(async move {
            let Ok(sentinel) = JsFuture::from(requested).await else {
                return;
            };
            let mut surplus = Some(sentinel.unchecked_into());
            // The one before; this one, if the lock was released meanwhile.
            let _ = self.0.try_update_value(|held| {
                if let Some(held) = held {
                    std::mem::swap(&mut held.sentinel, &mut surplus);
                }
            });
            let_go(surplus);
        });
    }

    /// Lets the screen go off.
    pub(super) fn release(self) {
        if let Some(Some(held)) = self.0.try_update_value(Option::take) {
            held.listener.remove();
            let_go(held.sentinel);
        }
    }
}

fn let_go(sentinel: Option<Sentinel>) {
    if let Some(sentinel) = sentinel {
        let _ = sentinel.release();
    }
}
