//! Patient sign-in, against HMG's E-Services Middleware, or with `patient.cookies` against an application in
//! front of it: it passes the middleware's responses on, and sets the cookie of a session of its own beside
//! the record.

use std::cell::RefCell;

use ::config::Config;
use contract::{
    patient::{self, CodeId, Login, Patient, Resend, Verification},
    reference::Call,
    request::{Credentials, Request},
    response::Response,
    service_error::ServiceError,
};
use input::{Identifier, OneTimeCode, PhoneNumber};
use js_sys::Promise;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    error::{ApiError, Failure},
    http::{AbortToken, HttpResponse, send, send_with_retry},
};

thread_local! {
    /// The sign-out of this page's last session from the application; resolved once it is over.
    static SIGN_OUT: RefCell<Promise> = RefCell::new(Promise::resolve(&JsValue::UNDEFINED));
}

/// `true` if the record has a valid identifier of the kind that was typed, and another one.
fn is_of_another(patient: &Patient, typed: &Identifier) -> bool {
    let own = match typed {
        Identifier::NationalId(_) => &patient.national_id,
        Identifier::PatientId(_) => &patient.patient_id,
    };
    own.as_ref()
        .is_some_and(|own| typed.differs_from(own.as_str()))
}

/// Looks the phone up, and then signs in. An unknown phone and an identifier that does not match are the
/// same [`ServiceError::NotFound`]; for an unknown phone the identifier is not sent. The look-up is repeated
/// after network errors.
///
/// With `patient.oneTimeCode` the service decides whether a code is needed: a record that comes without one
/// has already left the service, and rejecting it here would protect nothing.
///
/// # Errors
/// [`Failure`]; also for a record of another patient, whose identifier differs from the one that was typed.
pub async fn sign_in(
    config: &'static Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &AbortToken,
) -> Result<Login, Failure> {
    let settings = &config.patient;
    let base = settings.base_url.as_str();
    if settings.cookies {
        // It would end the session that this sign-in opens.
        let _ = JsFuture::from(SIGN_OUT.with_borrow(Promise::clone)).await;
    }
    if settings.check_exists {
        let call = Call::PatientLookUp;
        let request = || with_cookies(config, patient::exists_request(phone.as_str()));
        let response = send_with_retry(base, request, config.timeout(), Some(signal))
            .await
            .map_err(|error| error.at(call))?;
        if !response.read(call, patient::read_exists)? {
            return Err(ApiError::from(ServiceError::NotFound).at(call));
        }
    }
    let kind = match identifier {
        Identifier::NationalId(_) => "nationalId",
        Identifier::PatientId(_) => settings.patient_id_type.as_str(),
    };
    let request = patient::login_request(kind, identifier.as_str(), phone.as_str());
    // Never repeated: services limit the number of attempts.
    open_session(config, Call::PatientSignIn, request, signal, |received| {
        let login = if settings.one_time_code {
            patient::read_login_or_code(received)?
        } else {
            Login::Record(Box::new(patient::read_login(received)?))
        };
        match &login {
            Login::Record(patient) if is_of_another(patient, identifier) => {
                Err(ServiceError::OtherPatient)
            }
            _ => Ok(login),
        }
    })
    .await
}

/// Submits the one-time code. `identifier` is the one of the sign-in.
///
/// # Errors
/// [`Failure`]; as for [`sign_in`].
pub async fn verify(
    config: &'static Config,
    identifier: &Identifier,
    sent: &CodeId,
    code: &OneTimeCode,
    signal: &AbortToken,
) -> Result<Verification, Failure> {
    let request = patient::verify_request(sent, code.as_str());
    open_session(config, Call::CodeCheck, request, signal, |received| {
        match patient::read_verification(received)? {
            Verification::Verified(patient) if is_of_another(&patient, identifier) => {
                Err(ServiceError::OtherPatient)
            }
            verification => Ok(verification),
        }
    })
    .await
}

/// Requests another one-time code.
///
/// # Errors
/// [`Failure`].
pub async fn resend(
    config: &Config,
    sent: &CodeId,
    signal: &AbortToken,
) -> Result<Resend, Failure> {
    let request = patient::resend_request(sent);
    let response = post(config, Call::CodeResend, request, signal).await?;
    response.read(Call::CodeResend, patient::read_resend)
}

/// Signs out from the application in front, without waiting for it; without `patient.cookies` there is none.
/// Leaving the page does not cancel the request.
pub fn sign_out_in_background(config: &'static Config) {
    if !config.patient.cookies {
        return;
    }
    let running = future_to_promise(async move {
        let base = config.patient.base_url.as_str();
        let request = || with_cookies(config, patient::sign_out_request());
        drop(send_with_retry(base, request, config.timeout(), None).await);
        Ok(JsValue::UNDEFINED)
    });
    SIGN_OUT.set(running);
}

/// Sends a call that may open a session of the application, and reads the response. The session is ended
/// again if the portal does not show its record: the response was lost, cannot be used or is not for this
/// patient, or the page is left first.
async fn open_session<T>(
    config: &'static Config,
    call: Call,
    request: Request,
    signal: &AbortToken,
    reader: impl FnOnce(&Response<'_>) -> Result<T, ServiceError>,
) -> Result<T, Failure> {
    let leaving = window_event_listener(ev::pagehide, move |_| sign_out_in_background(config));
    let received = post(config, call, request, signal).await;
    leaving.remove();
    let may_be_open = match &received {
        Ok(response) => response.is_success(),
        Err(failure) => failure.error != ApiError::Offline,
    };
    let outcome = received.and_then(|response| response.read(call, reader));
    if outcome.is_err() && may_be_open {
        sign_out_in_background(config);
    }
    outcome
}

/// The request with the application's cookie, if there is an application in front.
fn with_cookies(config: &Config, mut request: Request) -> Request {
    if config.patient.cookies {
        request.credentials = Credentials::SameOrigin;
    }
    request
}

async fn post(
    config: &Config,
    call: Call,
    request: Request,
    signal: &AbortToken,
) -> Result<HttpResponse, Failure> {
    let base = config.patient.base_url.as_str();
    let request = with_cookies(config, request);
    let response = send(base, request, config.timeout(), Some(signal)).await;
    response.map_err(|error| error.at(call))
}
