//! The patient side: the two calls of the Logistration module document (HMG) and what they answer.
//!
//! This module must not know what a code means (gender 1, marital status 2, …): that is configured.

pub use crate::coordinates::{Coordinates, coordinates};

use crate::answer::Answer;
use crate::date::{self, BirthDate, HijriBirthDate};
use crate::fields::{list, text, text_of};
use crate::json::Value;
use crate::personal::{Personal, keep_quiet};
use crate::refusal::{Flaw, Refusal};
use crate::request::{Body, Json, Method, Request, json_members};

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

keep_quiet!(
    Patient, Name, Gender, Address, Login, CodeSent, Verdict, Resent
);

/// Asks whether the phone belongs to a patient: `POST /api/customer/is_patient_exists`.
/// `phone` is the national number: digits, without country code and without the leading 0.
pub fn exists_request(phone: &str) -> Request {
    post(
        "/api/customer/is_patient_exists",
        json_members(&[("phoneNo", Json::Text(phone))]),
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
        json_members(&[
            ("type", Json::Text(id_type)),
            ("value", Json::Text(value)),
            ("phone", Json::Text(phone)),
        ]),
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
    logged_in(answer, person)
}

/// Reads what is inside the answer to a sign-in, bare or wrapped, with `read`.
fn logged_in<T>(answer: &Answer<'_>, read: fn(&Value) -> Result<T, Refusal>) -> Result<T, Refusal> {
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
        Some(data) if says("success") => read(data),
        _ => read(&body),
    }
}

/// What a sign-in comes to where a one-time code may stand before the record.
pub enum Login {
    /// The record: no code was wanted.
    Record(Box<Patient>),
    /// A code is on its way to the patient's phone.
    CodeSent(CodeSent),
}

/// The service's name for a code that it has sent. Opaque: only this module can put it into a
/// request, in the kind it came in. No `Debug`, no `Clone`, wiped on drop.
#[derive(PartialEq, Eq)]
pub struct CodeSent(Value);

/// What the service says of a code.
pub enum Verdict {
    /// The right one: here is the record.
    Right(Box<Patient>),
    /// Another one.
    Wrong,
    /// None counts any more: it is too late, or there were too many wrong ones.
    Over,
}

/// What came of asking for another code.
pub enum Resent {
    /// It is on its way, and answers to a new name if there is one.
    Sent(Option<CodeSent>),
    /// There is nothing left to send one for.
    Over,
}

/// [`login_answer`] where a one-time code may come first. An answer with an `otp_id` is no record,
/// whatever else is in it: nothing of the patient counts before the code.
///
/// # Errors
/// As [`login_answer`].
pub fn login_or_code_answer(answer: &Answer<'_>) -> Result<Login, Refusal> {
    logged_in(answer, |value| match code_sent(value) {
        Some(sent) => Ok(Login::CodeSent(sent)),
        None => person(value).map(|patient| Login::Record(Box::new(patient))),
    })
}

/// Sends the code that the patient has typed: `POST /api/customer/verify_otp`.
pub fn verify_request(sent: &CodeSent, code: &str) -> Request {
    post(
        "/api/customer/verify_otp",
        json_members(&[("otp_id", sent.as_json()), ("otp_code", Json::Text(code))]),
    )
}

/// Reads the answer to [`verify_request`]: what [`login_answer`] reads, or that the code is not right
/// or not good any more. That 410 and the word "expired" mean the latter is assumed.
///
/// # Errors
/// As [`login_answer`], but for [`Refusal::NotFound`]: who is meant was settled before.
pub fn verify_answer(answer: &Answer<'_>) -> Result<Verdict, Refusal> {
    if answer.status == 410 {
        return Ok(Verdict::Over);
    }
    match login_answer(answer) {
        Ok(patient) => Ok(Verdict::Right(Box::new(patient))),
        Err(Refusal::NotFound) if says_expired(answer) => Ok(Verdict::Over),
        Err(Refusal::NotFound) => Ok(Verdict::Wrong),
        Err(refusal) => Err(refusal),
    }
}

/// Asks for another code: `POST /api/customer/resend_otp`. The call itself is assumed.
pub fn resend_request(sent: &CodeSent) -> Request {
    post(
        "/api/customer/resend_otp",
        json_members(&[("otp_id", sent.as_json())]),
    )
}

/// Reads the answer to [`resend_request`]: a new `otp_id`, or 200 and no word against it.
///
/// # Errors
/// [`Refusal::TooManyTries`], [`Refusal::ServiceDown`] and [`Refusal::BadAnswer`].
pub fn resend_answer(answer: &Answer<'_>) -> Result<Resent, Refusal> {
    match answer.status {
        200 if answer.trimmed()?.is_empty() => return Ok(Resent::Sent(None)),
        410 => return Ok(Resent::Over),
        _ => {}
    }
    let said = logged_in(answer, |value| match code_sent(value) {
        Some(sent) => Ok(Resent::Sent(Some(sent))),
        None if yes_or_no(value) == Some(true) || value.as_object().is_some_and(only_success) => {
            Ok(Resent::Sent(None))
        }
        None if matches!(value, Value::Null) || yes_or_no(value) == Some(false) => Ok(Resent::Over),
        None => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    });
    match said {
        Err(Refusal::NotFound) => Ok(Resent::Over),
        said => said,
    }
}

/// `{"status":"success"}`, with or without a message.
fn only_success(members: &[(String, Value)]) -> bool {
    let says_success = |value: &Value| {
        value
            .as_str()
            .is_some_and(|word| word.eq_ignore_ascii_case("success"))
    };
    members
        .iter()
        .any(|(key, value)| key == "status" && says_success(value))
        && members
            .iter()
            .all(|(key, _)| key == "status" || key == "message")
}

/// The code's name in an object. Numbers keep their digits, and stay numbers on the way back.
fn code_sent(value: &Value) -> Option<CodeSent> {
    text(value, "otp_id").and_then(|_| match value.get("otp_id")? {
        Value::Text(name) => Some(CodeSent(Value::Text(name.as_str().into()))),
        Value::Number(digits) => Some(CodeSent(Value::Number(digits.as_str().into()))),
        _ => None,
    })
}

impl CodeSent {
    fn as_json(&self) -> Json<'_> {
        match &self.0 {
            Value::Number(digits) => Json::Number(digits.as_str()),
            other => Json::Text(other.as_str().unwrap_or_default()),
        }
    }
}

/// Whether one of the words that these services put into an error says that time is up.
fn says_expired(answer: &Answer<'_>) -> bool {
    let Ok(body) = answer.json() else {
        return false;
    };
    let errors = list(&body, "errors").iter().chain([&body]);
    errors
        .flat_map(|error| ["reason", "code", "message"].map(|key| text(error, key)))
        .flatten()
        .any(|said| said.as_str().to_ascii_lowercase().contains("expired"))
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
        cookies: false,
    }
}
