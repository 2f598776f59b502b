//! Takes the documents' samples and bends one field after the other: dropped, emptied, of another
//! kind, doubled, buried. The bent field is absent or read as itself; every other one stays.

use contract::date::{BirthDate, HijriBirthDate};
use contract::patient::{Address, Gender, Patient, login_answer};
use contract::personal::Personal;
use contract::refusal::{Flaw, Refusal};
use contract::staff::{Staff, cookie_answer, sign_in_answer};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::json::any_json;
use crate::support::{PATIENT, STAFF, STAFF_2, answer, with_token};

/// What was understood, each value under the place it comes from (a JSON pointer).
type Flat = BTreeMap<String, String>;

#[derive(Default)]
struct Flattener(Flat);

impl Flattener {
    fn text(&mut self, place: &str, text: &Option<Personal>) {
        if let Some(text) = text {
            self.0.insert(place.to_owned(), text.as_str().to_owned());
        }
    }

    fn plain<T: ToString>(&mut self, place: &str, value: Option<T>) {
        if let Some(value) = value {
            self.0.insert(place.to_owned(), value.to_string());
        }
    }
}

fn flat_patient(patient: &Patient) -> Flat {
    let mut flat = Flattener::default();
    flat.text("/fileNo", &patient.file_number);
    flat.text("/zipCode", &patient.country_code);
    flat.text("/phoneNo", &patient.phone);
    flat.text("/nationalID", &patient.national_id);
    flat.text("/email", &patient.email);
    flat.plain(
        "/dateOfBirth",
        patient.date_of_birth.as_ref().map(|born| match born {
            BirthDate::Date(day) => day.to_iso().as_str().to_owned(),
            BirthDate::Text(text) => text.as_str().to_owned(),
        }),
    );
    flat.plain(
        "/dateOfBirthHijri",
        patient.date_of_birth_hijri.as_ref().map(|born| match born {
            HijriBirthDate::Date(day) => day.to_iso().as_str().to_owned(),
            HijriBirthDate::Text(text) => text.as_str().to_owned(),
        }),
    );
    flat.text("/name/firstName", &patient.name.first);
    flat.text("/name/middleName", &patient.name.middle);
    flat.text("/name/lastName", &patient.name.last);
    flat.text("/name/firstNameAr", &patient.name_ar.first);
    flat.text("/name/middleNameAr", &patient.name_ar.middle);
    flat.text("/name/lastNameAr", &patient.name_ar.last);
    flat.text("/maritalStatus", &patient.marital_status);
    flat.text("/maritalStatusCode", &patient.marital_status_code);
    flat.text("/nationality", &patient.nationality);
    flat.text("/nationalityISOCode", &patient.nationality_iso);
    flat.text("/occupation", &patient.occupation);
    flat.text("/idType", &patient.id_type);
    flat.plain(
        "/gender",
        patient.gender.as_ref().map(|gender| match gender {
            Gender::Male => "male".to_owned(),
            Gender::Female => "female".to_owned(),
            Gender::Code(code) => code.as_str().to_owned(),
        }),
    );
    flat_address(&mut flat, "/billingAddress", &patient.billing);
    flat_address(&mut flat, "/shippingAddress", &patient.shipping);
    flat.0
}

fn flat_address(flat: &mut Flattener, place: &str, address: &Option<Address>) {
    let Some(address) = address else { return };
    for (key, text) in [
        ("firstName", &address.first_name),
        ("lastName", &address.last_name),
        ("email", &address.email),
        ("phoneNumber", &address.phone),
        ("faxNumber", &address.fax),
        ("company", &address.company),
        ("city", &address.city),
        ("country", &address.country),
        ("stateProvince", &address.state_province),
        ("address1", &address.address1),
        ("address2", &address.address2),
        ("zipPostalCode", &address.postal_code),
        ("latLong", &address.lat_long),
    ] {
        flat.text(&format!("{place}/{key}"), text);
    }
}

