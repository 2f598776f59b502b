//! SPICE 2.0: the same requests, and a session in a cookie that no page can read.

use contract::password::PasswordHash;
use contract::request::{Credentials, Method};
use contract::service_error::{ResponseError, ServiceError};
use contract::staff::{
    SessionAuth, SignedIn, StaffClient, profile_request, read_sign_in, sign_in_request,
    sign_out_request,
};

use crate::support::{ANY_BODY, STAFF_2, response, shown, v1, with_token};

fn error(status: u16, body: &str) -> Option<ServiceError> {
    read_sign_in(&StaffClient::SpiceV2Web, &response(status, body)).err()
}

#[test]
fn spice_2_has_exactly_two_clients() {
    assert_eq!(StaffClient::spice_v2("web"), Some(StaffClient::SpiceV2Web));
    assert_eq!(
        StaffClient::spice_v2("mob"),
        Some(StaffClient::SpiceV2Mobile)
    );
    for other in ["Web", "MOB", "web ", "spice web", ""] {
        assert_eq!(StaffClient::spice_v2(other), None, "{other}");
    }
}

#[test]
fn client_header_is_exact_and_only_the_web_client_sends_cookies() {
    let hash = PasswordHash::of("x", "");
    let old = StaffClient::SpiceV1("web".to_owned());
    for (client, name, cookies) in [
        (&StaffClient::SpiceV2Web, "web", true),
        (&StaffClient::SpiceV2Mobile, "mob", false),
        (&old, "web", false),
    ] {
        let request = sign_in_request(client, "me", &hash);
        let [(header, value)] = request.headers.as_slice() else {
            panic!("one header");
        };
        assert_eq!((*header, value.as_str()), ("client", name));
        assert_eq!(request.credentials == Credentials::Include, cookies);
    }
}

#[test]
fn cookie_sign_in_is_a_200_that_names_a_user() {
    let SignedIn { staff, auth, .. } =
        read_sign_in(&StaffClient::SpiceV2Web, &response(200, STAFF_2)).unwrap();
    assert!(matches!(auth, SessionAuth::Cookie));
    assert_eq!(shown(&staff.id), Some("214"));
    assert_eq!(staff.organization_ids.len(), 1);
    assert_eq!(staff.terms_accepted, Some(true));
    assert_eq!(
        (staff.gender, staff.active, staff.blocked),
        (None, None, None)
    );
    // A token in the same response is ignored: with this client the cookie is the session.
    let both = read_sign_in(&StaffClient::SpiceV2Web, &with_token(200, STAFF_2)).unwrap();
    assert!(both.has_cookie());
    let token = read_sign_in(&v1(), &with_token(200, STAFF_2)).unwrap();
    assert!(!token.has_cookie());
    assert!(
        read_sign_in(
            &StaffClient::SpiceV2Web,
            &response(200, r#"{"username":"076123"}"#)
        )
        .is_ok()
    );
}

#[test]
fn cookie_sign_in_rejects_any_other_200() {
    for body in [
        "",
        " ",
        "{}",
        r#"{"error":"Invalid User","id":7}"#,
        r#"{"roles":[]}"#,
    ] {
        assert_eq!(error(200, body), Some(ServiceError::NotASignIn), "{body}");
    }
    for body in ["[]", "true", "7"] {
        let shape = ServiceError::InvalidResponse(ResponseError::WrongShape);
        assert_eq!(error(200, body), Some(shape), "{body}");
    }
    assert_eq!(
        error(200, "<html>"),
        Some(ServiceError::InvalidResponse(ResponseError::NotJson))
    );
    for body in ANY_BODY {
        assert!(error(200, body).is_some(), "{body}");
        assert!(error(204, body).is_some(), "{body}");
    }
}

#[test]
fn spice_2_errors_are_those_of_spice_1_and_one_more() {
    for (message, meaning) in [
        ("Invalid credentials", ServiceError::WrongCredentials),
        (
            "Account locked due to multiple invalid login attempts.",
            ServiceError::AccountLocked(None),
        ),
        ("Disabled Account", ServiceError::AccountDisabled(None)),
        (
            "You don't have permission to perform this operation",
            ServiceError::NoPermission,
        ),
    ] {
        let body = format!(r#"{{"message":"{message}"}}"#);
        assert_eq!(error(401, &body), Some(meaning), "{message}");
    }
    assert_eq!(error(401, ""), Some(ServiceError::ServiceDown));
    assert_eq!(error(503, STAFF_2), Some(ServiceError::ServiceDown));
    assert_eq!(error(429, ""), Some(ServiceError::TooManyTries(None)));
}

#[test]
fn mobile_client_of_spice_2_signs_in_with_a_token() {
    let mobile = StaffClient::SpiceV2Mobile;
    let signed_in = read_sign_in(&mobile, &with_token(200, STAFF_2)).unwrap();
    assert!(matches!(signed_in.auth, SessionAuth::Token(_)));
    assert_eq!(signed_in.client, mobile);
    assert_eq!(
        read_sign_in(&mobile, &response(200, STAFF_2)).err(),
        Some(ServiceError::NotASignIn)
    );
}

#[test]
fn cookie_session_sends_client_and_tenant_and_no_token() {
    let (web, cookie) = (StaffClient::SpiceV2Web, SessionAuth::Cookie);
    for (request, path) in [
        (
            profile_request(&web, &cookie, Some("9")),
            "/user-service/user/profile",
        ),
        (
            sign_out_request(&web, &cookie, Method::Get, Some("9")),
            "/auth-service/logout",
        ),
    ] {
        assert_eq!((request.method, request.path), (Method::Post, path));
        assert_eq!(request.credentials, Credentials::Include, "{path}");
        let headers: Vec<_> = request
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(headers, [("client", "web"), ("TenantId", "9")], "{path}");
    }
    let SignedIn { auth, client, .. } =
        read_sign_in(&StaffClient::SpiceV2Mobile, &with_token(200, STAFF_2)).unwrap();
    let request = profile_request(&client, &auth, None);
    assert_eq!(request.credentials, Credentials::Omit);
    assert_eq!(request.headers[0].1.as_str(), "mob");
}

#[test]
fn refused_origin_is_not_set_up() {
    let refused = response(403, "Invalid CORS request");
    for client in [StaffClient::SpiceV2Web, StaffClient::SpiceV2Mobile, v1()] {
        assert_eq!(
            read_sign_in(&client, &refused).err(),
            Some(ServiceError::NotSetUp)
        );
        // Any other 403 is a firewall's, and says nothing about the portal's origin.
        let firewall = response(403, "<h1>Forbidden</h1>");
        assert_eq!(
            read_sign_in(&client, &firewall).err(),
            Some(ServiceError::InvalidResponse(
                ResponseError::UnexpectedStatus(403)
            ))
        );
    }
}
