//! The end of a session, whatever its reason: the record is wiped, the sign-in page shown, the token
//! revoked, the other tabs told. The only place that ends one.

use leptos::{prelude::*, task::spawn_local};

use super::tabs::{SIGNED_OUT, announce};
use crate::{
    api,
    i18n::{Message, MessageKey},
    router::Route,
    state::AppState,
    store::{Person, Session},
};

/// Why a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndReason {
    /// The person signs out.
    SignedOut,
    /// Nobody did anything for too long.
    Idle,
    /// It has lasted as long as one may.
    AbsoluteTimeout,
    /// Somebody signed out in another tab.
    OtherTab,
    /// The server knows the session no more.
    Revoked,
    /// The page is left.
    PageHidden,
}

/// Signs out, by the person's wish.
pub fn sign_out(state: &'static AppState) {
    end(state, EndReason::SignedOut);
}

/// Ends the session, wipes what it held, and shows the sign-in page the person came through: with a
/// sentence that says reason, and the way back to where they were, unless they wished it. The token is
/// revoked behind their back: a server that is slow to say yes must not keep the record on the
/// screen.
pub(super) fn end(state: &'static AppState, reason: EndReason) {
    let place = state.router.requested_now();
    let Session::SignedIn(person) = state.session.close() else {
        return;
    };
    let sentence: Option<MessageKey> = match reason {
        EndReason::SignedOut | EndReason::PageHidden => None,
        EndReason::Idle => Some(|m| m.ended_idle),
        EndReason::AbsoluteTimeout => Some(|m| m.ended_absolute),
        EndReason::OtherTab => Some(|m| m.ended_elsewhere),
        EndReason::Revoked => Some(|m| m.session_over),
    };
    state.signed_out_message.set(sentence.map(Message::Plain));
    let back_to = match (reason, place) {
        (EndReason::SignedOut, _) | (_, Route::SignIn(..) | Route::NotFound) => None,
        (_, Route::Protected(protected)) => Some(protected),
    };
    state
        .router
        .replace(Route::SignIn(person.audience(), back_to));
    if let Person::Staff(signed_in) = person {
        spawn_local(async move {
            drop(api::staff::sign_out_of(state.config, &signed_in).await);
        });
    }
    if matches!(
        reason,
        EndReason::SignedOut | EndReason::Idle | EndReason::AbsoluteTimeout
    ) {
        announce(SIGNED_OUT);
    }
}