fn flat_staff(staff: &Staff) -> Flat {
    let mut flat = Flattener::default();
    flat.text("/id", &staff.id);
    flat.text("/username", &staff.username);
    flat.text("/gender", &staff.gender);
    flat.text("/firstName", &staff.first_name);
    flat.text("/middleName", &staff.middle_name);
    flat.text("/lastName", &staff.last_name);
    flat.text("/subject", &staff.subject);
    flat.text("/phoneNumber", &staff.phone);
    flat.text("/countryCode", &staff.country_code);
    flat.text("/deviceInfoId", &staff.device_info_id);
    flat.text("/cultureId", &staff.culture_id);
    flat.text("/tenantId", &staff.tenant_id);
    flat.plain("/active", staff.active);
    flat.plain("/accountExpired", staff.account_expired);
    flat.plain("/accountLocked", staff.account_locked);
    flat.plain("/credentialsExpired", staff.credentials_expired);
    flat.plain("/isBlocked", staff.blocked);
    flat.plain("/isSuperUser", staff.super_user);
    flat.plain("/currentDate", staff.current_date);
    for (number, role) in staff.roles.iter().enumerate() {
        let mut part = |key: &str, text| flat.text(&format!("/roles/{number}/{key}"), text);
        part("id", &role.id);
        part("name", &role.name);
        part("level", &role.level);
        part("authority", &role.authority);
        part("createdBy", &role.created_by);
        part("updatedBy", &role.updated_by);
        part("createdAt", &role.created_at);
        part("updatedAt", &role.updated_at);
        flat.plain(&format!("/roles/{number}/active"), role.active);
        flat.plain(&format!("/roles/{number}/deleted"), role.deleted);
    }
    if let Some(zone) = &staff.time_zone {
        flat.text("/timezone/id", &zone.id);
        flat.text("/timezone/offset", &zone.offset);
        flat.text("/timezone/description", &zone.description);
    }
    for (number, organization) in staff.organizations.iter().enumerate() {
        flat.text(&format!("/organizations/{number}/id"), &organization.id);
        flat.text(&format!("/organizations/{number}/name"), &organization.name);
    }
    if let Some(country) = &staff.country {
        flat.text("/country/id", &country.id);
        flat.text("/country/name", &country.name);
        flat.text("/country/countryCode", &country.country_code);
        flat.text("/country/unitMeasurement", &country.unit_measurement);
        flat.text("/country/tenantId", &country.tenant_id);
    }
    for (number, id) in staff.organization_ids.iter().enumerate() {
        flat.plain(&format!("/organizationIds/{number}"), Some(id.as_str()));
    }
    for (number, suite) in staff.suite_access.iter().enumerate() {
        flat.plain(&format!("/suiteAccess/{number}"), Some(suite.as_str()));
    }
    flat.plain("/isTermsAndConditionsAccepted", staff.terms_accepted);
    if let Some(culture) = &staff.culture {
        flat.text("/culture/id", &culture.id);
        flat.text("/culture/name", &culture.name);
        flat.text("/culture/code", &culture.code);
    }
    flat.0
}

fn read_patient(body: &str) -> Result<Flat, Refusal> {
    login_answer(&answer(200, body)).map(|patient| flat_patient(&patient))
}

fn read_staff(body: &str) -> Result<Flat, Refusal> {
    sign_in_answer(&with_token(200, body)).map(|signed_in| flat_staff(&signed_in.staff))
}

fn read_staff_2(body: &str) -> Result<Flat, Refusal> {
    cookie_answer(&answer(200, body)).map(|signed_in| flat_staff(&signed_in.staff))
}

/// One document: how it is read, its sample, and which of the sample's values mean nothing.
struct Document {
    read: fn(&str) -> Result<Flat, Refusal>,
    sample: Value,
    unread: &'static [&'static str],
}

/// The samples, every text in them replaced by the place it stands at: a value that arrives from
/// another key cannot go unseen.
fn documents() -> [Document; 3] {
    let document = |read, sample: &str, unread, fixed: &[&str]| {
        let mut sample: Value = serde_json::from_str(sample).unwrap();
        for place in leaves(&sample) {
            let leaf = sample.pointer_mut(&place).unwrap();
            if !leaf.is_boolean() && !fixed.contains(&place.as_str()) {
                *leaf = json!(place);
            }
        }
        Document {
            read,
            sample,
            unread,
        }
    };
    [
        document(read_patient, PATIENT, &[], &["/dateOfBirth"]),
        document(read_staff, STAFF, &["/authorization"], &["/currentDate"]),
        document(
            read_staff_2,
            STAFF_2,
            &["/authorization"],
            &["/currentDate"],
        ),
    ]
}

/// Every place in a value, itself excluded.
fn places(value: &Value) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, v)| (n.to_string(), v))
            .collect(),
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        _ => Vec::new(),
    };
    inner
        .iter()
        .flat_map(|(key, value)| {
            let below = places(value)
                .into_iter()
                .map(move |place| format!("/{key}{place}"));
            std::iter::once(format!("/{key}")).chain(below)
        })
        .collect()
}

