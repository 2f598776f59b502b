//! Every reader of an answer, on any status and any body. The first byte picks the status.

#![no_main]

use contract::answer::{Answer, Headers};
use contract::patient::{coordinates, exists_answer, login_answer};
use contract::personal::Personal;
use contract::staff::{RoleTitle, session_answer, sign_in_answer};
use libfuzzer_sys::fuzz_target;

const STATUSES: [u16; 9] = [200, 200, 200, 401, 400, 404, 429, 500, 204];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, body)) = bytes.split_first() else {
        return;
    };
    let status = STATUSES[usize::from(*first) % STATUSES.len()];
    let answer = Answer {
        status,
        headers: Headers {
            authorization: Some(Personal::from("Bearer x")),
            retry_after: std::str::from_utf8(body).ok().map(str::to_owned),
        },
        body,
    };
    let exists = exists_answer(&answer);
    let login = login_answer(&answer);
    let sign_in = sign_in_answer(&answer);
    let _ = session_answer(&answer);
    if status != 200 {
        assert!(exists.is_err() && login.is_err() && sign_in.is_err());
    }
    // One body never says "there is such a patient" and who it is.
    assert!(exists.is_err() || login.is_err());
    if let Ok(patient) = &login {
        let places = [&patient.billing, &patient.shipping];
        for address in places.into_iter().flatten() {
            assert!(!address.is_empty());
            let _ = address
                .lat_long
                .as_ref()
                .map(|text| coordinates(text.as_str()));
        }
        let _ = (patient.name.full(), patient.name_ar.full());
    }
    if let Ok(signed_in) = &sign_in {
        for role in &signed_in.staff.roles {
            assert_ne!(role.title(), Some(RoleTitle::Own(String::new())));
        }
    }
});
