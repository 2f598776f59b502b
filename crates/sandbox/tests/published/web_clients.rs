//! The calls of SPICE's own web clients, as their public sources make them: they get in, are refused, and
//! sign out.

use super::common::{Response, call, hash, multipart};
use super::replay::{PASSWORD, Replay, auth_cookie};
use super::rules::{NO_PERMISSION, WRONG_CLIENT, person, spice_1, spice_2, token, told};

const OWN: &str = "http://127.0.0.1:8080";

/// A call of a web client: it sends `client` and a tenant with everything.
fn ask(spice: &Replay, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Response {
    let mut headers = vec![
        ("Origin", OWN),
        ("Accept", "application/json, text/plain, */*"),
    ];
    headers.extend_from_slice(more);
    call(&spice.server, method, path, &headers, body)
}

fn form(username: &str) -> String {
    multipart(&[("username", username), ("password", &hash(PASSWORD))])
}

const FORM: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=edge");

#[test]
fn web_client_of_spice_1_gets_in_by_its_profile_call_and_signs_out_by_get() {
    let spice = spice_1();
    let client = ("client", "spice web");
    let enter = |role: &str| {
        let headers = [client, FORM, ("Authorization", ""), ("tenantId", "")];
        ask(
            &spice,
            "POST",
            "/auth-service/session",
            &headers,
            &form(&person(role)),
        )
    };
    for role in [
        "SUPER_ADMIN",
        "REGION_ADMIN",
        "ACCOUNT_ADMIN",
        "OPERATING_UNIT_ADMIN",
    ] {
        let response = enter(role);
        assert_eq!(told(&response), "in");
        assert!(response.header("tenantid").is_some());
        let token = token(&response);
        let headers = [
            client,
            ("Authorization", token.as_str()),
            ("tenantId", "11"),
        ];
        let profile = ask(&spice, "GET", "/user-service/user/profile", &headers, "");
        assert_eq!(profile.status, 200, "{role}");
        let user = &profile.json()["entity"];
        assert_eq!(user["roles"][0]["name"], role);
        for name in ["username", "firstName", "lastName", "id", "tenantId"] {
            assert!(!user[name].is_null(), "{name}");
        }
        assert!(user["organizations"][0]["formDataId"].is_number());
        let out = ask(&spice, "GET", "/auth-service/logout", &headers, "");
        assert_eq!(out.status, 200);
        let again = ask(&spice, "GET", "/user-service/user/profile", &headers, "");
        assert_eq!(again.status, 401);
    }
    assert_eq!(told(&enter("NURSE")), NO_PERMISSION);
    // Roles without the profile call stay outside of that client.
    let token = token(&enter("SYSTEM_ADMIN"));
    let headers = [client, ("Authorization", token.as_str())];
    let profile = ask(&spice, "GET", "/user-service/user/profile", &headers, "");
    assert_eq!(profile.status, 401);
}

#[test]
fn web_client_of_spice_2_gets_in_by_its_cookie_and_signs_out_by_post() {
    let spice = spice_2();
    let client = ("client", "web");
    // At each page load, before anybody signed in.
    let headers = [
        client,
        ("tenantid", "0"),
        ("Content-Type", "application/json"),
    ];
    let early = ask(&spice, "POST", "/user-service/user/profile", &headers, "");
    assert_eq!((early.status, early.body.len()), (401, 0));
    let enter = |role: &str| {
        let headers = [client, FORM, ("tenantid", "0")];
        ask(
            &spice,
            "POST",
            "/auth-service/session",
            &headers,
            &form(&person(role)),
        )
    };
    for role in ["SUPER_ADMIN", "HEALTH_FACILITY_ADMIN", "CHIEFDOM_ADMIN"] {
        let response = enter(role);
        assert_eq!(told(&response), "in");
        let cookie = format!("AuthCookie={}", auth_cookie(&response).unwrap());
        let headers = [
            client,
            ("Cookie", cookie.as_str()),
            ("tenantid", "undefined"),
        ];
        let profile = ask(&spice, "POST", "/user-service/user/profile", &headers, "");
        assert_eq!(profile.status, 200, "{role}");
        let user = &profile.json()["entity"];
        assert_eq!(user["roles"][0]["suiteAccessName"], "admin");
        assert_eq!(user["suiteAccess"][0], "admin");
        assert!(user["organizations"][0]["formDataId"].is_number());
        assert!(user["country"]["displayValues"].is_object());
        let out = ask(&spice, "POST", "/auth-service/logout", &headers, "");
        assert_eq!((out.status, auth_cookie(&out).as_deref()), (200, Some("")));
        let again = ask(&spice, "POST", "/user-service/user/profile", &headers, "");
        assert_eq!(again.status, 401);
    }
    assert_eq!(told(&enter("CHW")), WRONG_CLIENT);
    // A role outside the table of calls is let in by the service and kept out by its client.
    let cookie = format!("AuthCookie={}", auth_cookie(&enter("COUNSELOR")).unwrap());
    let headers = [client, ("Cookie", cookie.as_str())];
    let profile = ask(&spice, "POST", "/user-service/user/profile", &headers, "");
    assert_eq!(profile.status, 401);
}