fn leaves(value: &Value) -> Vec<String> {
    let is_leaf = |place: &String| {
        let leaf = value.pointer(place).unwrap();
        !leaf.is_object() && !leaf.is_array()
    };
    places(value).into_iter().filter(is_leaf).collect()
}

fn with(sample: &Value, place: &str, value: Value) -> Value {
    let mut bent = sample.clone();
    *bent.pointer_mut(place).unwrap() = value;
    bent
}

fn without(sample: &Value, place: &str) -> Value {
    let mut bent = sample.clone();
    let (parent, key) = place.rsplit_once('/').unwrap();
    match bent.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().unwrap())),
        _ => panic!("nothing is inside a scalar"),
    }
    bent
}

/// What is left when a place and all below it says nothing.
fn all_but(flat: &Flat, place: &str) -> Flat {
    let below = format!("{place}/");
    let mut rest = flat.clone();
    rest.retain(|key, _| key != place && !key.starts_with(&below));
    rest
}

#[test]
fn every_value_arrives_from_its_own_place() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        let mut expected = Flat::new();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let value = match (place.as_str(), document.sample.pointer(&place).unwrap()) {
                ("/dateOfBirth", _) => "2022-09-07".to_owned(),
                (_, Value::String(text)) => text.clone(),
                (_, other) => other.to_string(),
            };
            expected.insert(place, value);
        }
        assert_eq!(flat, expected);
    }
}

#[test]
fn a_place_that_says_nothing_is_absent_and_nothing_else_changes() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let expected = Ok(all_but(&flat, &place));
            let dropped = without(&document.sample, &place);
            assert_eq!(
                (document.read)(&dropped.to_string()),
                expected,
                "{place} dropped"
            );
            let is_flag = document.sample.pointer(&place).unwrap().is_boolean();
            for nothing in [
                json!(null),
                json!(""),
                json!(" \t\n\u{a0}"),
                json!({}),
                json!([]),
                json!([[["buried"]]]),
                json!({"unknown": {"deep": [1]}}),
                if is_flag { json!(7) } else { json!(true) },
            ] {
                let bent = with(&document.sample, &place, nothing.clone());
                assert_eq!(
                    (document.read)(&bent.to_string()),
                    expected,
                    "{place} is {nothing}"
                );
            }
        }
    }
}

#[test]
fn a_scalar_of_another_kind_is_read_as_what_it_says() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let (new, said) = match document.sample.pointer(&place).unwrap() {
                Value::Bool(_) => (json!(" TRUE "), "true"),
                _ if place == "/currentDate" => (json!(" 12345 "), "12345"),
                _ => (json!(12345), "12345"),
            };
            let mut expected = flat.clone();
            expected.insert(place.clone(), said.to_owned());
            let bent = with(&document.sample, &place, new);
            assert_eq!((document.read)(&bent.to_string()), Ok(expected), "{place}");
        }
    }
}

#[test]
fn a_number_of_any_length_keeps_its_digits_or_is_absent() {
    let huge = "7".repeat(5_000);
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            let mut expected = all_but(&flat, &place);
            if is_text {
                expected.insert(place.clone(), huge.clone());
            }
            let body = with(&document.sample, &place, json!("@"))
                .to_string()
                .replace("\"@\"", &huge);
            assert_eq!((document.read)(&body), Ok(expected), "{place}");
        }
    }
}

#[test]
fn a_place_that_is_there_twice_is_refused_wherever_it_is_read() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            let mut bent = document.sample.clone();
            let Value::Object(members) = bent.pointer_mut(parent).unwrap() else {
                continue;
            };
            members.insert("@".to_owned(), members[key].clone());
            let body = bent.to_string().replace("\"@\":", &format!("\"{key}\":"));
            let expected = if document.unread.contains(&place.as_str()) {
                Ok(flat.clone())
            } else {
                Err(Refusal::BadAnswer(Flaw::DuplicateKey))
            };
            assert_eq!((document.read)(&body), expected, "{place}");
        }
    }
}

#[test]
fn a_lone_surrogate_is_a_mark_in_its_own_place() {
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            for (escaped, shown) in [
                (r#""a\ud83dz""#, "a\u{fffd}z"),
                (r#""\udc00\ud800""#, "\u{fffd}\u{fffd}"),
            ] {
                let mut expected = all_but(&flat, &place);
                if is_text && !document.unread.contains(&place.as_str()) {
                    expected.insert(place.clone(), shown.to_owned());
                }
                let body = with(&document.sample, &place, json!("@"))
                    .to_string()
                    .replace("\"@\"", escaped);
                assert_eq!((document.read)(&body), Ok(expected), "{place} is {escaped}");
            }
        }
    }
}

