//! Redaction of personal data.

use contract::patient::read_login;
use contract::personal::Personal;
use contract::staff::read_sign_in;

use crate::support::{PATIENT, STAFF, response, v1, with_token};

#[test]
fn personal_data_is_redacted_in_debug_output() {
    assert_eq!(
        format!("{:?}", Personal::from("16898166021")),
        "Personal(…)"
    );
    let patient = read_login(&response(200, PATIENT)).unwrap();
    assert_eq!(format!("{patient:?}"), "Patient(…)");
    assert_eq!(format!("{:?}", patient.name), "Name(…)");
    assert_eq!(format!("{:?}", patient.billing), "Some(Address(…))");
    assert_eq!(format!("{:?}", patient.gender), "Some(Gender(…))");
    assert_eq!(format!("{:?}", patient.date_of_birth), "Some(BirthDate(…))");
    assert_eq!(
        format!("{:?}", patient.date_of_birth_hijri),
        "Some(HijriBirthDate(…))"
    );
    let signed_in = read_sign_in(&v1(), &with_token(200, STAFF)).unwrap();
    assert_eq!(format!("{signed_in:?}"), "SignedIn(…)");
    assert_eq!(format!("{:?}", signed_in.staff), "Staff(…)");
    assert_eq!(format!("{:?}", signed_in.staff.roles), "[Role(…)]");
    assert_eq!(format!("{:?}", signed_in.staff.country), "Some(Country(…))");
}

#[test]
fn personal_text_is_unchanged() {
    for text in ["", "x", "محمد", "a\0b"] {
        assert_eq!(Personal::from(text).as_str(), text);
        assert_eq!(Personal::from(text.to_owned()).as_str(), text);
        assert_eq!(Personal::from(text), Personal::from(text.to_owned()));
    }
    assert_ne!(Personal::from("a"), Personal::from("b"));
}
