//! Patient sign-in, against HMG's E-Services Middleware.

use contract::{
    patient::{self, Patient},
    refusal::Refusal,
};
use input::{FileNumber, NationalId, PhoneNumber};

use super::http::{Listener, ask, send};
use crate::{config::Config, failure::Failure};

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
/// # Errors
/// [`Failure`], in the words of the person.
pub async fn sign_in(
    config: &Config,
    phone: &PhoneNumber,
    identifier: &Identifier,
    signal: &Listener,
) -> Result<Patient, Failure> {
    let settings = &config.patient;
    if settings.check_exists {
        let request = || patient::exists_request(phone.as_str());
        let mut reply = ask(&settings.base_url, request, config.timeout(), signal).await?;
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
    let mut reply = send(&settings.base_url, request, config.timeout(), Some(signal)).await?;
    Ok(patient::login_answer(&reply.answer()?)?)
}
