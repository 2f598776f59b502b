//! Patient sign-in, against HMG's E-Services Middleware.

use ::config::Config;
use contract::{
    patient::{self, CodeId, Login, Resend, Verification},
    service_error::ServiceError,
};
use input::{NationalId, OneTimeCode, PatientId, PhoneNumber};

use super::{
    error::ApiError,
    http::{AbortToken, send, send_with_retry},
};

/// Number by which a patient is identified, besides the phone.
pub enum Identifier {
    /// National ID or Iqama number.
    NationalId(NationalId),
    /// The hospital's file number, which patients know as Patient ID.
    PatientId(PatientId),
}

/// Looks the phone up, and then signs in. An unknown phone and an identifier that does not match are the
/// same [`ServiceError::NotFound`]; for an unknown phone the identifier is not sent. The look-up is repeated
/// after network errors.
///
/// With `patient.oneTimeCode` the service decides whether a code is needed: a record that comes without one
/// has already left the service, and rejecting it here would protect nothing.
///
/// # Errors
/// [`ApiError`].
pub async fn sign_in(
    config: &Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &AbortToken,
) -> Result<Login, ApiError> {
    let settings = &config.patient;
    if settings.check_exists {
        let request = || patient::exists_request(phone.as_str());
        let mut response = send_with_retry(
            settings.base_url.as_str(),
            request,
            config.timeout(),
            signal,
        )
        .await?;
        if !patient::read_exists(&response.complete()?)? {
            return Err(ServiceError::NotFound.into());
        }
    }
    let (kind, value) = match identifier {
        Identifier::NationalId(id) => ("nationalId", id.as_str()),
        Identifier::PatientId(number) => (settings.patient_id_type.as_str(), number.as_str()),
    };
    let request = patient::login_request(kind, value, phone.as_str());
    // Never repeated: services limit the number of attempts.
    let mut response = send(
        settings.base_url.as_str(),
        request,
        config.timeout(),
        Some(signal),
    )
    .await?;
    let received = response.complete()?;
    Ok(if settings.one_time_code {
        patient::read_login_or_code(&received)?
    } else {
        Login::Record(Box::new(patient::read_login(&received)?))
    })
}

/// Submits the one-time code.
///
/// # Errors
/// [`ApiError`].
pub async fn verify(
    config: &Config,
    sent: &CodeId,
    code: &OneTimeCode,
    signal: &AbortToken,
) -> Result<Verification, ApiError> {
    let request = patient::verify_request(sent, code.as_str());
    let base = config.patient.base_url.as_str();
    let mut response = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::read_verification(&response.complete()?)?)
}

/// Requests another one-time code.
///
/// # Errors
/// [`ApiError`].
pub async fn resend(
    config: &Config,
    sent: &CodeId,
    signal: &AbortToken,
) -> Result<Resend, ApiError> {
    let request = patient::resend_request(sent);
    let base = config.patient.base_url.as_str();
    let mut response = send(base, request, config.timeout(), Some(signal)).await?;
    Ok(patient::read_resend(&response.complete()?)?)
}
