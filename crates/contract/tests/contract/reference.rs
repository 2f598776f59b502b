//! References of service faults.

use contract::reference::{Call, FaultKind, Reference};

#[test]
fn every_reference_is_read_back_from_its_text() {
    for call in Call::ALL {
        for kind in FaultKind::ALL {
            let reference = Reference { call, kind };
            assert_eq!(Reference::parse(&reference.to_text()), Some(reference));
        }
    }
}

#[test]
fn reference_is_read_in_any_case_and_with_white_space_around() {
    let reference = Reference {
        call: Call::PatientSignIn,
        kind: FaultKind::Shape,
    };
    assert_eq!(reference.to_text(), "P2-SHAPE");
    assert_eq!(Reference::parse(" p2-Shape\n"), Some(reference));
    for other in ["", "P2", "P2SHAPE", "P2-", "-SHAPE", "P9-SHAPE", "P2-OVAL"] {
        assert_eq!(Reference::parse(other), None, "{other}");
    }
}
