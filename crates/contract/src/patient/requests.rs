//! The calls of the patient side.

use super::types::CodeSent;
use crate::personal::Personal;
use crate::request::{Body, Method, Request};
use crate::write::write;
use serde::Serialize;

/// The body of [`exists_request`].
#[derive(Serialize)]
struct ExistsCall<'a> {
    #[serde(rename = "phoneNo")]
    phone: &'a str,
}

/// The body of [`login_request`]. The gateway's rules match this order.
#[derive(Serialize)]
struct LoginCall<'a> {
    #[serde(rename = "type")]
    id_type: &'a str,
    value: &'a str,
    phone: &'a str,
}

/// The body of [`verify_request`].
#[derive(Serialize)]
struct VerifyCall<'a> {
    otp_id: &'a CodeSent,
    otp_code: &'a str,
}

/// The body of [`resend_request`].
#[derive(Serialize)]
struct ResendCall<'a> {
    otp_id: &'a CodeSent,
}

/// Asks whether the phone belongs to a patient: `POST /api/customer/is_patient_exists`.
/// `phone` is the national number: digits, without country code and without the leading 0.
pub fn exists_request(phone: &str) -> Request {
    post("/api/customer/is_patient_exists", &ExistsCall { phone })
}

/// Signs a patient in: `POST /api/customer/login`. `id_type` is the word for the kind of
/// identifier (`nationalId` is documented, the one for the Patient ID is configured), `phone` as
/// in [`exists_request`].
pub fn login_request(id_type: &str, value: &str, phone: &str) -> Request {
    post(
        "/api/customer/login",
        &LoginCall {
            id_type,
            value,
            phone,
        },
    )
}

/// Sends the code that the patient has typed: `POST /api/customer/verify_otp`.
pub fn verify_request(sent: &CodeSent, code: &str) -> Request {
    post(
        "/api/customer/verify_otp",
        &VerifyCall {
            otp_id: sent,
            otp_code: code,
        },
    )
}

/// Asks for another code: `POST /api/customer/resend_otp`. The call itself is assumed.
pub fn resend_request(sent: &CodeSent) -> Request {
    post("/api/customer/resend_otp", &ResendCall { otp_id: sent })
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
        cookies: false,
    }
}