#[test]
fn a_place_that_is_buried_too_deep_is_refused_wherever_it_is() {
    for document in documents() {
        for place in places(&document.sample) {
            let buried = format!("{}1{}", "[".repeat(40), "]".repeat(40));
            let body = with(&document.sample, &place, json!("@"))
                .to_string()
                .replace("\"@\"", &buried);
            assert_eq!(
                (document.read)(&body),
                Err(Refusal::BadAnswer(Flaw::TooDeep)),
                "{place}"
            );
        }
    }
}

#[test]
fn a_name_in_another_case_is_another_name() {
    let recase: [fn(&str) -> String; 4] = [
        |key| key.to_ascii_uppercase(),
        |key| key.to_ascii_lowercase(),
        |key| key[..1].to_ascii_uppercase() + &key[1..],
        |key| {
            let snake = |c: char| match c {
                'A'..='Z' => format!("_{}", c.to_ascii_lowercase()),
                _ => c.to_string(),
            };
            key.chars().map(snake).collect()
        },
    ];
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in places(&document.sample) {
            let (parent, key) = place.rsplit_once('/').unwrap();
            for recase in recase {
                let mut bent = document.sample.clone();
                let Value::Object(members) = bent.pointer_mut(parent).unwrap() else {
                    continue;
                };
                let value = members.remove(key).unwrap();
                members.insert(recase(key), value);
                // Some are all lower case already.
                let expected = if recase(key) == key {
                    flat.clone()
                } else {
                    all_but(&flat, &place)
                };
                let read = (document.read)(&bent.to_string());
                assert_eq!(read, Ok(expected), "{place} as {}", recase(key));
            }
        }
    }
}

#[test]
fn a_text_of_any_length_is_whole_or_absent_and_too_much_is_refused() {
    let long = "\u{628}".repeat(5_000);
    let too_long = "\u{628}".repeat(600_000);
    for document in documents() {
        let flat = (document.read)(&document.sample.to_string()).unwrap();
        for place in leaves(&document.sample) {
            if document.unread.contains(&place.as_str()) {
                continue;
            }
            let is_text =
                document.sample.pointer(&place).unwrap().is_string() || place == "/dateOfBirth";
            let mut expected = all_but(&flat, &place);
            if is_text {
                expected.insert(place.clone(), long.clone());
            }
            let body = with(&document.sample, &place, json!(long)).to_string();
            assert!((document.read)(&body) == Ok(expected), "{place}");
        }
        // Once is enough: this is looked at before anything is read.
        let body = with(
            &document.sample,
            &leaves(&document.sample)[0],
            json!(too_long),
        )
        .to_string();
        let too_large = Err(Refusal::BadAnswer(Flaw::TooLarge));
        assert_eq!((document.read)(&body), too_large);
    }
}

#[test]
fn what_is_no_json_is_none_wherever_it_is() {
    for document in documents() {
        for place in places(&document.sample) {
            for wrong in [
                "NaN",
                "-Infinity",
                "undefined",
                "01",
                "1.",
                "'x'",
                "\u{feff}1",
            ] {
                let body = with(&document.sample, &place, json!("@"))
                    .to_string()
                    .replace("\"@\"", wrong);
                assert_eq!(
                    (document.read)(&body),
                    Err(Refusal::BadAnswer(Flaw::NotJson)),
                    "{place} is {wrong}"
                );
            }
        }
    }
}

proptest! {
    /// Many places at once, of any kind: still an answer, and what was not touched is still there.
    #[test]
    fn untouched_values_stay_whatever_happens_beside_them(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..5),
    ) {
        for document in documents() {
            let flat = (document.read)(&document.sample.to_string()).unwrap();
            let places = leaves(&document.sample);
            let mut bent = document.sample.clone();
            let mut touched = Vec::new();
            for (place, value) in &changes {
                let place = place.get(&places);
                bent = with(&bent, place, value.clone());
                touched.push(place.as_str());
            }
            let understood = match (document.read)(&bent.to_string()) {
                // By a cookie nobody is signed in whom the body does not name.
                Err(Refusal::NotASignIn) => {
                    prop_assert!(["/id", "/username"].iter().all(|name| touched.contains(name)));
                    continue;
                }
                understood => understood.unwrap(),
            };
            for (place, value) in &flat {
                if !touched.contains(&place.as_str()) {
                    prop_assert_eq!(understood.get(place), Some(value));
                }
            }
        }
    }
}
