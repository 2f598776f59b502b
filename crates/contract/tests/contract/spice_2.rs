//! SPICE 2.0: the same calls, and a session in a cookie that no page can read.

use contract::password::PasswordHash;
use contract::refusal::{Flaw, Refusal};
use contract::request::Method;
use contract::staff::{
    Client, Pass, SignedIn, cookie_answer, sign_in_answer, sign_in_request, sign_out_request,
    validate_request,
};

use crate::support::{ANY_BODY, STAFF_2, answer, shown, with_token};

fn refused(status: u16, body: &str) -> Option<Refusal> {
    cookie_answer(&answer(status, body)).err()
}

#[test]
fn only_its_own_two_clients_are_its_clients() {
    assert_eq!(Client::two("web"), Some(Client::Web));
    assert_eq!(Client::two("mob"), Some(Client::Mob));
    for other in ["Web", "MOB", "web ", "spice web", ""] {
        assert_eq!(Client::two(other), None, "{other}");
    }
}

#[test]
fn the_client_is_sent_exactly_and_cookies_go_with_the_one_that_has_them() {
    let hash = PasswordHash::of("x", "");
    let old = Client::One("web".to_owned());
    for (client, name, cookies) in [
        (&Client::Web, "web", true),
        (&Client::Mob, "mob", false),
        (&old, "web", false),
    ] {
        let request = sign_in_request(client, "me", &hash);
        let [(header, value)] = request.headers.as_slice() else {
            panic!("one header");
        };
        assert_eq!((*header, value.as_str()), ("client", name));
        assert_eq!(request.cookies, cookies);
    }
}

#[test]
fn signed_in_by_cookie_is_a_200_that_names_somebody() {
    let SignedIn { staff, pass } = cookie_answer(&answer(200, STAFF_2)).unwrap();
    assert!(matches!(pass, Pass::Cookie));
    assert_eq!(shown(&staff.id), Some("214"));
    assert_eq!(staff.organization_ids.len(), 1);
    assert_eq!(staff.terms_accepted, Some(true));
    assert_eq!(
        (staff.gender, staff.active, staff.blocked),
        (None, None, None)
    );
    // A token beside it is not the session: the service said by `client` what is.
    let both = cookie_answer(&with_token(200, STAFF_2)).unwrap();
    assert!(matches!(both.pass, Pass::Cookie));
    assert!(cookie_answer(&answer(200, r#"{"username":"076123"}"#)).is_ok());
}

#[test]
fn any_other_200_is_no_sign_in() {
    for body in [
        "",
        " ",
        "{}",
        r#"{"error":"Invalid User","id":7}"#,
        r#"{"roles":[]}"#,
    ] {
        assert_eq!(refused(200, body), Some(Refusal::NotASignIn), "{body}");
    }
    for body in ["[]", "true", "7"] {
        let shape = Refusal::BadAnswer(Flaw::WrongShape);
        assert_eq!(refused(200, body), Some(shape), "{body}");
    }
    assert_eq!(
        refused(200, "<html>"),
        Some(Refusal::BadAnswer(Flaw::NotJson))
    );
    for body in ANY_BODY {
        assert!(refused(200, body).is_some(), "{body}");
        assert!(refused(204, body).is_some(), "{body}");
    }
}

#[test]
fn its_failures_are_those_of_1_and_one_more() {
    for (message, meaning) in [
        ("Invalid credentials", Refusal::WrongCredentials),
        (
            "Account locked due to multiple invalid login attempts.",
            Refusal::AccountLocked(None),
        ),
        ("Disabled Account", Refusal::AccountDisabled(None)),
        (
            "You don't have permission to perform this operation",
            Refusal::NoPermission,
        ),
    ] {
        let body = format!(r#"{{"message":"{message}"}}"#);
        assert_eq!(refused(401, &body), Some(meaning), "{message}");
    }
    assert_eq!(refused(401, ""), Some(Refusal::ServiceDown));
    assert_eq!(refused(503, STAFF_2), Some(Refusal::ServiceDown));
    assert_eq!(refused(429, ""), Some(Refusal::TooManyTries(None)));
}

#[test]
fn a_phone_signs_in_with_a_token_as_ever() {
    let signed_in = sign_in_answer(&with_token(200, STAFF_2)).unwrap();
    assert!(matches!(signed_in.pass, Pass::Token(_)));
    assert_eq!(
        sign_in_answer(&answer(200, STAFF_2)).err(),
        Some(Refusal::NotASignIn)
    );
}

#[test]
fn a_session_by_cookie_sends_the_tenant_and_no_token() {
    for request in [
        validate_request(&Pass::Cookie, Some("9")),
        sign_out_request(Method::Get, &Pass::Cookie, Some("9")),
        sign_out_request(Method::Post, &Pass::Cookie, Some("9")),
    ] {
        assert!(request.cookies, "{}", request.path);
        let names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["TenantId"]);
    }
    assert!(validate_request(&Pass::Cookie, None).headers.is_empty());
    let token = sign_in_answer(&with_token(200, STAFF_2)).unwrap().pass;
    assert!(!validate_request(&token, None).cookies);
}
