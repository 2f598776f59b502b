//! Requests, made as the forms make them.

use config::{BaseUrl, Config};
use contract::{
    patient::{Login, Patient},
    service_error::ServiceError,
    staff::{SignedIn, StaffClient},
};
use input::Identifier;
use logistration::{
    api::ApiError,
    api::{self, AbortGuard, Failure},
};

use crate::sandbox::sandbox;

/// A configuration with both services in the sandbox.
pub fn config() -> Config {
    let mut config = Config::default();
    let services = BaseUrl::parse(sandbox()).unwrap();
    config.patient.base_url = services.clone();
    config.staff.base_url = services;
    config
}

pub fn impatient() -> Config {
    let mut config = config();
    config.request.timeout_seconds = 1;
    config
}

pub async fn patient_with(
    config: &Config,
    phone: &str,
    identifier: &Identifier,
) -> Result<Patient, Failure> {
    // As in the app, where the configuration lives as long as the document.
    let config: &'static Config = Box::leak(Box::new(config.clone()));
    let phone = input::phone(phone, &config.patient.country_codes).unwrap();
    let abort = AbortGuard::new();
    match api::patient::sign_in(config, &phone.value, identifier, &abort.signal()).await? {
        Login::Record(patient) => Ok(*patient),
        Login::CodeSent(_) => panic!("no code was to be asked for"),
    }
}

pub fn national_id(digits: &str) -> Identifier {
    Identifier::NationalId(input::national_id(digits).unwrap().value)
}

/// The sample patient of the documents.
pub async fn patient(config: &Config) -> Result<Patient, Failure> {
    patient_with(config, "5368798202", &national_id("16898166021")).await
}

pub async fn staff_with(
    config: &Config,
    client: &str,
    username: &str,
    password: &str,
) -> Result<SignedIn, Failure> {
    let username = input::staff_username(username).unwrap();
    let abort = AbortGuard::new();
    // As in the app, where the configuration lives as long as the document.
    let config: &'static Config = Box::leak(Box::new(config.clone()));
    let client =
        StaffClient::spice_v2(client).unwrap_or_else(|| StaffClient::SpiceV1(client.to_owned()));
    api::staff::sign_in(config, &client, username, password, &abort.signal()).await
}

/// The sample member of staff of the documents.
pub async fn staff(config: &Config) -> Result<SignedIn, Failure> {
    staff_with(config, "spice mobile", "kavya_pro@spice.mdt", "Spice@123").await
}

pub fn refused<T, E: Into<ApiError>>(outcome: Result<T, E>) -> Option<ServiceError> {
    match outcome.map_err(Into::into) {
        Err(ApiError::Service(refusal)) => Some(refusal),
        Err(other) => panic!("{other:?}"),
        Ok(_) => None,
    }
}
