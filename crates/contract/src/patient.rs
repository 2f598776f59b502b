//! The patient side: the two calls of the Logistration module document (HMG) and what they answer.
//!
//! This module must not know what a code means (gender 1, marital status 2, …): that is configured.

pub use crate::coordinates::{Coordinates, coordinates};

use crate::answer::Answer;
use crate::date::{self, BirthDate, HijriBirthDate};
use crate::fields::{Any, Record, Word, any, one, text};
use crate::personal::{Personal, keep_quiet};
use crate::refusal::{Flaw, Refusal};
use crate::request::{Body, Method, Request};
use crate::write::write;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// The first name of who lives there.
    #[serde(default, deserialize_with = "text")]
    pub first_name: Option<Personal>,
    /// The last name of who lives there.
    #[serde(default, deserialize_with = "text")]
    pub last_name: Option<Personal>,
    /// An e-mail address.
    #[serde(default, deserialize_with = "text")]
    pub email: Option<Personal>,
    /// A phone number.
    #[serde(rename = "phoneNumber", default, deserialize_with = "text")]
    pub phone: Option<Personal>,
    /// A fax number.
    #[serde(rename = "faxNumber", default, deserialize_with = "text")]
    pub fax: Option<Personal>,
    /// A company.
    #[serde(default, deserialize_with = "text")]
    pub company: Option<Personal>,
    /// The city.
    #[serde(default, deserialize_with = "text")]
    pub city: Option<Personal>,
    /// The country.
    #[serde(default, deserialize_with = "text")]
    pub country: Option<Personal>,
    /// The state or province.
    #[serde(default, deserialize_with = "text")]
    pub state_province: Option<Personal>,
    /// The first line.
    #[serde(default, deserialize_with = "text")]
    pub address1: Option<Personal>,
    /// The second line.
    #[serde(default, deserialize_with = "text")]
    pub address2: Option<Personal>,
    /// The postal code (`zipPostalCode`; here it is one).
    #[serde(rename = "zipPostalCode", default, deserialize_with = "text")]
    pub postal_code: Option<Personal>,
    /// The place, as it came; see [`coordinates`].
    #[serde(default, deserialize_with = "text")]
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

/// An object that says yes or no and nothing else: an unknown key beside it may say something else.
#[derive(Deserialize, PartialEq, Default)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    #[serde(default, deserialize_with = "any")]
    status: Option<Any<Word>>,
    #[serde(default, deserialize_with = "any")]
    data: Option<Any<Word>>,
    #[serde(default, deserialize_with = "any")]
    message: Option<Any<Word>>,
}

impl Record for Confirmation {}

