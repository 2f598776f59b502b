//! A patient, and what else the service's answers come to.

use crate::date::{BirthDate, HijriBirthDate};
use crate::fields::{Any, Record, Word, text};
use crate::personal::{Personal, keep_quiet};
use serde::{Deserialize, Serialize, Serializer};

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
    /// The place, as it came; see [`coordinates`](super::coordinates()).
    #[serde(default, deserialize_with = "text")]
    pub lat_long: Option<Personal>,
}

impl Address {
    /// Whether nothing is in it. A [`Patient`] never has such a one.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
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
#[derive(PartialEq)]
pub struct CodeSent(Any<Word>);

impl CodeSent {
    /// A text or a number that is not blank.
    pub(super) fn named(name: Any<Word>) -> Option<Self> {
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

impl Record for Address {}

keep_quiet!(
    Patient, Name, Gender, Address, Login, CodeSent, Verdict, Resent
);
