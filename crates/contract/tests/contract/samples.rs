//! The documents' samples, and every value that is read from them.

use contract::date::{BirthDate, HijriBirthDate};
use contract::patient::{Address, Gender, Patient, read_login};
use contract::personal::Personal;
use contract::service_error::ServiceError;
use contract::staff::{Staff, StaffClient, read_sign_in};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::support::{PATIENT, STAFF, STAFF_2, response, v1, with_token};

/// Values that were read, each by the JSON pointer of its source.
pub type Flat = BTreeMap<String, String>;

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
    flat.text("/fileNo", &patient.patient_id);
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

fn read_patient(body: &str) -> Result<Flat, ServiceError> {
    read_login(&response(200, body)).map(|patient| flat_patient(&patient))
}

fn read_staff(body: &str) -> Result<Flat, ServiceError> {
    read_sign_in(&v1(), &with_token(200, body)).map(|signed_in| flat_staff(&signed_in.staff))
}

fn read_staff_2(body: &str) -> Result<Flat, ServiceError> {
    read_sign_in(&StaffClient::SpiceV2Web, &response(200, body))
        .map(|signed_in| flat_staff(&signed_in.staff))
}

/// One document: its reader, its sample, and the pointers that the reader ignores.
pub struct Document {
    pub read: fn(&str) -> Result<Flat, ServiceError>,
    pub sample: Value,
    pub unread: &'static [&'static str],
}

/// The samples, with every text replaced by its own pointer: a value read from another key is noticed.
pub fn documents() -> [Document; 3] {
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

/// The pointers of all values inside a value.
pub fn places(value: &Value) -> Vec<String> {
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

pub fn leaves(value: &Value) -> Vec<String> {
    let is_leaf = |place: &String| {
        let leaf = value.pointer(place).unwrap();
        !leaf.is_object() && !leaf.is_array()
    };
    places(value).into_iter().filter(is_leaf).collect()
}
