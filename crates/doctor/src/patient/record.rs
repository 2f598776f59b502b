//! The response to a login, and what is missing in a record.

use contract::date::BirthDate;
use contract::patient::{Login as SignIn, Patient, read_login_or_code};
use contract::service_error::ServiceError;

use crate::finding::{Finding, body};
use crate::http::{HttpResponse, TransportError};
use crate::report::Section;

/// The result of a login.
pub(super) enum LoginResult {
    Record(Box<Patient>),
    CodeId,
    NotFound(u16),
    Failed(Finding),
}

pub(super) fn send_login(response: Result<HttpResponse, TransportError>) -> LoginResult {
    match response {
        Ok(response) => read_login(&response),
        Err(error) => LoginResult::Failed(error.into()),
    }
}

pub(super) fn read_login(response: &HttpResponse) -> LoginResult {
    const WANTED: &str = "the record, or one of the documented responses for an unknown patient";
    let body = match body(response) {
        Ok(body) => body,
        Err(finding) => return LoginResult::Failed(finding),
    };
    match read_login_or_code(&response.to_contract(body)) {
        Ok(SignIn::Record(patient)) => LoginResult::Record(patient),
        Ok(SignIn::CodeSent(_)) => LoginResult::CodeId,
        Err(ServiceError::NotFound) => LoginResult::NotFound(response.status),
        Err(error) => LoginResult::Failed(Finding::unexpected(response.status, error, WANTED)),
    }
}

/// Reports the fields that are missing in the record, without any of their values.
pub(super) fn check_record(patient: &Patient, section: &mut Section<'_>) {
    const NAME: &str = "login.record";
    let fields = [
        ("fileNo", patient.patient_id.is_some()),
        (
            "name",
            !patient.name.is_empty() || !patient.name_ar.is_empty(),
        ),
        ("phoneNo", patient.phone.is_some()),
        ("nationalID", patient.national_id.is_some()),
        ("dateOfBirth", patient.date_of_birth.is_some()),
        (
            "billingAddress or shippingAddress",
            patient.billing.is_some() || patient.shipping.is_some(),
        ),
    ];
    let missing: Vec<&str> = fields
        .iter()
        .filter(|(_, is_present)| !is_present)
        .map(|(name, _)| *name)
        .collect();
    if matches!(patient.date_of_birth, Some(BirthDate::Text(_))) {
        section.warn(
            NAME,
            "login as the test patient returned the record, but its dateOfBirth is not a date",
            "send an ISO 8601 instant or yyyy-mm-dd: the portal shows any other text unchanged",
        );
    } else if missing.is_empty() {
        section.pass(
            NAME,
            "login as the test patient returned the complete record",
        );
    } else {
        section.warn(
            NAME,
            format!(
                "login as the test patient returned the record without {}",
                missing.join(", ")
            ),
            "if the record should have these, compare the names of its fields with the document",
        );
    }
}
