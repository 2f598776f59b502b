//! Every reader of an answer, on any status and any body. The first byte picks the status.

#![no_main]

use contract::response::{Response, Headers};
use contract::patient::{
    Login, Resend, Verification, coordinates, read_exists, read_login, read_login_or_code,
    read_resend, resend_request, read_verification, verify_request,
};
use contract::personal::Personal;
use contract::request::Body;
use contract::staff::{
    RoleTitle, SessionAuth, StaffClient, is_sign_in_race, read_probe, read_session, read_sign_in,
};
use libfuzzer_sys::fuzz_target;

const STATUSES: [u16; 10] = [200, 200, 200, 401, 400, 404, 429, 500, 204, 410];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, body)) = bytes.split_first() else {
        return;
    };
    let status = STATUSES[usize::from(*first) % STATUSES.len()];
    let answer = Response {
        status,
        headers: Headers {
            authorization: Some(Personal::from("Bearer x")),
            retry_after: std::str::from_utf8(body).ok().map(str::to_owned),
            content_type: std::str::from_utf8(body).ok().map(str::to_owned),
        },
        body,
    };
    let exists = read_exists(&answer);
    let login = read_login(&answer);
    let sign_in = read_sign_in(&StaffClient::SpiceV1(String::new()), &answer);
    let by_cookie = read_sign_in(&StaffClient::SpiceV2Web, &answer);
    let login_or_code = read_login_or_code(&answer);
    let verdict = read_verification(&answer);
    let resent = read_resend(&answer);
    let _ = read_session(&answer);
    let _ = is_sign_in_race(&answer);
    if let (Ok(Some(owner)), Ok(signed_in)) = (read_probe(&answer), &by_cookie) {
        let _ = owner.is_other_than(&signed_in.staff);
        let _ = owner.signs_in_with_another_name_than("x");
    }
    if status != 200 {
        assert!(exists.is_err() && login.is_err() && sign_in.is_err());
        assert!(by_cookie.is_err() && login_or_code.is_err());
        assert!(!matches!(verdict, Ok(Verification::Verified(_))));
        assert!(!matches!(resent, Ok(Resend::Sent(_))));
    }
    // The record is the same, whichever call it answers; and before the code there is none.
    assert_eq!(login.is_ok(), matches!(verdict, Ok(Verification::Verified(_))));
    match &login_or_code {
        Ok(Login::Record(patient)) => assert!(login.as_ref() == Ok(&**patient)),
        Ok(Login::CodeSent(sent)) => {
            for request in [verify_request(sent, "0246"), resend_request(sent)] {
                let Body::Json(body) = &request.body else {
                    panic!("the body is JSON");
                };
                let text = body.as_str().as_bytes();
                assert!(contract::json::read::<serde::de::IgnoredAny>(text).is_ok());
            }
        }
        Err(_) => {}
    }
    if let Ok(signed_in) = &by_cookie {
        assert!(matches!(signed_in.auth, SessionAuth::Cookie));
        assert!(signed_in.staff.id.is_some() || signed_in.staff.username.is_some());
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
