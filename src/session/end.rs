//! The end of a session, whatever its reason: the record is wiped, the sign-in page shown, the token
//! revoked, the other tabs told. The only place that ends one.

use leptos::{prelude::*, task::spawn_local};

use super::tabs::{SIGNED_OUT, announce};
use crate::{
    api,
    i18n::{Message, Pick},
    router::Route,
    state::Portal,
    store::{Person, Session},
};

/// Why a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The person signs out.
    Wish,
    /// Nobody did anything for too long.
    Idle,
    /// It has lasted as long as one may.
    Late,
    /// Somebody signed out in another tab.
    Elsewhere,
    /// The server knows the session no more.
    Over,
    /// The page is left.
    Left,
}

/// Signs out, by the person's wish.
pub fn sign_out(portal: &'static Portal) {
    end(portal, End::Wish);
}

/// Ends the session, wipes what it held, and shows the sign-in page the person came through: with a
/// sentence that says why, and the way back to where they were, unless they wished it. The token is
/// revoked behind their back: a server that is slow to say yes must not keep the record on the
/// screen.
pub(super) fn end(portal: &'static Portal, why: End) {
    let place = portal.router.asked_now();
    let Session::Open(person) = portal.session.close() else {
        return;
    };
    let sentence: Option<Pick> = match why {
        End::Wish | End::Left => None,
        End::Idle => Some(|w| w.ended_idle),
        End::Late => Some(|w| w.ended_late),
        End::Elsewhere => Some(|w| w.ended_elsewhere),
        End::Over => Some(|w| w.session_over),
    };
    portal.farewell.set(sentence.map(Message::Plain));
    let back_to = match (why, place) {
        (End::Wish, _) | (_, Route::SignIn(..) | Route::NotFound) => None,
        (_, Route::Inside(inside)) => Some(inside),
    };
    portal
        .router
        .replace(Route::SignIn(person.entrance(), back_to));
    if let Person::Staff(signed_in) = person {
        spawn_local(async move {
            drop(api::staff::sign_out_of(portal.config, &signed_in).await);
        });
    }
    if matches!(why, End::Wish | End::Idle | End::Late) {
        announce(SIGNED_OUT);
    }
}
