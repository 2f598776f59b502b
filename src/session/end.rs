//! The end of a session. The only place that ends one.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local};

use super::tabs::{COOKIE_ENDED, SIGNED_OUT, announce, has_successor, may_be_replaced};
use crate::{
    api,
    i18n::{Message, MessageKey},
    platform::Moment,
    router::Route,
    state::{AppState, SignedOutMessage},
    store::{Person, Session},
};

/// Reason for which a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndReason {
    /// The person signed out.
    SignedOut,
    /// `session.idleSeconds` without activity.
    Idle,
    /// `session.absoluteSeconds` since sign-in.
    AbsoluteTimeout,
    /// Sign-out in another tab.
    OtherTab,
    /// The server rejects the session.
    Revoked,
    /// The browser's cookie is another person's, who signed in in another tab.
    OtherPerson,
    /// The browser's cookie is another person's, and the session was never confirmed: the browser did not
    /// keep its cookie.
    NotKept,
    /// A patient signed in in another tab, and with that the application in front replaced this session by
    /// theirs: the cookie is the other tab's.
    Replaced,
    /// The page is left.
    PageHidden,
    /// The page is left for an application that the person goes on to.
    GoneOn,
}

/// Longest time that an application may take to respond, in milliseconds. A link that the browser did not follow
/// by then was not gone on by.
const RESPONSE: f64 = 60_000.0;

thread_local! {
    /// The moment at which an onward link was followed.
    static GONE_ON_AT: Cell<Option<Moment>> = const { Cell::new(None) };
}

/// Notes that the page is being left for an application: the session ends with the page, and a cookie that the
/// application shares stays alive. The page can be used until the application responds.
pub fn go_on() {
    GONE_ON_AT.set(Some(Moment::now()));
}

/// Forgets an onward link that was followed in an earlier session.
pub(super) fn forget_going_on() {
    GONE_ON_AT.set(None);
}

/// Ends the session of a page that is being left.
pub(super) fn leave(state: &'static AppState) {
    let followed = GONE_ON_AT.get();
    let reason = if followed.is_some_and(|at| at.elapsed() < RESPONSE) {
        EndReason::GoneOn
    } else {
        EndReason::PageHidden
    };
    end(state, reason);
}

/// Signs out on the person's request.
pub fn sign_out(state: &'static AppState) {
    end(state, EndReason::SignedOut);
}

/// Ends the session: wipes the record, shows the sign-in page of the person's audience, revokes the token
/// in the background and tells the other tabs that it applies to. The page says why, and unless the person
/// signed out, signing in leads back to where the person was.
pub(super) fn end(state: &'static AppState, reason: EndReason) {
    let place = state.router.requested_now();
    let Session::SignedIn(person) = state.session.end() else {
        return;
    };
    let sentence: Option<MessageKey> = match reason {
        EndReason::PageHidden | EndReason::GoneOn => None,
        EndReason::SignedOut => Some(|m| m.signed_out),
        EndReason::Idle => Some(|m| m.ended_idle),
        EndReason::AbsoluteTimeout => Some(|m| m.ended_absolute),
        EndReason::OtherTab | EndReason::Replaced => Some(|m| m.ended_elsewhere),
        EndReason::Revoked => Some(|m| m.session_over),
        EndReason::OtherPerson => Some(|m| m.ended_by_other_person),
        EndReason::NotKept => Some(|m| m.session_not_kept),
    };
    state
        .signed_out_message
        .set(sentence.map(|sentence| SignedOutMessage {
            message: Message::Plain(sentence),
            needs_help: reason == EndReason::NotKept,
        }));
    let back_to = match (reason, place) {
        (EndReason::SignedOut, _) | (_, Route::SignIn(..) | Route::NotFound) => None,
        (_, Route::Protected(protected)) => Some(protected),
    };
    state
        .router
        .replace(Route::SignIn(person.audience(), back_to));
    state.forget_preferences();
    let mut shares_cookie = false;
    let has_successor = has_successor(state.config.staff_session_limits().idle_seconds);
    match person {
        Person::Patient(_) => {
            if ends_application(reason) {
                api::patient::sign_out_in_background(state.config);
            }
        }
        Person::Staff(signed_in) => {
            shares_cookie = signed_in.has_cookie();
            match reason {
                // The cookie, if the browser has one, is not this session's.
                EndReason::OtherPerson | EndReason::NotKept | EndReason::Replaced => {}
                // The cookie goes on with the younger session of another tab.
                EndReason::AbsoluteTimeout if shares_cookie && has_successor => {}
                // The browser's cookie is dead already, or the application shares it.
                EndReason::Revoked | EndReason::GoneOn if shares_cookie => {}
                // Nothing that waits for a response runs any more.
                EndReason::PageHidden | EndReason::GoneOn => spawn_local(async move {
                    drop(api::staff::sign_out_of(state.config, &signed_in).await);
                }),
                EndReason::SignedOut
                | EndReason::Idle
                | EndReason::AbsoluteTimeout
                | EndReason::OtherTab
                | EndReason::Revoked => {
                    api::staff::sign_out_in_background(state.config, *signed_in);
                }
            }
        }
    }
    // Each tab has its own clocks: a limit ends no other session, unless it takes its cookie back.
    let announced = match reason {
        EndReason::SignedOut => Some(SIGNED_OUT),
        EndReason::PageHidden | EndReason::Idle if shares_cookie => Some(COOKIE_ENDED),
        EndReason::AbsoluteTimeout if shares_cookie && !has_successor => Some(COOKIE_ENDED),
        EndReason::Idle
        | EndReason::AbsoluteTimeout
        | EndReason::PageHidden
        | EndReason::OtherTab
        | EndReason::Revoked
        | EndReason::OtherPerson
        | EndReason::NotKept
        | EndReason::Replaced
        | EndReason::GoneOn => None,
    };
    if let Some(message) = announced
        && !(shares_cookie && may_be_replaced())
    {
        announce(message);
    }
}

/// `true` for an end of a patient's session that also ends the one of the application in front: each but going
/// on to it.
fn ends_application(reason: EndReason) -> bool {
    match reason {
        // Each tab sends it: the other one may have been a staff member's, which knows no such session.
        EndReason::OtherTab
        | EndReason::SignedOut
        | EndReason::Idle
        | EndReason::AbsoluteTimeout
        | EndReason::PageHidden => true,
        // The person goes on to it, or it would end the session of the other tab. The last three are ends of staff
        // sessions.
        EndReason::GoneOn
        | EndReason::Replaced
        | EndReason::Revoked
        | EndReason::OtherPerson
        | EndReason::NotKept => false,
    }
}
