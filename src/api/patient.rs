//! Patient sign-in, against HMG's E-Services Middleware.

use ::config::Config;
use contract::{
    patient::{self, CodeSent, Login, Resent, Verdict},
    refusal::Refusal,
};
use input::{FileNumber, NationalId, OneTimeCode, PhoneNumber};

use super::{
    error::ApiError,
    http::{AbortToken, send, send_with_retry},
};

/// What a patient says who they are by.
pub enum Identifier {
    /// A national ID or Iqama number.
    NationalId(NationalId),
    /// The hospital's file number, which people know as Patient ID.
    PatientId(FileNumber),
}

/// Looks the phone up and then signs in. An unknown phone and an identifier that does not match
/// are the same [`Refusal::NotFound`], and for an unknown phone the identifier is never sent. The
/// question about the phone is asked again where it did not get through.
///
/// Where the configuration expects a one-time code, the service still decides whether there is one:
/// a record that comes without has already left it, and to refuse it here would protect nobody.
///
/// # Errors
/// [`ApiError`], in the words of the person.
pub async fn sign_in(
    config: &Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &AbortToken,
) -> Result<Login, ApiError> {
    let settings = &config.patient;
    if settings.check_exists {
        let request = || patient::exists_request(phone.as_str());
        let mut reply = send_with_retry(
            settings.base_url.as_str(),
            request,
            config.timeout(),
            signal,
        )
        .await?;
        if !patient::exists_answer(&reply.answer()?)? {
            return Err(Refusal::NotFound.into());
        }
    }
    let (kind, value) = match identifier {
        Identifier::NationalId(id) => ("nationalId", id.as_str()),
        Identifier::PatientId(number) => (settings.patient_id_type.as_str(), number.as_str()),
    };
    let request = patient::login_request(kind, value, phone.as_str());
    // Never sent again by itself: a try counts where tries are limited.
    let mut reply = send(
        settings.base_url.as_str(),
        request,
        config.timeout(),
        Some(signal),
    )
    .await?;
    let answer = reply.answer()?;
    Ok(if settings.one_time_code {
        patient::login_or_code_answer(&answer)?
    } else {
        Login::Record(Box::new(patient::login_answer(&answer)?))
    })
}

/// Sends the code that the patient has typed.
///
/// # Errors
/// [`ApiError`], in the words of the person.
pub async fn verify(
    config: &Config,
    sent: &CodeSent,
    code: &OneTimeCode,
    signal: &AbortToken,
) -> Result<Verdict, ApiError> {
    let request = patient::verify_request(sent, code.as_str());
    let base = config.patient.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::verify_answer(&reply.answer()?)?)
}

/// Asks for another code.
///
/// # Errors
/// [`ApiError`], in the words of the person.
pub async fn resend(
    config: &Config,
    sent: &CodeSent,
    signal: &AbortToken,
) -> Result<Resent, ApiError> {
    let request = patient::resend_request(sent);
    let base = config.patient.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::resend_answer(&reply.answer()?)?)
}
