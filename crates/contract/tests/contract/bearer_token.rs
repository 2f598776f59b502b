//! Bearer token of a staff session.

use contract::personal::Personal;
use contract::service_error::ServiceError;
use contract::staff::{read_bearer_token, read_sign_in, validate_request};

use crate::support::{STAFF, TOKEN, response, v1, with_token};

/// The token as it would be sent.
fn sent(header: &str) -> Option<String> {
    let mut response = response(200, STAFF);
    response.headers.authorization = Some(Personal::from(header));
    let request = validate_request(&v1(), &read_bearer_token(&response)?, None);
    let token = request
        .headers
        .iter()
        .find(|(name, _)| *name == "Authorization")?;
    Some(token.1.as_str().to_owned())
}

#[test]
fn bearer_token_is_read_from_a_rejected_response() {
    assert!(read_bearer_token(&with_token(200, "<html>")).is_some());
    assert!(read_bearer_token(&response(200, STAFF)).is_none());
}

#[test]
fn bearer_token_is_sent_unchanged() {
    assert_eq!(sent(TOKEN).as_deref(), Some(TOKEN));
    assert_eq!(sent("  Bearer abc ").as_deref(), Some("Bearer abc"));
    assert_eq!(sent("abc").as_deref(), Some("abc"));
    assert_eq!(sent("abcdef").as_deref(), Some("abcdef"));
    assert_eq!(
        sent("BearerTokenOfAnotherKind").as_deref(),
        Some("BearerTokenOfAnotherKind")
    );
}

#[test]
fn bearer_token_that_is_empty_or_no_header_value_is_none() {
    for header in ["", " ", "Bearer", "Bearer ", "bearer  "] {
        assert_eq!(sent(header), None, "{header}");
    }
    for header in [
        "Bearer a\r\nX-Evil: 1",
        "Bearer a\0",
        "Bearer é",
        "Bearer\u{202e}x",
    ] {
        assert_eq!(sent(header), None, "{header}");
    }
    let mut response = response(200, STAFF);
    response.headers.authorization = Some(Personal::from(" "));
    assert_eq!(
        read_sign_in(&v1(), &response).unwrap_err(),
        ServiceError::NotASignIn
    );
}

#[test]
fn bearer_token_sent_twice_is_one_and_two_different_tokens_are_none() {
    assert_eq!(sent("Bearer a, Bearer a").as_deref(), Some("Bearer a"));
    assert_eq!(sent("Bearer a, Bearer b"), None);
}
