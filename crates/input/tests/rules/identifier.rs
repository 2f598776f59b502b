//! Comparison of a typed number with another one.

use input::Identifier;

fn patient(raw: &str) -> Identifier {
    Identifier::PatientId(input::patient_id(raw).unwrap().value)
}

#[test]
fn patient_id_differs_by_a_character_and_not_by_case_or_zeros_before_it() {
    for same in ["éA1", "ÉA1", "éa1", "00Éa1"] {
        assert!(!patient("éA1").differs_from(same), "{same}");
    }
    for other in ["Éa2", "Ëa1", "éa1é", "a1"] {
        assert!(patient("éA1").differs_from(other), "{other}");
    }
    for none in ["0000", "", "not: a number"] {
        assert!(!patient("éA1").differs_from(none), "{none}");
    }
}

#[test]
fn national_id_differs_by_a_digit() {
    let id = Identifier::NationalId(input::national_id("1012345672").unwrap().value);
    assert_eq!(id.as_str(), "1012345672");
    assert!(!id.differs_from("١٠١٢ 345 672"));
    assert!(id.differs_from("1012345673"));
    assert!(!id.differs_from("123"));
}
