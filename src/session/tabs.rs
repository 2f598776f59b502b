//! Messages between the tabs of this origin, over `BroadcastChannel`.

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

// Every other message is ignored.
pub(super) const SIGNED_OUT: &str = "signed-out";
pub(super) const ACTIVE: &str = "active";
/// A sign-in with a cookie, which all tabs share.
pub(super) const COOKIE_REPLACED: &str = "cookie-replaced";

/// The channel. `None` where the browser has no `BroadcastChannel`: then no tab knows of another.
pub(super) fn channel() -> Option<BroadcastChannel> {
    BroadcastChannel::new("logistration").ok()
}

pub(super) fn post(channel: &BroadcastChannel, message: &str) {
    // It fails on a closed channel only.
    let _ = channel.post_message(&JsValue::from_str(message));
}

/// Posts to the other tabs. This tab gets the message as well, and is in that state already.
pub(super) fn announce(message: &str) {
    if let Some(channel) = channel() {
        post(&channel, message);
        channel.close();
    }
}
