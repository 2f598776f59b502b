//! A patient, and the other values of the patient service's responses.

use crate::date::{BirthDate, HijriBirthDate};
use crate::fields::{Any, Record, Scalar, text};
use crate::personal::{Personal, redact_debug};
use serde::{Deserialize, Serialize, Serializer};

/// A patient, with the fields that the response has. Text is trimmed and never empty.
#[derive(PartialEq, Eq, Default)]
pub struct Patient {
    /// The Patient ID, the hospital's file number (`fileNo`). Opaque: leading zeros are kept.
    pub patient_id: Option<Personal>,
    /// The phone's country code (`+966`), the service's key `zipCode`.
    pub country_code: Option<Personal>,
    /// The phone number without the country code.
    pub phone: Option<Personal>,
    /// The national ID.
    pub national_id: Option<Personal>,
    /// The e-mail address.
    pub email: Option<Personal>,
    /// The date of birth, as a date in Riyadh.
    pub date_of_birth: Option<BirthDate>,
    /// The date of birth in the Hijri calendar.
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
    /// The type of identity document; a code without a public list.
    pub id_type: Option<Personal>,
    /// The gender.
    pub gender: Option<Gender>,
    /// The billing address.
    pub billing: Option<Address>,
    /// The shipping address.
    pub shipping: Option<Address>,
}

impl Patient {
    /// `true` if the record has no file number, identifier, phone or name, so that its person is unknown. A number of
    /// zeros only is none.
    pub(super) fn names_no_person(&self) -> bool {
        let is_number = |text: &Personal| text.as_str().bytes().any(|byte| byte != b'0');
        let numbers = [&self.patient_id, &self.national_id, &self.phone];
        !numbers.into_iter().flatten().any(is_number)
            && self.name.is_empty()
            && self.name_ar.is_empty()
    }
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
    /// `true` if no part is present.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts that are present, joined by spaces; `None` if there are none.
    ///
    /// ```
    /// use contract::patient::Name;
    /// use contract::personal::Personal;
    ///
    /// let name = Name {
    ///     first: Some(Personal::from("Test")),
    ///     last: Some(Personal::from("Patient")),
    ///     ..Name::default()
    /// };
    /// assert_eq!(name.full().unwrap().as_str(), "Test Patient");
    /// ```
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
    /// `MALE` or `M`, in any case, or `ذكر`.
    Male,
    /// `FEMALE` or `F`, in any case, or `أنثى`.
    Female,
    /// Any other text. The meaning of codes is configured; 1 male, 2 female and 0 unknown is an assumption.
    Code(Personal),
}

/// An address, with one field at least.
#[derive(PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// The first name of the resident.
    #[serde(default, deserialize_with = "text")]
    pub first_name: Option<Personal>,
    /// The last name of the resident.
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
    /// The postal code (`zipPostalCode`).
    #[serde(rename = "zipPostalCode", default, deserialize_with = "text")]
    pub postal_code: Option<Personal>,
    /// The coordinates, unchanged; see [`coordinates`](super::coordinates()).
    #[serde(default, deserialize_with = "text")]
    pub lat_long: Option<Personal>,
}

/// Result of a sign-in where a one-time code may be required before the record.
pub enum Login {
    /// The record, without a code.
    Record(Box<Patient>),
    /// A code was sent to the patient's phone.
    CodeSent(CodeId),
}

/// The service's ID of a code that it has sent (`otp_id`). Opaque: only this module can put it into a
/// request, in the JSON type it came in. Redacted in `Debug`, no `Clone`, zeroed on drop.
#[derive(PartialEq)]
pub struct CodeId(Any<Scalar>);

impl CodeId {
    /// Accepts a text or a number that is not blank.
    pub(super) fn new(id: Any<Scalar>) -> Option<Self> {
        match &id {
            Any::Text(text) | Any::Number(text) if !text.as_str().trim().is_empty() => {
                Some(Self(id))
            }
            _ => None,
        }
    }
}

impl Serialize for CodeId {
    /// Serializes a number as a number with the same digits, through `serialize_bytes`.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Any::Number(digits) => to.serialize_bytes(digits.as_str().as_bytes()),
            Any::Text(name) => to.serialize_str(name.as_str()),
            _ => to.serialize_unit(),
        }
    }
}

/// Result of the verification of a code.
pub enum Verification {
    /// The code is right; the response is the record.
    Verified(Box<Patient>),
    /// The code is wrong.
    WrongCode,
    /// The code is no longer accepted: it expired, or there were too many wrong ones.
    CodeExpired,
}

/// Result of the request for another code.
pub enum Resend {
    /// Another code was sent, with a new ID if there is one.
    Sent(Option<CodeId>),
    /// The sign-in that the code belongs to is no longer accepted.
    CodeExpired,
}

impl Record for Address {}

redact_debug!(
    Patient,
    Name,
    Gender,
    Address,
    Login,
    CodeId,
    Verification,
    Resend
);
