//! Patient sign-in, against HMG's E-Services Middleware.

use ::config::Config;
use contract::{
    patient::{self, CodeId, Login, Patient, Resend, Verification},
    reference::Call,
    request::Request,
    service_error::ServiceError,
};
use input::{Identifier, OneTimeCode, PhoneNumber};

use super::{
    error::{ApiError, Failure},
    http::{AbortToken, HttpResponse, send, send_with_retry},
};

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
    config: &Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &AbortToken,
) -> Result<Login, Failure> {
    let settings = &config.patient;
    let base = settings.base_url.as_str();
    if settings.check_exists {
        let call = Call::PatientLookUp;
        let request = || patient::exists_request(phone.as_str());
        let response = send_with_retry(base, request, config.timeout(), signal)
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
    let response = post(config, Call::PatientSignIn, request, signal).await?;
    response.read(Call::PatientSignIn, |received| {
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
}

/// Submits the one-time code. `identifier` is the one of the sign-in.
///
/// # Errors
/// [`Failure`]; as for [`sign_in`].
pub async fn verify(
    config: &Config,
    identifier: &Identifier,
    sent: &CodeId,
    code: &OneTimeCode,
    signal: &AbortToken,
) -> Result<Verification, Failure> {
    let request = patient::verify_request(sent, code.as_str());
    let response = post(config, Call::CodeCheck, request, signal).await?;
    response.read(
        Call::CodeCheck,
        |received| match patient::read_verification(received)? {
            Verification::Verified(patient) if is_of_another(&patient, identifier) => {
                Err(ServiceError::OtherPatient)
            }
            verification => Ok(verification),
        },
    )
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

async fn post(
    config: &Config,
    call: Call,
    request: Request,
    signal: &AbortToken,
) -> Result<HttpResponse, Failure> {
    let base = config.patient.base_url.as_str();
    let response = send(base, request, config.timeout(), Some(signal)).await;
    response.map_err(|error| error.at(call))
}
