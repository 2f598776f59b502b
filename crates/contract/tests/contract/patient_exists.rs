//! "Is there a patient with this phone?"

use contract::MAX_BODY;
use contract::patient::exists_answer;
use contract::refusal::{Flaw, Refusal};
use proptest::prelude::*;

use crate::support::{ANY_BODY, answer, bytes};

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
fn every_listed_yes_is_a_yes_and_its_no_a_no() {
    for yes in YES {
        assert_eq!(exists_answer(&answer(200, yes)), Ok(true), "{yes}");
        let no = yes.replace("true", "false");
        assert_eq!(exists_answer(&answer(200, &no)), Ok(false), "{no}");
    }
}

#[test]
fn the_documents_own_line_means_either_and_so_neither() {
    let line = include_str!("../fixtures/patient-exists-answer.txt");
    assert_eq!(
        exists_answer(&answer(200, line)),
        Err(Refusal::BadAnswer(Flaw::NotJson))
    );
}

#[test]
fn anything_else_is_a_bad_answer() {
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
                exists_answer(&answer(200, body)),
                Err(Refusal::BadAnswer(
                    Flaw::NotJson | Flaw::WrongShape | Flaw::DuplicateKey
                ))
            ),
            "{body}"
        );
    }
}

#[test]
fn no_error_status_is_a_no() {
    for status in [400, 401, 403, 404, 422] {
        for body in ANY_BODY {
            assert_eq!(
                exists_answer(&answer(status, body)),
                Err(Refusal::BadAnswer(Flaw::UnexpectedStatus(status)))
            );
        }
    }
}

#[test]
fn a_body_over_the_limit_is_not_even_looked_at() {
    let body = "true".to_owned() + &" ".repeat(MAX_BODY);
    let too_large = Err(Refusal::BadAnswer(Flaw::TooLarge));
    assert_eq!(exists_answer(&answer(200, &body)), too_large);
    assert_eq!(
        exists_answer(&answer(200, &format!("{{{body}}}"))),
        too_large
    );
}

proptest! {
    /// The one that matters: noise is never read as "exists".
    #[test]
    fn noise_is_never_a_yes(noise in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assert!(exists_answer(&bytes(200, &noise)).is_err());
    }
}
