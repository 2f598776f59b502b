//! Requests of the patient side.

use super::types::CodeId;
use crate::personal::Personal;
use crate::request::{Body, Credentials, Method, Request};
use crate::write::write;
use serde::Serialize;

/// The body of [`exists_request`].
#[derive(Serialize)]
struct ExistsBody<'a> {
    #[serde(rename = "phoneNo")]
    phone: &'a str,
}

/// The body of [`login_request`], in the order that the gateway's rules match.
#[derive(Serialize)]
struct LoginBody<'a> {
    #[serde(rename = "type")]
    id_type: &'a str,
    value: &'a str,
    phone: &'a str,
}

/// The body of [`verify_request`].
#[derive(Serialize)]
struct VerifyBody<'a> {
    otp_id: &'a CodeId,
    otp_code: &'a str,
}

/// The body of [`resend_request`].
#[derive(Serialize)]
struct ResendBody<'a> {
    otp_id: &'a CodeId,
}

/// Lookup of a phone number: `POST /api/customer/is_patient_exists`. `phone` is the national number:
/// digits without country code and without the leading 0.
///
/// ```
/// let request = contract::patient::exists_request("500000000");
/// assert_eq!(request.path, "/api/customer/is_patient_exists");
/// ```
pub fn exists_request(phone: &str) -> Request {
    post("/api/customer/is_patient_exists", &ExistsBody { phone })
}

/// Sign-in: `POST /api/customer/login`. `id_type` is the type of the identifier (`nationalId` is
/// documented, the one for the Patient ID is configured), `phone` as in [`exists_request`].
///
/// ```
/// let request = contract::patient::login_request("nationalId", "1000000008", "500000000");
/// assert_eq!(request.path, "/api/customer/login");
/// ```
pub fn login_request(id_type: &str, value: &str, phone: &str) -> Request {
    post(
        "/api/customer/login",
        &LoginBody {
            id_type,
            value,
            phone,
        },
    )
}

/// Verification of the code that the patient typed: `POST /api/customer/verify_otp`.
///
/// ```
/// use contract::patient::{Login, read_login_or_code, verify_request};
/// use contract::response::{Headers, Response};
///
/// let body = br#"{"otp_id":"a-made-up-id"}"#;
/// let response = Response { status: 200, headers: Headers::default(), body };
/// let Ok(Login::CodeSent(id)) = read_login_or_code(&response) else { panic!() };
/// assert_eq!(verify_request(&id, "000000").path, "/api/customer/verify_otp");
/// ```
pub fn verify_request(id: &CodeId, code: &str) -> Request {
    post(
        "/api/customer/verify_otp",
        &VerifyBody {
            otp_id: id,
            otp_code: code,
        },
    )
}

/// Request for another code: `POST /api/customer/resend_otp`. No document describes this call; it is an
/// assumption.
///
/// ```
/// use contract::patient::{Login, read_login_or_code, resend_request};
/// use contract::response::{Headers, Response};
///
/// let body = br#"{"otp_id":"a-made-up-id"}"#;
/// let response = Response { status: 200, headers: Headers::default(), body };
/// let Ok(Login::CodeSent(id)) = read_login_or_code(&response) else { panic!() };
/// assert_eq!(resend_request(&id).path, "/api/customer/resend_otp");
/// ```
pub fn resend_request(id: &CodeId) -> Request {
    post("/api/customer/resend_otp", &ResendBody { otp_id: id })
}

/// Sign-out from an application in front of the middleware, which made a session of its own at sign-in:
/// `POST /api/customer/logout`. It has no body; the application's cookie names the session. The middleware
/// has no such call.
///
/// ```
/// assert_eq!(contract::patient::sign_out_request().path, "/api/customer/logout");
/// ```
pub fn sign_out_request() -> Request {
    Request {
        method: Method::Post,
        path: "/api/customer/logout",
        headers: vec![("Accept", Personal::from("application/json"))],
        body: Body::None,
        credentials: Credentials::Omit,
    }
}

fn post(path: &'static str, body: &impl Serialize) -> Request {
    Request {
        method: Method::Post,
        path,
        headers: vec![
            ("Content-Type", Personal::from("application/json")),
            ("Accept", Personal::from("application/json")),
        ],
        body: Body::Json(write(body)),
        credentials: Credentials::Omit,
    }
}
