//! Reader of a staff sign-in.

use contract::MAX_BODY;
use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::service_error::{ResponseError, RetryAfter, ServiceError};
use contract::staff::{
    KnownRole, RoleTitle, Staff, StaffClient, is_sign_in_race, read_session, read_sign_in,
    validate_request,
};

use crate::support::{STAFF, TOKEN, response, shown, v1, with_token};

fn read(body: &str) -> Staff {
    read_sign_in(&v1(), &with_token(200, body)).unwrap().staff
}

fn error(status: u16, body: &str) -> ServiceError {
    read_sign_in(&v1(), &response(status, body)).unwrap_err()
}

#[test]
fn staff_sample_of_the_document_is_read_completely() {
    let signed_in = read_sign_in(&v1(), &with_token(200, STAFF)).unwrap();
    let staff = signed_in.staff;
    assert_eq!(shown(&staff.id), Some("5"));
    assert_eq!(shown(&staff.username), Some("kavya_pro@spice.mdt"));
    assert_eq!(shown(&staff.gender), Some("Female"));
    assert_eq!(shown(&staff.first_name), Some("Kavya"));
    assert_eq!(shown(&staff.middle_name), None);
    assert_eq!(shown(&staff.last_name), Some("Provider"));
    assert_eq!(shown(&staff.subject), None);
    assert_eq!(shown(&staff.phone), Some("887XXX7565"));
    assert_eq!(shown(&staff.country_code), Some("254"));
    assert_eq!(shown(&staff.device_info_id), None);
    assert_eq!(shown(&staff.culture_id), Some("1"));
    assert_eq!(shown(&staff.tenant_id), Some("4"));
    assert_eq!(staff.active, Some(true));
    assert_eq!(staff.account_expired, Some(false));
    assert_eq!(staff.account_locked, Some(false));
    assert_eq!(staff.credentials_expired, Some(false));
    assert_eq!(staff.blocked, Some(false));
    assert_eq!(staff.super_user, Some(false));
    assert_eq!(staff.current_date, Some(1_685_527_129_699));

    let [role] = staff.roles.as_slice() else {
        panic!("not one role")
    };
    assert_eq!(shown(&role.id), Some("17"));
    assert_eq!(shown(&role.name), Some("PROVIDER"));
    assert_eq!(shown(&role.level), None);
    assert_eq!(shown(&role.authority), Some("PROVIDER"));
    assert_eq!(shown(&role.created_by), Some("0"));
    assert_eq!(shown(&role.updated_by), Some("0"));
    assert_eq!(shown(&role.created_at), None);
    assert_eq!(shown(&role.updated_at), None);
    assert_eq!(role.active, Some(true));
    assert_eq!(role.deleted, Some(false));
    assert_eq!(role.title(), Some(RoleTitle::Known(KnownRole::Provider)));

    let zone = staff.time_zone.unwrap();
    assert_eq!(shown(&zone.id), Some("1"));
    assert_eq!(shown(&zone.offset), Some("+05:30"));
    assert_eq!(
        shown(&zone.description),
        Some("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi")
    );

    let [organization] = staff.organizations.as_slice() else {
        panic!("not one organization")
    };
    assert_eq!(shown(&organization.id), Some("4"));
    assert_eq!(shown(&organization.name), Some("Medical Care"));

    let country = staff.country.unwrap();
    assert_eq!(shown(&country.id), Some("1"));
    assert_eq!(shown(&country.name), Some("Kenya"));
    assert_eq!(shown(&country.country_code), Some("254"));
    assert_eq!(shown(&country.unit_measurement), Some("metric"));
    assert_eq!(shown(&country.tenant_id), Some("1"));

    assert!(staff.organization_ids.is_empty());
    assert!(staff.suite_access.is_empty());
    assert_eq!(staff.terms_accepted, None);
    assert_eq!(staff.culture, None);

    let request = validate_request(&v1(), &signed_in.auth, None);
    assert_eq!(request.headers[1].1.as_str(), TOKEN);
}

