//! Responses from hostile or broken servers: each reader returns the specific error.

use contract::patient::{
    read_exists, read_login, read_login_or_code, read_resend, read_verification,
};
use contract::service_error::{ResponseError, ServiceError};
use contract::staff::{StaffClient, read_sign_in};

use crate::support::{PATIENT, STAFF, bytes, response, shown, v1, with_token};

/// Errors of all readers for a 200 with this body.
fn errors(body: &[u8]) -> [Option<ServiceError>; 7] {
    let mut session = bytes(200, body);
    session.headers.authorization = Some("Bearer x".into());
    [
        read_exists(&bytes(200, body)).err(),
        read_login(&bytes(200, body)).err(),
        read_login_or_code(&bytes(200, body)).err(),
        read_verification(&bytes(200, body)).err(),
        read_resend(&bytes(200, body)).err(),
        read_sign_in(&v1(), &session).err(),
        read_sign_in(&StaffClient::SpiceV2Web, &bytes(200, body)).err(),
    ]
}

/// Most of these are no JSON either: the size is checked first.
#[test]
fn body_of_ten_megabytes_is_too_large_for_every_reader() {
    for filling in ["9", "[", "{\"a\":", " ", "\u{feff}", "\"\\u0000"] {
        let body = filling.repeat((10 << 20) / filling.len());
        let too_large = Some(ServiceError::InvalidResponse(ResponseError::TooLarge));
        assert_eq!(errors(body.as_bytes()), [too_large; 7], "{filling}");
    }
}

#[test]
fn byte_order_mark_before_a_body_is_skipped_k12() {
    for white_space in ["", " ", "\r\n\t"] {
        let marked = |body: &str| ["\u{feff}", white_space, body].concat();
        assert_eq!(read_exists(&response(200, &marked("true"))), Ok(true));
        assert_eq!(
            read_login(&response(200, &marked(PATIENT))),
            read_login(&response(200, PATIENT))
        );
        assert!(read_sign_in(&v1(), &with_token(200, &marked(STAFF))).is_ok());
        let refused = r#"{"message":"Invalid credentials"}"#;
        assert_eq!(
            read_sign_in(&v1(), &response(401, &marked(refused))).err(),
            Some(ServiceError::WrongCredentials)
        );
    }
}

#[test]
fn body_of_a_hundred_thousand_levels_is_too_deep_for_every_reader() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let too_deep = Some(ServiceError::InvalidResponse(ResponseError::TooDeep));
    for body in [
        deep.clone(),
        format!("{{\"name\":{deep}}}"),
        format!("{{\"unknown\":{deep}}}"),
    ] {
        assert_eq!(errors(body.as_bytes()), [too_deep; 7]);
    }
}

#[test]
fn body_with_invalid_json_inside_is_not_json_for_every_reader() {
    let none = Some(ServiceError::InvalidResponse(ResponseError::NotJson));
    let bodies: [&[u8]; 4] = [
        br#"{"id":NaN,"fileNo":NaN}"#,
        br#"{"id":1,"fileNo":-Infinity}"#,
        b"{\"firstName\":\"\xff\xfe\",\"fileNo\":\"1\"}",
        b"\xff\xfe{\0}\0",
    ];
    for body in bodies {
        assert_eq!(errors(body), [none; 7]);
    }
}

/// Field case F25: such a response locked a person out permanently.
#[test]
fn lone_surrogate_affects_its_own_field_only() {
    for (body, patient_id) in [
        (r#"{"firstName":"\ud83d","fileNo":"\ud83d"}"#, "\u{fffd}"),
        (r#"{"firstName":"\udc00\ud800","fileNo":"1"}"#, "1"),
    ] {
        let patient = read_login(&response(200, body)).unwrap();
        assert_eq!(shown(&patient.patient_id), Some(patient_id));
        let staff = read_sign_in(&v1(), &with_token(200, body)).unwrap().staff;
        assert!(shown(&staff.first_name).is_some_and(|name| name.starts_with('\u{fffd}')));
    }
}

#[test]
fn numbers_of_any_size_keep_their_digits() {
    let digits = "9".repeat(1_000);
    let patient = read_login(&response(200, &format!("{{\"fileNo\":{digits}}}")));
    assert_eq!(shown(&patient.unwrap().patient_id), Some(digits.as_str()));
    let body = format!("{{\"id\":{digits},\"currentDate\":{digits},\"tenantId\":{digits}.5}}");
    let staff = read_sign_in(&v1(), &with_token(200, &body)).unwrap().staff;
    assert_eq!(shown(&staff.id), Some(digits.as_str()));
    assert_eq!(staff.current_date, None);
    let with_fraction = digits + ".5";
    assert_eq!(shown(&staff.tenant_id), Some(with_fraction.as_str()));
}

#[test]
fn roles_of_another_type_are_converted_or_dropped() {
    for (roles, names) in [
        (r#"{"name":"NURSE"}"#, &["NURSE"][..]),
        (r#"{"0":{"name":"NURSE"}}"#, &[]),
        (r#""NURSE""#, &["NURSE"]),
        (r#"[["NURSE"],null,{},7]"#, &["7"]),
        ("true", &[]),
    ] {
        let body = format!("{{\"id\":1,\"roles\":{roles}}}");
        let staff = read_sign_in(&v1(), &with_token(200, &body)).unwrap().staff;
        let read: Vec<_> = staff
            .roles
            .iter()
            .filter_map(|role| shown(&role.name))
            .collect();
        assert_eq!(read, names, "{roles}");
        assert_eq!(staff.roles.len(), names.len(), "{roles}");
    }
}
