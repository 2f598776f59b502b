//! A person's data has no way into a log.

use contract::patient::login_answer;
use contract::personal::Personal;
use contract::staff::sign_in_answer;

use crate::support::{PATIENT, STAFF, answer, with_token};

#[test]
fn debug_output_says_nothing_of_the_person() {
    assert_eq!(
        format!("{:?}", Personal::from("16898166021")),
        "Personal(…)"
    );
    let patient = login_answer(&answer(200, PATIENT)).unwrap();
    assert_eq!(format!("{patient:?}"), "Patient(…)");
    assert_eq!(format!("{:?}", patient.name), "Name(…)");
    assert_eq!(format!("{:?}", patient.billing), "Some(Address(…))");
    assert_eq!(format!("{:?}", patient.gender), "Some(Gender(…))");
    assert_eq!(format!("{:?}", patient.date_of_birth), "Some(BirthDate(…))");
    assert_eq!(
        format!("{:?}", patient.date_of_birth_hijri),
        "Some(HijriBirthDate(…))"
    );
    let signed_in = sign_in_answer(&with_token(200, STAFF)).unwrap();
    assert_eq!(format!("{signed_in:?}"), "SignedIn(…)");
    assert_eq!(format!("{:?}", signed_in.staff), "Staff(…)");
    assert_eq!(format!("{:?}", signed_in.staff.roles), "[Role(…)]");
    assert_eq!(format!("{:?}", signed_in.staff.country), "Some(Country(…))");
}

#[test]
fn personal_text_is_what_went_in() {
    for text in ["", "x", "محمد", "a\0b"] {
        assert_eq!(Personal::from(text).as_str(), text);
        assert_eq!(Personal::from(text.to_owned()).as_str(), text);
        assert_eq!(Personal::from(text), Personal::from(text.to_owned()));
    }
    assert_ne!(Personal::from("a"), Personal::from("b"));
}
