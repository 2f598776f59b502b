//! Messages between the tabs of this origin, over `BroadcastChannel`.

use std::cell::Cell;

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use crate::platform::Moment;

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

    /// Last sign of life of a tab that signed in with the same cookie after this page's session began.
    static SUCCESSOR_SEEN: Cell<Option<Moment>> = const { Cell::new(None) };
}

/// Notes a younger session with the same cookie, in another tab.
pub(super) fn see_successor() {
    SUCCESSOR_SEEN.set(Some(Moment::now()));
}

/// Notes that another tab is used: the younger session, if there is one, lives.
pub(super) fn see_activity() {
    if SUCCESSOR_SEEN.get().is_some() {
        see_successor();
    }
}

/// Forgets the younger session.
pub(super) fn forget_successor() {
    SUCCESSOR_SEEN.set(None);
}

/// True if the cookie goes on with a younger session, which was used within the idle limit: it ends by itself. A tab
/// that the device closed does not.
pub(super) fn has_successor(idle_seconds: u32) -> bool {
    SUCCESSOR_SEEN
        .get()
        .is_some_and(|seen| seen.elapsed() < f64::from(idle_seconds) * 1000.0)
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
