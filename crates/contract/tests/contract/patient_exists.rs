//! Reader of the lookup of a phone number.

use contract::MAX_BODY;
use contract::patient::read_exists;
use contract::service_error::{ResponseError, ServiceError};
use proptest::prelude::*;

use crate::support::{ANY_BODY, bytes, response};

const YES: [&str; 18] = [
    "true",
    " true\r\n",
    "{ true }",
    "{true}",
    "{\n\ttrue\r\n}",
    "  {  true  }  ",
    "\u{feff}true",
    "\u{feff}{ true }",
    r#""true""#,
    r#"{"status":true}"#,
    r#"{ "status" : true }"#,
    r#"{"data":true}"#,
    r#"{"status":"success","data":true}"#,
    r#"{"data":true,"status":"success"}"#,
    "{ \"status\": \"success\",\n \"data\": true }",
    "true ",
    "\ttrue",
    r#" "true" "#,
];

#[test]
fn read_exists_accepts_every_listed_form() {
    for yes in YES {
        assert_eq!(read_exists(&response(200, yes)), Ok(true), "{yes}");
        let no = yes.replace("true", "false");
        assert_eq!(read_exists(&response(200, &no)), Ok(false), "{no}");
    }
}

#[test]
fn read_exists_rejects_the_document_s_line_with_both_values() {
    let line = include_str!("../fixtures/patient-exists-response.txt");
    assert_eq!(
        read_exists(&response(200, line)),
        Err(ServiceError::InvalidResponse(ResponseError::NotJson))
    );
}

#[test]
fn read_exists_rejects_any_other_form() {
    for body in [
        "",
        " ",
        "1",
        "0",
        "\"\"",
        "\"yes\"",
        "\"True\"",
        "\" true\"",
        "null",
        "[]",
        "[true]",
        "{}",
        "True",
        "TRUE",
        "{ True }",
        "{{ true }}",
        "{ true",
        "true }",
        "{ true, true }",
        "{ true } x",
        "truefalse",
        "true true",
        r#"{"exists":true}"#,
        r#"{"status":"true"}"#,
        r#"{"status":1}"#,
        r#"{"data":"true"}"#,
        r#"{"data":1}"#,
        r#"{"data":{"data":true}}"#,
        r#"{"status":true,"data":false}"#,
        r#"{"status":true,"data":true}"#,
        r#"{"status":"fail","data":true}"#,
        r#"{"status":"error","data":true}"#,
        r#"{"status":"Success!","data":true}"#,
        r#"{"status":"success"}"#,
        r#"{"status":"success","data":null}"#,
        r#"{"status":"success","data":"true"}"#,
        r#"{"status":true,"message":"no such patient"}"#,
        r#"{"status":true,"error":"x"}"#,
        r#"{"data":true,"message":null}"#,
        r#"{"status":true,"status":true}"#,
        "<html>true</html>",
        "No user found",
    ] {
        assert!(
            matches!(
                read_exists(&response(200, body)),
                Err(ServiceError::InvalidResponse(
                    ResponseError::NotJson
                        | ResponseError::WrongShape
                        | ResponseError::DuplicateKey
                ))
            ),
            "{body}"
        );
    }
}

#[test]
fn read_exists_takes_no_error_status_for_false() {
    for status in [400, 401, 403, 404, 422] {
        for body in ANY_BODY {
            assert_eq!(
                read_exists(&response(status, body)),
                Err(ServiceError::InvalidResponse(
                    ResponseError::UnexpectedStatus(status)
                ))
            );
        }
    }
}

#[test]
fn read_exists_rejects_a_body_over_the_limit() {
    let body = "true".to_owned() + &" ".repeat(MAX_BODY);
    let too_large = Err(ServiceError::InvalidResponse(ResponseError::TooLarge));
    assert_eq!(read_exists(&response(200, &body)), too_large);
    assert_eq!(
        read_exists(&response(200, &format!("{{{body}}}"))),
        too_large
    );
}

proptest! {
    /// The critical property: random bytes are never read as "exists".
    #[test]
    fn read_exists_rejects_random_bytes(noise in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assert!(read_exists(&bytes(200, &noise)).is_err());
    }
}
