//! Sessions of SPICE 2.0's web client. The session is an `HttpOnly` cookie: no script can see whether the
//! browser kept it, and all tabs share it, so before it is used or removed the server is asked whose it is.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use ::config::Config;
use contract::{
    personal::Personal,
    reference::Call,
    request::Request,
    service_error::ServiceError,
    staff::{self, SessionAuth, SessionOwner, SignedIn, StaffClient},
};
use input::StaffUsername;
use js_sys::Promise;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    super::{
        error::{ApiError, Failure},
        http::AbortToken,
    },
    calls::{call, owner, revoke, sign_out},
};

thread_local! {
    /// The sign-outs of this page up to now; resolved once they are over. Each runs to its end: whether a later
    /// sign-in replaces the cookie is known after it only.
    static SIGN_OUTS: RefCell<Promise> = RefCell::new(Promise::resolve(&JsValue::UNDEFINED));
}

/// Signs in, and confirms that the browser kept the cookie. After a failure, a missing response included,
/// the session that may have been opened is signed out.
pub(super) async fn sign_in(
    config: &'static Config,
    username: StaffUsername,
    request: Request,
    signal: &AbortToken,
) -> Result<SignedIn, Failure> {
    // The response to a sign-out removes the cookie, the one of a newer sign-in as well.
    let _ = JsFuture::from(SIGN_OUTS.with_borrow(Promise::clone)).await;
    let leaving = SignOutOnPageHide::new(config);
    let (outcome, may_be_open) = match call(config, request, Some(signal)).await {
        Err(error) => {
            let sent = error != ApiError::Offline;
            (Err(error.at(Call::StaffSignIn)), sent)
        }
        Ok(mut response) => {
            let (received, complete) = response.partial();
            let client = &StaffClient::SpiceV2Web;
            let outcome = complete.and_then(|()| Ok(staff::read_sign_in(client, &received)?));
            let opened = (200..300).contains(&received.status);
            let outcome = outcome.map_err(|error| response.failure(Call::StaffSignIn, error));
            (outcome, opened)
        }
    };
    match outcome {
        Ok(signed_in) => confirm(config, signed_in, &leaving).await,
        Err(error) => {
            if may_be_open {
                let is_other = move |owner: &SessionOwner| {
                    owner.signs_in_with_another_name_than(username.as_str())
                };
                sign_out_in_background(config, None, Some(Box::new(is_other)));
            }
            Err(error)
        }
    }
}

/// Confirms that the browser kept the cookie of this sign-in. Chromium drops a cookie without notice if it
/// is longer than 4,096 characters or for another domain, and sends the cookie of an earlier session
/// instead, if there is one.
async fn confirm(
    config: &'static Config,
    signed_in: SignedIn,
    leaving: &SignOutOnPageHide,
) -> Result<SignedIn, Failure> {
    let not_kept = Err(ApiError::from(ServiceError::SessionNotKept).at(Call::StaffProbe));
    let request = staff::probe_request(&signed_in).unwrap_or_else(profile_request);
    match owner(config, request).await {
        _ if leaving.signed_out.get() => not_kept,
        Ok(Some(owner)) if owner.is_other_than(&signed_in.staff) => not_kept,
        // Outside SPICE's table every role is refused, in a valid session as well.
        Err(ApiError::Service(ServiceError::SessionOver))
            if staff::profile_is_allowed(&signed_in.staff) =>
        {
            sign_out_in_background(config, signed_in.staff.tenant_id, None);
            not_kept
        }
        result => Ok(SignedIn {
            confirmed: result.is_ok(),
            ..signed_in
        }),
    }
}

/// Decides whether the owner of a cookie is another person than the one whose session is to end.
pub(super) type IsOther = Box<dyn FnOnce(&SessionOwner) -> bool>;

/// Signs out without waiting for it, unless the server names another person as the owner of the cookie. It is
/// asked where `is_other` is given; without a name the cookie counts as one's own.
pub(super) fn sign_out_in_background(
    config: &'static Config,
    tenant: Option<Personal>,
    is_other: Option<IsOther>,
) {
    let earlier = SIGN_OUTS.with_borrow(Promise::clone);
    let running = future_to_promise(async move {
        let leaving = SignOutOnPageHide::new(config);
        let _ = JsFuture::from(earlier).await;
        if let Some(is_other) = is_other
            && let Ok(Some(owner)) = owner(config, profile_request()).await
            && is_other(&owner)
        {
            return Ok(JsValue::UNDEFINED);
        }
        drop(leaving);
        let client = &StaffClient::SpiceV2Web;
        drop(sign_out(config, client, &SessionAuth::Cookie, tenant.as_ref()).await);
        Ok(JsValue::UNDEFINED)
    });
    SIGN_OUTS.set(running);
}

fn profile_request() -> Request {
    staff::profile_request(&StaffClient::SpiceV2Web, &SessionAuth::Cookie, None)
}

/// Signs out if the page is left: it cannot wait for the server's response on whose cookie it is.
struct SignOutOnPageHide {
    listener: Option<WindowListenerHandle>,
    signed_out: Rc<Cell<bool>>,
}

impl SignOutOnPageHide {
    fn new(config: &'static Config) -> Self {
        let signed_out = Rc::new(Cell::new(false));
        let listener = window_event_listener(ev::pagehide, {
            let signed_out = Rc::clone(&signed_out);
            move |_| {
                signed_out.set(true);
                let client = &StaffClient::SpiceV2Web;
                let log_out = revoke(config, client, &SessionAuth::Cookie, None);
                spawn_local(async move { drop(log_out.await) });
            }
        });
        Self {
            listener: Some(listener),
            signed_out,
        }
    }
}

impl Drop for SignOutOnPageHide {
    fn drop(&mut self) {
        if let Some(listener) = self.listener.take() {
            listener.remove();
        }
    }
}
