//! The patient side: the two calls of the Logistration module document (HMG) and what they answer.
//!
//! This module must not know what a code means (gender 1, marital status 2, …): that is configured.

pub use crate::coordinates::{Coordinates, coordinates};

use crate::answer::Answer;
use crate::date::{self, BirthDate, HijriBirthDate};
use crate::fields::{text, text_of};
use crate::json::Value;
use crate::personal::{Personal, keep_quiet};
use crate::refusal::{Flaw, Refusal};
use crate::request::{Body, Method, Request, json_object};

/// A patient, as far as the answer tells. Text is trimmed and never empty.
#[derive(PartialEq, Eq, Default)]
pub struct Patient {
    /// The hospital file number, also called Patient ID. Opaque: leading zeros stay.
    pub file_number: Option<Personal>,
    /// The phone's country code (`+966`), which the service calls `zipCode`.
    pub country_code: Option<Personal>,
    /// The phone number without the country code.
    pub phone: Option<Personal>,
    /// The national ID.
    pub national_id: Option<Personal>,
    /// The e-mail address.
    pub email: Option<Personal>,
    /// The day of birth, by the Riyadh calendar day.
    pub date_of_birth: Option<BirthDate>,
    /// The day of birth in the Hijri calendar.
    pub date_of_birth_hijri: Option<HijriBirthDate>,
    /// The name in Latin script.
    pub name: Name,
    /// The name in Arabic script.
    pub name_ar: Name,
    /// A code without a public list.
    pub marital_status: Option<Personal>,
    /// A second code without a public list.
    pub marital_status_code: Option<Personal>,
    /// The name of the nationality.
    pub nationality: Option<Personal>,
    /// The nationality's ISO 3166 code.
    pub nationality_iso: Option<Personal>,
    /// The occupation.
    pub occupation: Option<Personal>,
    /// What kind of identity document; a code without a public list.
    pub id_type: Option<Personal>,
    /// The gender.
    pub gender: Option<Gender>,
    /// The billing address.
    pub billing: Option<Address>,
    /// The shipping address.
    pub shipping: Option<Address>,
}

/// A name in one script.
#[derive(PartialEq, Eq, Default)]
pub struct Name {
    /// The first name.
    pub first: Option<Personal>,
    /// The middle name.
    pub middle: Option<Personal>,
    /// The last name.
    pub last: Option<Personal>,
}

impl Name {
    /// Whether no part is there.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts that are there, with spaces between them; `None` if there are none.
    pub fn full(&self) -> Option<Personal> {
        let mut parts = [&self.first, &self.middle, &self.last]
            .into_iter()
            .flatten();
        let mut full = Personal::from(parts.next()?.as_str());
        for part in parts {
            full.push(' ');
            full.push_str(part.as_str());
        }
        Some(full)
    }
}

/// A gender, as word or code.
#[derive(PartialEq, Eq)]
pub enum Gender {
    /// The word `MALE`, in any case.
    Male,
    /// The word `FEMALE`, in any case.
    Female,
    /// Anything else. That 1 is male, 2 female and 0 unknown is assumed, and so configured.
    Code(Personal),
}

/// An address.
#[derive(PartialEq, Eq, Default)]
pub struct Address {
    /// The first name of who lives there.
    pub first_name: Option<Personal>,
    /// The last name of who lives there.
    pub last_name: Option<Personal>,
    /// An e-mail address.
    pub email: Option<Personal>,
    /// A phone number.
    pub phone: Option<Personal>,
    /// A fax number.
    pub fax: Option<Personal>,
    /// A company.
    pub company: Option<Personal>,
    /// The city.
    pub city: Option<Personal>,
    /// The country.
    pub country: Option<Personal>,
    /// The state or province.
    pub state_province: Option<Personal>,
    /// The first line.
    pub address1: Option<Personal>,
    /// The second line.
    pub address2: Option<Personal>,
    /// The postal code (`zipPostalCode`; here it is one).
    pub postal_code: Option<Personal>,
    /// The place, as it came; see [`coordinates`].
    pub lat_long: Option<Personal>,
}

