//! Patient sign-in, against HMG's E-Services Middleware.

use contract::{
    patient::{self, CodeId, Login, Resend, Verification},
    service_error::ServiceError,
};
use input::{NationalId, OneTimeCode, PatientId, PhoneNumber};

use super::http::{Listener, ask, send};
use crate::{config::Config, failure::Failure};

/// What a patient says who they are by.
pub enum Identifier {
    /// A national ID or Iqama number.
    NationalId(NationalId),
    /// The hospital's file number, which people know as Patient ID.
    PatientId(PatientId),
}

/// Looks the phone up and then signs in. An unknown phone and an identifier that does not match
/// are the same [`ServiceError::NotFound`], and for an unknown phone the identifier is never sent. The
/// question about the phone is asked again where it did not get through.
///
/// Where the configuration expects a one-time code, the service still decides whether there is one:
/// a record that comes without has already left it, and to refuse it here would protect nobody.
///
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn sign_in(
    config: &Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &Listener,
) -> Result<Login, Failure> {
    let settings = &config.patient;
    if settings.check_exists {
        let request = || patient::exists_request(phone.as_str());
        let mut reply = ask(
            settings.base_url.as_str(),
            request,
            config.timeout(),
            signal,
        )
        .await?;
        if !patient::read_exists(&reply.answer()?)? {
            return Err(ServiceError::NotFound.into());
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
        patient::read_login_or_code(&answer)?
    } else {
        Login::Record(Box::new(patient::read_login(&answer)?))
    })
}

/// Sends the code that the patient has typed.
///
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn verify(
    config: &Config,
    sent: &CodeId,
    code: &OneTimeCode,
    signal: &Listener,
) -> Result<Verification, Failure> {
    let request = patient::verify_request(sent, code.as_str());
    let base = config.patient.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::read_verification(&reply.answer()?)?)
}

/// Asks for another code.
///
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn resend(config: &Config, sent: &CodeId, signal: &Listener) -> Result<Resend, Failure> {
    let request = patient::resend_request(sent);
    let base = config.patient.base_url.as_str();
    let mut reply = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::read_resend(&reply.answer()?)?)
}
