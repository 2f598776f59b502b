//! Answers that mean harm, or come from something broken: each reader says what is wrong, at once.

use contract::patient::{
    exists_answer, login_answer, login_or_code_answer, resend_answer, verify_answer,
};
use contract::refusal::{Flaw, Refusal};
use contract::staff::{cookie_answer, sign_in_answer};

use crate::support::{PATIENT, STAFF, answer, bytes, shown, with_token};

/// What the readers say of a 200 with this body.
fn refusals(body: &[u8]) -> [Option<Refusal>; 7] {
    let mut session = bytes(200, body);
    session.headers.authorization = Some("Bearer x".into());
    [
        exists_answer(&bytes(200, body)).err(),
        login_answer(&bytes(200, body)).err(),
        login_or_code_answer(&bytes(200, body)).err(),
        verify_answer(&bytes(200, body)).err(),
        resend_answer(&bytes(200, body)).err(),
        sign_in_answer(&session).err(),
        cookie_answer(&bytes(200, body)).err(),
    ]
}

/// Most of these are no JSON either: their size is all that was looked at.
#[test]
fn ten_megabytes_are_too_much_whatever_is_in_them() {
    for filling in ["9", "[", "{\"a\":", " ", "\u{feff}", "\"\\u0000"] {
        let body = filling.repeat((10 << 20) / filling.len());
        let too_large = Some(Refusal::BadAnswer(Flaw::TooLarge));
        assert_eq!(refusals(body.as_bytes()), [too_large; 7], "{filling}");
    }
}

#[test]
fn a_hundred_thousand_levels_are_too_deep_wherever_they_are() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let too_deep = Some(Refusal::BadAnswer(Flaw::TooDeep));
    for body in [
        deep.clone(),
        format!("{{\"name\":{deep}}}"),
        format!("{{\"unknown\":{deep}}}"),
    ] {
        assert_eq!(refusals(body.as_bytes()), [too_deep; 7]);
    }
}

#[test]
fn what_is_no_json_anywhere_in_it_is_none() {
    let none = Some(Refusal::BadAnswer(Flaw::NotJson));
    let bodies: [&[u8]; 4] = [
        br#"{"id":NaN,"fileNo":NaN}"#,
        br#"{"id":1,"fileNo":-Infinity}"#,
        b"{\"firstName\":\"\xff\xfe\",\"fileNo\":\"1\"}",
        b"\xff\xfe{\0}\0",
    ];
    for body in bodies {
        assert_eq!(refusals(body), [none; 7]);
    }
}

/// F25: it kept a person out for ever.
#[test]
fn a_lone_surrogate_spoils_its_own_field_only() {
    for (body, file_number) in [
        (r#"{"firstName":"\ud83d","fileNo":"\ud83d"}"#, "\u{fffd}"),
        (r#"{"firstName":"\udc00\ud800","fileNo":"1"}"#, "1"),
    ] {
        let patient = login_answer(&answer(200, body)).unwrap();
        assert_eq!(shown(&patient.file_number), Some(file_number));
        let staff = sign_in_answer(&with_token(200, body)).unwrap().staff;
        assert!(shown(&staff.first_name).is_some_and(|name| name.starts_with('\u{fffd}')));
    }
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    assert!(login_answer(&answer(200, &format!("\u{feff}{PATIENT}"))).is_ok());
    assert!(sign_in_answer(&with_token(200, &format!("\u{feff}{STAFF}"))).is_ok());
    assert_eq!(exists_answer(&answer(200, "\u{feff}true")), Ok(true));
}

#[test]
fn numbers_of_any_size_are_only_digits() {
    let digits = "9".repeat(1_000);
    let patient = login_answer(&answer(200, &format!("{{\"fileNo\":{digits}}}")));
    assert_eq!(shown(&patient.unwrap().file_number), Some(digits.as_str()));
    let body = format!("{{\"id\":{digits},\"currentDate\":{digits},\"tenantId\":1e999}}");
    let staff = sign_in_answer(&with_token(200, &body)).unwrap().staff;
    assert_eq!(shown(&staff.id), Some(digits.as_str()));
    assert_eq!(staff.current_date, None);
    assert_eq!(shown(&staff.tenant_id), Some("1e999"));
}

#[test]
fn roles_of_another_kind_are_read_as_what_they_are() {
    for (roles, names) in [
        (r#"{"name":"NURSE"}"#, &["NURSE"][..]),
        (r#"{"0":{"name":"NURSE"}}"#, &[]),
        (r#""NURSE""#, &["NURSE"]),
        (r#"[["NURSE"],null,{},7]"#, &["7"]),
        ("true", &[]),
    ] {
        let body = format!("{{\"id\":1,\"roles\":{roles}}}");
        let staff = sign_in_answer(&with_token(200, &body)).unwrap().staff;
        let read: Vec<_> = staff
            .roles
            .iter()
            .filter_map(|role| shown(&role.name))
            .collect();
        assert_eq!(read, names, "{roles}");
        assert_eq!(staff.roles.len(), names.len(), "{roles}");
    }
}