/// The documented forms exactly.
fn yes_or_no(body: &Any<Confirmation>) -> Option<bool> {
    let (status, data) = match body {
        Any::Flag(answer) => return Some(*answer),
        Any::Text(word) => return word.as_str().parse().ok(),
        Any::Object(said) if said.message.is_none() => (&said.status, &said.data),
        _ => return None,
    };
    match (status, data) {
        (Some(Any::Flag(answer)), None) | (None, Some(Any::Flag(answer))) => Some(*answer),
        (Some(Any::Text(word)), Some(Any::Flag(answer))) if word.as_str() == "success" => {
            Some(*answer)
        }
        _ => None,
    }
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

/// Reads the answer to [`login_request`]: the patient object, bare or as
/// `{"status":"success","data":{…}}`.
///
/// # Errors
/// [`Refusal::NotFound`] for every documented way of saying that there is no such patient,
/// [`Refusal::BadAnswer`] for what no document describes (also an object that tells nothing of
/// a patient), [`Refusal::TooManyTries`] and [`Refusal::ServiceDown`] by status.
pub fn login_answer(answer: &Answer<'_>) -> Result<Patient, Refusal> {
    logged_in(answer).and_then(person)
}

/// What an answer is wrapped in.
#[derive(Deserialize)]
#[serde(bound = "T: Record + DeserializeOwned")]
struct Wrapper<T> {
    #[serde(default = "Option::default", deserialize_with = "any")]
    data: Option<Any<T>>,
}

/// Reads what is inside the answer to a sign-in, bare or wrapped.
fn logged_in<T: Record + DeserializeOwned>(answer: &Answer<'_>) -> Result<Any<T>, Refusal> {
    match answer.status {
        200 => {}
        400 | 401 | 403 | 404 | 422 => return Err(Refusal::NotFound),
        _ => return Err(answer.refusal()),
    }
    let bare = answer.trimmed()?;
    if bare.is_empty() || bare.eq_ignore_ascii_case(NO_USER.as_bytes()) {
        return Err(Refusal::NotFound);
    }
    // Only these words make a wrapper of the object. Any other `status`, a number above all, is an
    // unknown field of a bare patient, and unknown fields are ignored.
    if let Some(remarks) = answer.remarks()? {
        if remarks.status_is("fail") || remarks.status_is("error") {
            return Err(Refusal::NotFound);
        }
        if remarks.status_is("success")
            && let Some(data) = answer.json::<Wrapper<T>>()?.data
        {
            return Ok(data);
        }
    }
    answer.json()
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
#[derive(PartialEq)]
pub struct CodeSent(Any<Word>);

impl CodeSent {
    /// A text or a number that is not blank.
    fn named(name: Any<Word>) -> Option<Self> {
        match &name {
            Any::Text(text) | Any::Number(text) if !text.as_str().trim().is_empty() => {
                Some(Self(name))
            }
            _ => None,
        }
    }
}

impl Serialize for CodeSent {
    /// A number keeps its digits and stays a number, by `serialize_bytes`.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Any::Number(digits) => to.serialize_bytes(digits.as_str().as_bytes()),
            Any::Text(name) => to.serialize_str(name.as_str()),
            _ => to.serialize_unit(),
        }
    }
}

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
    match logged_in(answer)? {
        Any::Object(PatientFields {
            otp_id: Some(sent), ..
        }) => Ok(Login::CodeSent(sent)),
        other => person(other).map(|patient| Login::Record(Box::new(patient))),
    }
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
    post("/api/customer/resend_otp", &ResendCall { otp_id: sent })
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
    match logged_in(answer) {
        Ok(Any::Null | Any::Flag(false)) | Err(Refusal::NotFound) => return Ok(Resent::Over),
        Ok(Any::Object(PatientFields {
            otp_id: Some(sent), ..
        })) => return Ok(Resent::Sent(Some(sent))),
        Ok(_) => {}
        Err(refusal) => return Err(refusal),
    }
    let said = logged_in(answer)?;
    match yes_or_no(&said) {
        Some(true) => Ok(Resent::Sent(None)),
        Some(false) => Ok(Resent::Over),
        None if only_success(said) => Ok(Resent::Sent(None)),
        None => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// `{"status":"success"}`, with or without a message.
fn only_success(said: Any<Confirmation>) -> bool {
    match said {
        Any::Object(Confirmation {
            status: Some(Any::Text(word)),
            data: None,
            ..
        }) => word.as_str().eq_ignore_ascii_case("success"),
        _ => false,
    }
}

fn code_sent<'de, D: Deserializer<'de>>(from: D) -> Result<Option<CodeSent>, D::Error> {
    Any::deserialize(from).map(CodeSent::named)
}

const EXPIRED: &[u8] = b"expired";

/// Whether one of an error's words says that time is up, in any case.
fn says_expired(answer: &Answer<'_>) -> bool {
    let Ok(Some(said)) = answer.remarks() else {
        return false;
    };
    let errors = said.errors.iter().chain([&said]);
    errors
        .flat_map(|error| [&error.reason, &error.code, &error.message])
        .flatten()
        .any(|said| {
            let mut parts = said.as_str().as_bytes().windows(EXPIRED.len());
            parts.any(|part| part.eq_ignore_ascii_case(EXPIRED))
        })
}

const NO_USER: &str = "No user found";

fn person(said: Any<PatientFields>) -> Result<Patient, Refusal> {
    match said {
        Any::Null | Any::Flag(false) => Err(Refusal::NotFound),
        Any::Text(said)
            if ["", NO_USER]
                .iter()
                .any(|no| said.as_str().trim().eq_ignore_ascii_case(no)) =>
        {
            Err(Refusal::NotFound)
        }
        Any::Object(fields) => {
            let patient = Patient::from(fields);
            // Nothing is known of this person: an error in another form, not someone to sign in.
            if patient == Patient::default() {
                return Err(Refusal::BadAnswer(Flaw::WrongShape));
            }
            Ok(patient)
        }
        _ => Err(Refusal::BadAnswer(Flaw::WrongShape)),
    }
}

/// The patient object, key by key.
#[derive(Deserialize, PartialEq, Default)]
#[serde(rename_all = "camelCase")]
struct PatientFields {
    #[serde(default, deserialize_with = "text")]
    file_no: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    zip_code: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    phone_no: Option<Personal>,
    #[serde(rename = "nationalID", default, deserialize_with = "text")]
    national_id: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    email: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    date_of_birth: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    date_of_birth_hijri: Option<Personal>,
    #[serde(default, deserialize_with = "one")]
    name: Option<NameFields>,
    #[serde(default, deserialize_with = "text")]
    marital_status: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    marital_status_code: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    nationality: Option<Personal>,
    // Three spellings of one key. All may be there: the first that says something counts.
    #[serde(rename = "nationalityISOCode", default, deserialize_with = "text")]
    nationality_iso: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    nationality_iso_code: Option<Personal>,
    #[serde(rename = "nationality_iso_code", default, deserialize_with = "text")]
    nationality_iso_snake: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    occupation: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    id_type: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    gender: Option<Personal>,
    #[serde(default, deserialize_with = "one")]
    billing_address: Option<Address>,
    #[serde(default, deserialize_with = "one")]
    shipping_address: Option<Address>,
    /// In place of all others, where a code comes first.
    #[serde(rename = "otp_id", default, deserialize_with = "code_sent")]
    otp_id: Option<CodeSent>,
}

/// A name in both scripts.
#[derive(Deserialize, PartialEq, Default)]
#[serde(rename_all = "camelCase")]
struct NameFields {
    #[serde(default, deserialize_with = "text")]
    first_name: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    middle_name: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    last_name: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    first_name_ar: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    middle_name_ar: Option<Personal>,
    #[serde(default, deserialize_with = "text")]
    last_name_ar: Option<Personal>,
}

impl Record for PatientFields {}
impl Record for NameFields {}
impl Record for Address {}

impl From<PatientFields> for Patient {
    fn from(fields: PatientFields) -> Self {
        let name = fields.name.unwrap_or_default();
        Self {
            file_number: fields.file_no,
            country_code: fields.zip_code,
            phone: fields.phone_no,
            national_id: fields.national_id,
            email: fields.email,
            date_of_birth: fields
                .date_of_birth
                .map(|day| date::parse_birth(day.as_str())),
            date_of_birth_hijri: fields
                .date_of_birth_hijri
                .map(|day| date::parse_hijri(day.as_str())),
            name: Name {
                first: name.first_name,
                middle: name.middle_name,
                last: name.last_name,
            },
            name_ar: Name {
                first: name.first_name_ar,
                middle: name.middle_name_ar,
                last: name.last_name_ar,
            },
            marital_status: fields.marital_status,
            marital_status_code: fields.marital_status_code,
            nationality: fields.nationality,
            nationality_iso: fields
                .nationality_iso
                .or(fields.nationality_iso_code)
                .or(fields.nationality_iso_snake),
            occupation: fields.occupation,
            id_type: fields.id_type,
            gender: fields.gender.map(gender),
            billing: fields.billing_address,
            shipping: fields.shipping_address,
        }
    }
}

fn gender(code: Personal) -> Gender {
    if code.as_str().eq_ignore_ascii_case("male") {
        Gender::Male
    } else if code.as_str().eq_ignore_ascii_case("female") {
        Gender::Female
    } else {
        Gender::Code(code)
    }
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
