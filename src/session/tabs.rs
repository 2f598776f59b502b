//! Messages between the tabs of this origin, over `BroadcastChannel`.

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

/// What tabs tell each other. Nothing else that comes is listened to.
pub(super) const SIGNED_OUT: &str = "signed-out";
pub(super) const ACTIVE: &str = "active";

/// Between the tabs of this origin. `None` where the browser has none: then each tab is on its own.
pub(super) fn channel() -> Option<BroadcastChannel> {
    BroadcastChannel::new("logistration").ok()
}

pub(super) fn post(channel: &BroadcastChannel, word: &str) {
    // Nobody needs to hear it.
    let _ = channel.post_message(&JsValue::from_str(word));
}

/// Tells the other tabs. This one hears it as well, and it is so here already.
pub(super) fn announce(word: &str) {
    if let Some(channel) = channel() {
        post(&channel, word);
        channel.close();
    }
}