#[test]
fn account_locked_or_disabled_has_the_retry_after_header() {
    let locked = |message: &str, retry_after: &str| {
        let body = format!(r#"{{"message":"{message}"}}"#);
        read_sign_in(
            &v1(),
            &Response {
                status: 401,
                headers: Headers {
                    retry_after: Some(retry_after.to_owned()),
                    ..Headers::default()
                },
                body: body.as_bytes(),
            },
        )
        .err()
    };
    let message = "Account locked due to multiple invalid login attempts.";
    assert_eq!(
        locked(message, "300"),
        Some(ServiceError::AccountLocked(Some(RetryAfter::Seconds(300))))
    );
    assert_eq!(
        locked("Disabled Account", "Sun, 06 Nov 1994 08:49:37 GMT"),
        Some(ServiceError::AccountDisabled(Some(RetryAfter::At(
            784_111_777
        ))))
    );
    assert_eq!(
        locked(message, "soon"),
        Some(ServiceError::AccountLocked(None))
    );
    // A wrong password has no such time.
    assert_eq!(
        locked("Invalid credentials", "300"),
        Some(ServiceError::WrongCredentials)
    );
}

#[test]
fn every_documented_401_message_has_its_error() {
    for (body, meaning) in [
        (
            r#"{"message":"Invalid credentials"}"#,
            ServiceError::WrongCredentials,
        ),
        (
            r#"{"message":"Account locked due to multiple invalid login attempts."}"#,
            ServiceError::AccountLocked(None),
        ),
        (
            r#"{"message":"Disabled Account"}"#,
            ServiceError::AccountDisabled(None),
        ),
        (
            r#"{"message":"You don't have a permission. Please contact administrator"}"#,
            ServiceError::NoPermission,
        ),
        (
            r#"{"message":"You don't have permission to perform this operation"}"#,
            ServiceError::NoPermission,
        ),
        (
            r#"{"message":"No Username and / or Password Provided"}"#,
            ServiceError::BlankCredentials,
        ),
    ] {
        assert_eq!(error(401, body), meaning);
        assert_eq!(
            error(
                401,
                &body.replace("\":\"", "\": \" \\n").replace("\"}", " \" }")
            ),
            meaning
        );
        let key = "\"message\"";
        let (_, message) = body.split_once(key).unwrap();
        assert_eq!(
            error(401, &format!("{{{key}{}", message.to_uppercase())),
            meaning
        );
        assert_eq!(
            error(401, &format!("{{\"status\":false,{key}{message}")),
            meaning
        );
        // A token in an error response is ignored.
        assert_eq!(
            read_sign_in(&v1(), &with_token(401, body)).unwrap_err(),
            meaning
        );
    }
}

#[test]
fn sign_in_401_without_a_body_is_service_down() {
    for body in ["", " \r\n", "\u{feff}"] {
        assert_eq!(error(401, body), ServiceError::ServiceDown);
    }
}

#[test]
fn sign_in_401_with_any_other_body_is_an_invalid_response() {
    for message in [
        "Invalid credentials!",
        "Unauthorized",
        "كلمة المرور خاطئة",
        "invalid  credentials",
    ] {
        let body = format!(r#"{{"message":"{message}"}}"#);
        assert_eq!(
            error(401, &body),
            ServiceError::InvalidResponse(ResponseError::UnknownMessage)
        );
    }
    for body in [
        "{}",
        "null",
        "[]",
        r#"{"message":null}"#,
        r#"{"message":""}"#,
        r#"{"error":"Invalid credentials"}"#,
        r#""Invalid credentials""#,
    ] {
        assert_eq!(
            error(401, body),
            ServiceError::InvalidResponse(ResponseError::WrongShape),
            "{body}"
        );
    }
    for body in [
        "Invalid credentials",
        "<html>401</html>",
        r#"{"message":"Invalid"#,
    ] {
        assert_eq!(
            error(401, body),
            ServiceError::InvalidResponse(ResponseError::NotJson),
            "{body}"
        );
    }
    let twice = r#"{"message":"Invalid credentials","message":"Disabled Account"}"#;
    assert_eq!(
        error(401, twice),
        ServiceError::InvalidResponse(ResponseError::DuplicateKey)
    );
    assert_eq!(
        error(401, &" ".repeat(MAX_BODY + 1)),
        ServiceError::InvalidResponse(ResponseError::TooLarge)
    );
}

#[test]
fn sign_in_with_any_other_status_is_an_invalid_response() {
    for status in [400, 404, 405, 415, 422] {
        let body = r#"{"message":"Invalid credentials"}"#;
        assert_eq!(
            error(status, body),
            ServiceError::InvalidResponse(ResponseError::UnexpectedStatus(status))
        );
    }
}

#[test]
fn sign_in_200_without_a_token_or_with_an_error_is_not_a_sign_in() {
    for body in [
        "",
        "  ",
        r#"{ "error": "Invalid User"}"#,
        STAFF,
        "{}",
        "<html>Sign in to the Wi-Fi</html>",
        "null",
        r#"{"id":1,"#,
    ] {
        assert_eq!(error(200, body), ServiceError::NotASignIn, "{body}");
    }
    let error = with_token(200, r#"{ "error": "Invalid User"}"#);
    assert_eq!(
        read_sign_in(&v1(), &error).unwrap_err(),
        ServiceError::NotASignIn
    );
}

#[test]
fn sign_in_500_without_a_body_is_a_sign_in_that_no_attempt_finishes() {
    for body in ["", "0", " 0\n"] {
        assert_eq!(error(500, body), ServiceError::NotASignIn, "{body:?}");
        assert_eq!(error(503, body), ServiceError::ServiceDown, "{body:?}");
    }
}

#[test]
fn web_page_of_a_firewall_is_neither_a_wrong_password_nor_the_end_of_a_session() {
    for status in [401, 403, 406] {
        let page = Response {
            status,
            headers: Headers {
                content_type: Some("text/html".to_owned()),
                ..Headers::default()
            },
            body: b"<html>Request blocked</html>",
        };
        let blocked = Some(ServiceError::InvalidResponse(ResponseError::WebPage(
            status,
        )));
        assert_eq!(read_sign_in(&v1(), &page).err(), blocked);
        if status != 403 {
            assert_eq!(read_session(&page).err(), blocked);
        }
    }
}

#[test]
fn sign_in_race_is_a_500_with_the_json_of_spring_for_the_path_of_the_sign_in() {
    let json = |path: &str| {
        format!(
            r#"{{"timestamp":"2026-11-26","status":500,"error":"Internal Server Error","path":"{path}"}}"#
        )
    };
    assert!(is_sign_in_race(&response(500, &json("/session"))));
    for (status, body) in [
        (500, json("/logout")),
        (502, json("/session")),
        (401, json("/session")),
        (500, String::new()),
        (500, "0".to_owned()),
        (500, "<html>/session</html>".to_owned()),
        (500, r#"{"message":"ORA-00942"}"#.to_owned()),
        (
            500,
            r#"{"requestId":"1-2","path":"/auth-service/session"}"#.to_owned(),
        ),
    ] {
        assert!(
            !is_sign_in_race(&response(status, &body)),
            "{status} {body}"
        );
    }
}

#[test]
fn sign_in_200_with_a_token_and_without_an_object_is_an_invalid_response() {
    for (body, kind) in [
        ("<html>Sign in to the Wi-Fi</html>", ResponseError::NotJson),
        ("null", ResponseError::WrongShape),
        ("[]", ResponseError::WrongShape),
        ("true", ResponseError::WrongShape),
        ("\"ok\"", ResponseError::WrongShape),
        (r#"{"id":1,"id":2}"#, ResponseError::DuplicateKey),
    ] {
        let invalid = Some(ServiceError::InvalidResponse(kind));
        for (client, response) in [
            (v1(), with_token(200, body)),
            (StaffClient::SpiceV2Mobile, with_token(200, body)),
            // The token is a cookie, which the reader does not see.
            (StaffClient::SpiceV2Web, response(200, body)),
        ] {
            let outcome = read_sign_in(&client, &response).err();
            assert_eq!(outcome, invalid, "{client:?}: {body}");
        }
    }
    // A token with an empty body: signed in on the server, but the user is unknown.
    assert_eq!(
        read_sign_in(&v1(), &with_token(200, "")).unwrap_err(),
        ServiceError::InvalidResponse(ResponseError::NotJson)
    );
}

#[test]
fn every_staff_field_is_optional() {
    assert_eq!(read("{}"), Staff::default());
    assert_eq!(
        read(r#"{"roles":null,"country":null,"timezone":null,"organizations":null}"#),
        Staff::default()
    );
    assert_eq!(
        read(r#"{"roles":[null,{},""],"country":{},"timezone":{"id":null},"organizations":[{}]}"#),
        Staff::default()
    );
    assert_eq!(read(r#"{"error":null}"#), Staff::default());
}

#[test]
fn roles_are_read_from_every_shape() {
    let names = |roles: &str| -> Vec<String> {
        let staff = read(&format!(r#"{{"id":1,"roles":{roles}}}"#));
        let names = staff
            .roles
            .iter()
            .map(|role| shown(&role.name).unwrap().to_owned());
        names.collect()
    };
    assert_eq!(
        names(r#"[{"name":"NURSE"},{"name":"PROVIDER"}]"#),
        ["NURSE", "PROVIDER"]
    );
    assert_eq!(names(r#"["NURSE","PROVIDER"]"#), ["NURSE", "PROVIDER"]);
    assert_eq!(names(r#"{"name":"NURSE"}"#), ["NURSE"]);
    assert_eq!(names(r#""NURSE""#), ["NURSE"]);
    assert_eq!(names(r#"[null,"",{},[],true,"NURSE"]"#), ["NURSE"]);
    for none in ["null", "[]", "{}", "\"\"", "true", "[[\"NURSE\"]]"] {
        assert!(names(none).is_empty(), "{none}");
    }
}

#[test]
fn bare_value_in_place_of_an_object_is_its_main_field() {
    // The document's table calls these String, Timestamp and Bigint; its sample has objects.
    let staff =
        read(r#"{"country":"Kenya","timezone":"-03:30","organizations":4,"culture":"English"}"#);
    assert_eq!(shown(&staff.country.unwrap().name), Some("Kenya"));
    let zone = staff.time_zone.unwrap();
    assert_eq!(shown(&zone.offset), Some("-03:30"));
    assert_eq!(shown(&staff.organizations[0].id), Some("4"));
    assert_eq!(shown(&staff.culture.unwrap().name), Some("English"));
}

#[test]
fn server_time_out_of_range_is_absent_f7b() {
    let time = |number: &str| read(&format!(r#"{{"id":5,"currentDate":{number}}}"#)).current_date;
    assert_eq!(time("1685527129699"), Some(1_685_527_129_699));
    assert_eq!(time("-1"), Some(-1));
    for number in [
        "-62135596800000",
        "253402300799999",
        "9223372036854775807",
        "-9223372036854775808",
        "8640000000000001",
    ] {
        assert_eq!(time(number), None, "{number}");
    }
}

#[test]
fn flags_as_text_and_numbers_as_text_are_converted() {
    let staff = read(
        r#"{"id":"5","active":"true","isBlocked":" FALSE ","isSuperUser":1,"accountLocked":"yes","currentDate":"1685527129699","tenantId":"0004"}"#,
    );
    assert_eq!(shown(&staff.id), Some("5"));
    assert_eq!(staff.active, Some(true));
    assert_eq!(staff.blocked, Some(false));
    assert_eq!(staff.super_user, None);
    assert_eq!(staff.account_locked, None);
    assert_eq!(staff.current_date, Some(1_685_527_129_699));
    assert_eq!(shown(&staff.tenant_id), Some("0004"));
    for other in [
        "1.5",
        "1e15",
        "\"2023-05-31\"",
        "99999999999999999999",
        "true",
        "{}",
    ] {
        let staff = read(&format!(r#"{{"currentDate":{other}}}"#));
        assert_eq!(staff.current_date, None, "{other}");
    }
}

#[test]
fn spice_2_fields_are_read_and_missing_ones_are_absent() {
    let staff = read(
        r#"{"id":7,"username":"chw@spice.mdt","firstName":"A","lastName":"B","roles":[{"id":1,"name":"CHW"}],
            "organizationIds":[4,"12"],"suiteAccess":["mob","admin",null,""],"isTermsAndConditionsAccepted":true,
            "culture":{"id":1,"name":"English - India","code":"en_IN"},"tenantId":4}"#,
    );
    let texts = |texts: &[Personal]| {
        texts
            .iter()
            .map(|t| t.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&staff.organization_ids), ["4", "12"]);
    assert_eq!(texts(&staff.suite_access), ["mob", "admin"]);
    assert_eq!(staff.terms_accepted, Some(true));
    let culture = staff.culture.unwrap();
    assert_eq!(shown(&culture.id), Some("1"));
    assert_eq!(shown(&culture.name), Some("English - India"));
    assert_eq!(shown(&culture.code), Some("en_IN"));
    assert_eq!(
        staff.roles[0].title(),
        Some(RoleTitle::Known(KnownRole::Chw))
    );
    assert_eq!(staff.gender, None);
    assert_eq!(staff.active, None);
}
