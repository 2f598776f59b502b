//! The probe of a session, by version and role, and the owner that it names.

use contract::request::Method;
use contract::service_error::ServiceError;
use contract::staff::{
    SignedIn, StaffClient, probe_request, profile_is_allowed, read_probe, read_sign_in,
};

use crate::support::{response, v1, with_token};

fn signed_in(client: &StaffClient, roles: &[&str]) -> SignedIn {
    let roles: Vec<_> = roles
        .iter()
        .map(|name| format!(r#"{{"name":"{name}"}}"#))
        .collect();
    let body = format!(
        r#"{{"id":7,"username":"test.user@example.org","roles":[{}]}}"#,
        roles.join(",")
    );
    read_sign_in(client, &with_token(200, &body)).unwrap()
}

fn probe(client: &StaffClient, roles: &[&str]) -> Option<(Method, &'static str)> {
    probe_request(&signed_in(client, roles)).map(|request| (request.method, request.path))
}

const VALIDATE: Option<(Method, &str)> = Some((Method::Get, "/user-service/user/validate"));
const PROFILE: Option<(Method, &str)> = Some((Method::Get, "/user-service/user/profile"));

#[test]
fn spice_1_probe_of_clinical_roles_and_super_users_is_validate() {
    for role in [
        "HEALTH_SCREENER",
        "HEALTH_COACH",
        "NUTRITIONIST",
        "LAB_TECHNICIAN",
        "PHARMACIST",
        "HRIO",
        "PROVIDER",
        "NURSE",
        "PHYSICIAN_PRESCRIBER",
        "SUPER_USER",
    ] {
        assert_eq!(probe(&v1(), &[role]), VALIDATE, "{role}");
    }
    let body = r#"{"id":1,"isSuperUser":true,"roles":[]}"#;
    let super_user = read_sign_in(&v1(), &with_token(200, body)).unwrap();
    let path = probe_request(&super_user).map(|request| request.path);
    assert_eq!(path, Some("/user-service/user/validate"));
}

#[test]
fn spice_1_probe_of_administrators_is_profile() {
    let web = StaffClient::SpiceV1("spice web".to_owned());
    for role in [
        "REGION_ADMIN",
        "ACCOUNT_ADMIN",
        "OPERATING_UNIT_ADMIN",
        "SUPER_ADMIN",
    ] {
        assert_eq!(probe(&web, &[role]), PROFILE, "{role}");
    }
}

#[test]
fn spice_1_has_no_probe_for_other_roles() {
    for role in [
        "SYSTEM_ADMIN",
        "REPORT_ADMIN",
        "EMR_SITE_ADMIN",
        "UNHEARD_OF",
        "",
    ] {
        assert_eq!(probe(&v1(), &[role]), None, "{role}");
    }
    assert_eq!(probe(&v1(), &[]), None);
}

#[test]
fn spice_2_probe_is_a_posted_profile_for_every_role() {
    let expected = Some((Method::Post, "/user-service/user/profile"));
    for client in [StaffClient::SpiceV2Web, StaffClient::SpiceV2Mobile] {
        for roles in [&["CHW"][..], &["COUNSELOR"], &[]] {
            assert_eq!(probe(&client, roles), expected);
        }
    }
}

#[test]
fn spice_2_allows_profile_only_if_every_role_is_in_its_table() {
    let allowed =
        |roles: &[&str]| profile_is_allowed(&signed_in(&StaffClient::SpiceV2Web, roles).staff);
    assert!(allowed(&["HEALTH_FACILITY_ADMIN"]));
    assert!(allowed(&["chw", "PROVIDER"]));
    assert!(!allowed(&["COUNSELOR"]));
    assert!(!allowed(&["PROVIDER", "COMMUNITY_HEALTH_PROMOTER"]));
    assert!(!allowed(&[]));
}

#[test]
fn owner_with_another_id_or_user_name_is_another_person() {
    let own = signed_in(&StaffClient::SpiceV2Web, &["CHW"]);
    let is_other = |entity: &str| {
        let body = format!(r#"{{"message":"Got user.","entity":{entity},"status":true}}"#);
        let owner = read_probe(&response(200, &body)).unwrap();
        owner.is_some_and(|owner| owner.is_other_than(&own.staff))
    };
    for same in [
        r#"{"id":7,"username":"TEST.USER@example.org"}"#,
        r#"{"id":"7"}"#,
        r#"{"username":"test.user@example.org"}"#,
        "{}",
        "null",
        "[]",
    ] {
        assert!(!is_other(same), "{same}");
    }
    for other in [
        r#"{"id":5,"username":"test.user@example.org"}"#,
        r#"{"id":5}"#,
        r#"{"username":"other.user@example.org"}"#,
    ] {
        assert!(is_other(other), "{other}");
    }
}

#[test]
fn probe_response_without_an_owner_is_a_valid_session() {
    for body in ["Session alive", "", "<html>", "[]", "{}", "{\"entity\":"] {
        assert!(
            read_probe(&response(200, body)).unwrap().is_none(),
            "{body}"
        );
    }
}

#[test]
fn only_a_401_to_a_probe_is_the_end_of_a_session() {
    let error = |status| read_probe(&response(status, "")).err();
    assert_eq!(error(401), Some(ServiceError::SessionOver));
    for status in [403, 404, 405, 500, 503] {
        assert!(error(status).is_some_and(|error| error != ServiceError::SessionOver));
    }
}

#[test]
fn session_is_anothers_if_its_user_name_and_phone_both_differ_from_the_typed_name() {
    let is_anothers = |owner: &str| {
        let body = format!(r#"{{"entity":{owner}}}"#);
        let owner = read_probe(&response(200, &body)).unwrap().unwrap();
        owner.signs_in_with_another_name_than(" 700000001 ")
    };
    for (owner, expected) in [
        (
            r#"{"username":"test.user@example.org","phoneNumber":"700000001"}"#,
            false,
        ),
        (
            r#"{"username":"700000001","phoneNumber":"700000002"}"#,
            false,
        ),
        (r#"{"username":"700000001"}"#, false),
        (
            r#"{"username":"test.user@example.org","phoneNumber":"700000002"}"#,
            true,
        ),
        (r#"{"username":"test.user@example.org"}"#, true),
        // Without a user name it is not certain.
        (r#"{"phoneNumber":"700000002"}"#, false),
        (r#"{"id":"7"}"#, false),
    ] {
        assert_eq!(is_anothers(owner), expected, "{owner}");
    }
}
