//! Messages between the tabs of this origin, over `BroadcastChannel`.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

// Every other message is ignored.
pub(super) const SIGNED_OUT: &str = "signed-out";
pub(super) const ACTIVE: &str = "active";
/// The end of a session with a cookie by a limit or by leaving the page: the tabs that share it end as well.
pub(super) const COOKIE_ENDED: &str = "cookie-ended";
/// A sign-in with a cookie, which all tabs share.
pub(super) const COOKIE_REPLACED: &str = "cookie-replaced";
/// A patient's sign-in at an application in front, whose cookie all tabs share.
pub(super) const PATIENT_REPLACED: &str = "patient-replaced";

thread_local! {
    /// True from the message of another tab that it signed in with a cookie, until the server has named this
    /// page's person as its owner.
    static MAY_BE_REPLACED: Cell<bool> = const { Cell::new(false) };

    /// True once another tab has signed in with a cookie after this page's session began.
    static HAS_SUCCESSOR: Cell<bool> = const { Cell::new(false) };
}

/// Notes whether another tab has a younger session with the same cookie.
pub(super) fn set_has_successor(has: bool) {
    HAS_SUCCESSOR.set(has);
}

/// True if the cookie goes on with the younger session of another tab, when a limit of this one passes.
pub(super) fn has_successor() -> bool {
    HAS_SUCCESSOR.get()
}

/// Notes whether the cookie of this page may be another person's.
pub(super) fn set_may_be_replaced(may: bool) {
    MAY_BE_REPLACED.set(may);
}

/// True if the cookie of this page may be another person's, whose tab must not hear of this page's end.
pub(super) fn may_be_replaced() -> bool {
    MAY_BE_REPLACED.get()
}

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
