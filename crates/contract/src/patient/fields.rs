//! The keys of the patient object.

use super::types::{Address, CodeId, Gender, Name, Patient};
use crate::date::{self, Birth, HijriBirthDate};
use crate::fields::{Any, Record, one, text};
use crate::personal::Personal;
use serde::{Deserialize, Deserializer};

/// The patient object with the service's keys.
#[derive(Deserialize, PartialEq, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct PatientFields {
    #[serde(default, deserialize_with = "file_number")]
    pub(super) file_no: FileNumber,
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
    // Three spellings of one key, of which several may be present: the first that is not empty counts.
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
    /// Present instead of all others if a code is required.
    #[serde(rename = "otp_id", default, deserialize_with = "code_id")]
    pub(super) otp_id: Option<CodeId>,
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

fn code_id<'de, D: Deserializer<'de>>(from: D) -> Result<Option<CodeId>, D::Error> {
    Any::deserialize(from).map(CodeId::new)
}

/// The file number. Present in every documented record, if only as `null`.
#[derive(PartialEq, Default)]
pub(super) enum FileNumber {
    /// The key is missing.
    #[default]
    Missing,
    /// The key is present, with or without a value.
    Present(Option<Personal>),
}

fn file_number<'de, D: Deserializer<'de>>(from: D) -> Result<FileNumber, D::Error> {
    text(from).map(FileNumber::Present)
}

impl From<PatientFields> for Patient {
    fn from(fields: PatientFields) -> Self {
        let name = fields.name.unwrap_or_default();
        let birth = fields
            .date_of_birth
            .map(|day| date::parse_birth(day.as_str()));
        let (date_of_birth, written_as_gregorian) = match birth {
            Some(Birth::Gregorian(date)) => (Some(date), None),
            Some(Birth::Hijri(date)) => (None, Some(HijriBirthDate::Date(date))),
            Some(Birth::Unknown) | None => (None, None),
        };
        let own_hijri = fields
            .date_of_birth_hijri
            .filter(|day| !date::is_unknown(day.as_str()))
            .map(|day| date::parse_hijri(day.as_str()));
        Self {
            patient_id: match fields.file_no {
                FileNumber::Missing => None,
                FileNumber::Present(number) => number,
            },
            country_code: fields.zip_code,
            phone: fields.phone_no,
            national_id: fields.national_id,
            email: fields.email,
            date_of_birth,
            date_of_birth_hijri: own_hijri.or(written_as_gregorian),
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
    let is_one_of = |words: [&str; 3]| {
        words
            .iter()
            .any(|it| code.as_str().eq_ignore_ascii_case(it))
    };
    if is_one_of(["male", "m", "ذكر"]) {
        Gender::Male
    } else if is_one_of(["female", "f", "أنثى"]) {
        Gender::Female
    } else {
        Gender::Code(code)
    }
}