impl Address {
    /// Whether nothing is in it. A [`Patient`] never has such a one.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

keep_quiet!(Patient, Name, Gender, Address);

/// Asks whether the phone belongs to a patient: `POST /api/customer/is_patient_exists`.
/// `phone` is the national number: digits, without country code and without the leading 0.
pub fn exists_request(phone: &str) -> Request {
    post(
        "/api/customer/is_patient_exists",
        json_object(&[("phoneNo", phone)]),
    )
}

/// Reads the answer to [`exists_request`]: `true` and `false` bare, in quotation marks, as the
/// document's literal `{ true }`, and as `{"status":true}`, `{"data":true}` or
/// `{"status":"success","data":true}`.
///
/// # Errors
/// [`Refusal::BadAnswer`] for anything else, so that nothing is taken for a "yes" that is not one;
/// [`Refusal::TooManyTries`] and [`Refusal::ServiceDown`] by status.
pub fn exists_answer(answer: &Answer<'_>) -> Result<bool, Refusal> {
    if answer.status != 200 {
        return Err(answer.refusal());
    }
    let literal = answer
        .trimmed()?
        .strip_prefix(b"{")
        .and_then(|rest| rest.strip_suffix(b"}"));
    match literal.map(<[u8]>::trim_ascii) {
        Some(b"true") => Ok(true),
        Some(b"false") => Ok(false),
        _ => yes_or_no(&answer.json()?).ok_or(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// The documented forms exactly, without even an unknown key beside them: an answer that
/// says more than yes or no may say something else.
fn yes_or_no(body: &Value) -> Option<bool> {
    match body {
        Value::Bool(answer) => Some(*answer),
        Value::Text(word) => match word.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        Value::Object(members) => match members.as_slice() {
            [(key, Value::Bool(answer))] if key == "status" || key == "data" => Some(*answer),
            [(status, Value::Text(word)), (data, Value::Bool(answer))]
            | [(data, Value::Bool(answer)), (status, Value::Text(word))]
                if status == "status" && data == "data" && word.as_str() == "success" =>
            {
                Some(*answer)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Signs a patient in: `POST /api/customer/login`. `id_type` is the word for the kind of
/// identifier (`nationalId` is documented, the one for the Patient ID is configured), `phone` as
/// in [`exists_request`].
pub fn login_request(id_type: &str, value: &str, phone: &str) -> Request {
    post(
        "/api/customer/login",
        json_object(&[("type", id_type), ("value", value), ("phone", phone)]),
    )
}

/// Reads the answer to [`login_request`]: the patient object, bare or as
/// `{"status":"success","data":{…}}`.
///
/// # Errors
/// [`Refusal::NotFound`] for every documented way of saying that there is no such patient,
/// [`Refusal::BadAnswer`] for what no document describes (also an object that tells nothing of
/// a patient), [`Refusal::TooManyTries`] and [`Refusal::ServiceDown`] by status.
pub fn login_answer(answer: &Answer<'_>) -> Result<Patient, Refusal> {
    match answer.status {
        200 => {}
        400 | 401 | 403 | 404 | 422 => return Err(Refusal::NotFound),
        _ => return Err(answer.refusal()),
    }
    let bare = answer.trimmed()?;
    if bare.is_empty() || bare.eq_ignore_ascii_case(NO_USER.as_bytes()) {
        return Err(Refusal::NotFound);
    }
    let body = answer.json()?;
    // Only these words make a wrapper of the object. Any other `status`, a number above all, is an
    // unknown field of a bare patient, and unknown fields are ignored.
    let status = text(&body, "status");
    let says = |word: &str| {
        status
            .as_ref()
            .is_some_and(|status| status.as_str().eq_ignore_ascii_case(word))
    };
    if says("fail") || says("error") {
        return Err(Refusal::NotFound);
    }
    match body.get("data") {
        Some(data) if says("success") => person(data),
        _ => person(&body),
    }
}

const NO_USER: &str = "No user found";

fn person(value: &Value) -> Result<Patient, Refusal> {
    match value {
        Value::Null | Value::Bool(false) => Err(Refusal::NotFound),
        Value::Text(said) => {
            let said = said.as_str().trim();
            Err(if said.is_empty() || said.eq_ignore_ascii_case(NO_USER) {
                Refusal::NotFound
            } else {
                Refusal::BadAnswer(Flaw::WrongShape)
            })
        }
        Value::Object(_) => {
            let patient = patient(value);
            // Nothing is known of this person: an error in another form, not someone to sign in.
            if patient == Patient::default() {
                return Err(Refusal::BadAnswer(Flaw::WrongShape));
            }
            Ok(patient)
        }
        _ => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

fn patient(body: &Value) -> Patient {
    Patient {
        file_number: text(body, "fileNo"),
        country_code: text(body, "zipCode"),
        phone: text(body, "phoneNo"),
        national_id: text(body, "nationalID"),
        email: text(body, "email"),
        date_of_birth: text(body, "dateOfBirth").map(|day| date::parse_birth(day.as_str())),
        date_of_birth_hijri: text(body, "dateOfBirthHijri")
            .map(|day| date::parse_hijri(day.as_str())),
        name: name(body, ["firstName", "middleName", "lastName"]),
        name_ar: name(body, ["firstNameAr", "middleNameAr", "lastNameAr"]),
        marital_status: text(body, "maritalStatus"),
        marital_status_code: text(body, "maritalStatusCode"),
        nationality: text(body, "nationality"),
        nationality_iso: text(body, "nationalityISOCode")
            .or_else(|| text(body, "nationalityIsoCode"))
            .or_else(|| text(body, "nationality_iso_code")),
        occupation: text(body, "occupation"),
        id_type: text(body, "idType"),
        gender: body.get("gender").and_then(gender),
        billing: body.get("billingAddress").and_then(address),
        shipping: body.get("shippingAddress").and_then(address),
    }
}

fn name(body: &Value, [first, middle, last]: [&str; 3]) -> Name {
    let part = |key| body.get("name").and_then(|name| text(name, key));
    Name {
        first: part(first),
        middle: part(middle),
        last: part(last),
    }
}

fn gender(value: &Value) -> Option<Gender> {
    let code = text_of(value)?;
    Some(if code.as_str().eq_ignore_ascii_case("male") {
        Gender::Male
    } else if code.as_str().eq_ignore_ascii_case("female") {
        Gender::Female
    } else {
        Gender::Code(code)
    })
}

fn address(value: &Value) -> Option<Address> {
    let address = Address {
        first_name: text(value, "firstName"),
        last_name: text(value, "lastName"),
        email: text(value, "email"),
        phone: text(value, "phoneNumber"),
        fax: text(value, "faxNumber"),
        company: text(value, "company"),
        city: text(value, "city"),
        country: text(value, "country"),
        state_province: text(value, "stateProvince"),
        address1: text(value, "address1"),
        address2: text(value, "address2"),
        postal_code: text(value, "zipPostalCode"),
        lat_long: text(value, "latLong"),
    };
    (!address.is_empty()).then_some(address)
}

fn post(path: &'static str, body: Personal) -> Request {
    Request {
        method: Method::Post,
        path,
        headers: vec![
            ("Content-Type", Personal::from("application/json")),
            ("Accept", Personal::from("application/json")),
        ],
        body: Body::Json(body),
    }
}
