//! The user service: who is signed in, and whether a session lives.

use super::account::{Account, profile_role_v1, profile_role_v2, role_name};
use super::headers::{Reply, Sender, SignInHeaders};
use super::roles::{self, ProbeV1};
use super::session::{self, Proof, Session};
use super::state::StaffService;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice_version::SpiceVersion;
use axum::http::{Method, StatusCode};
use serde_json::{Map, Value, json};

/// The reply of the user service.
pub(crate) fn respond(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
) -> Reply {
    let now = service.clock.now();
    let proof = session::proof(version, request);
    let session = service
        .sessions
        .in_use(proof.authorization(), now)
        .filter(|session| session.version == version)
        .cloned();
    let Some(session) = session else {
        return Reply::unauthorized(Sender::User);
    };
    match version {
        SpiceVersion::V1 => respond_v1(service, request, &session),
        SpiceVersion::V2 => {
            if !roles::may_call_v2(&request.method, &session.roles) {
                return Reply::unauthorized(Sender::User);
            }
            let mut reply = respond_v2(service, request, &session);
            if let Proof::Cookie(authorization) = &proof {
                let cookie = session::set_cookie(&service.settings, authorization, now);
                reply.response.add_cookie(&cookie);
            }
            reply
        }
    }
}

/// Calls of SPICE 1.x: everything that it refuses is 401 with nothing.
fn respond_v1(service: &StaffService, request: &BufferedRequest, session: &Session) -> Reply {
    let probe = match (&request.method, request.uri.path()) {
        (&Method::GET, "/user-service/user/validate") => ProbeV1::Validate,
        (&Method::GET, "/user-service/user/profile") => ProbeV1::Profile,
        _ => return Reply::unauthorized(Sender::User),
    };
    if !roles::may_call_v1(probe, &session.roles) {
        return Reply::unauthorized(Sender::User);
    }
    match (probe, service.accounts.get(session.account)) {
        (ProbeV1::Profile, Some(account)) => got_user(&profile_v1(account)),
        _ => Reply::new(
            Sender::User,
            BufferedResponse::typed(StatusCode::OK, "text/plain;charset=UTF-8", "Session alive"),
        ),
    }
}

/// Calls of SPICE 2.0 by a role in the table of calls.
fn respond_v2(service: &mut StaffService, request: &BufferedRequest, session: &Session) -> Reply {
    let path = request.uri.path();
    let path = path.strip_prefix("/user-service").unwrap_or(path);
    let is_post = request.method == Method::POST;
    match path {
        "/user/profile" if is_post => match service.accounts.get(session.account) {
            Some(account) => {
                let accepted = service.accepted_terms.contains(&session.account);
                got_user(&profile_v2(account, request.header("client"), accepted))
            }
            None => Reply::unauthorized(Sender::User),
        },
        "/user/super-admin/list" if is_post => super_admins(service),
        "/user/terms-and-conditions/update" if is_post => {
            service.accepted_terms.push(session.account);
            success(
                "Terms and Conditions updated successfully.",
                &Value::Null,
                None,
            )
        }
        "/user/profile" | "/user/super-admin/list" | "/user/terms-and-conditions/update" => {
            let detail = format!("Method '{}' is not supported.", request.method);
            Reply::problem(Sender::User, StatusCode::METHOD_NOT_ALLOWED, &detail, path)
                .with_allow("POST")
        }
        _ => {
            let detail = format!("No static resource {}.", path.trim_start_matches('/'));
            Reply::problem(Sender::User, StatusCode::NOT_FOUND, &detail, path)
        }
    }
}

fn success(message: &str, entity: &Value, list: Option<Vec<Value>>) -> Reply {
    let body = json!({
        "message": message, "entity": entity, "status": true, "responseCode": 200,
        "totalCount": list.as_ref().map(Vec::len), "entityList": list,
    });
    Reply::json(Sender::User, StatusCode::OK, &body)
}

fn got_user(user: &Value) -> Reply {
    success("Got user.", user, None)
}

/// A person as SPICE 1.x shows them: with all roles.
fn profile_v1(account: &Account) -> Value {
    let roles: Vec<Value> = account.roles().iter().map(profile_role_v1).collect();
    let tenant = account.member("tenantId");
    json!({
        "id": account.member("id"),
        "roles": roles,
        "firstName": account.member("firstName"),
        "lastName": account.member("lastName"),
        "username": account.member("username"),
        "organizations": account.organizations,
        "tenantId": if *tenant == 0 { &Value::Null } else { tenant },
        "timezone": account.member("timezone"),
        "phoneNumber": account.member("phoneNumber"),
        "gender": account.gender,
        "countryCode": account.member("countryCode"),
        "country": account.member("country"),
    })
}

/// A person as SPICE 2.0 shows them: with the roles of the call's `client`, and without what is unknown.
fn profile_v2(account: &Account, client: &str, accepted_terms: bool) -> Value {
    let suites: &[&str] = if client == "job" {
        // The profile knows two kinds of client only.
        roles::suites_of_client("mob")
    } else {
        roles::suites_of_client(client)
    };
    let roles: Vec<Value> = account
        .roles()
        .iter()
        .filter(|role| {
            roles::suite_of_role(role_name(role)).is_some_and(|suite| suites.contains(&suite))
        })
        .map(profile_role_v2)
        .collect();
    let mut user = Map::new();
    for name in [
        "id",
        "firstName",
        "lastName",
        "phoneNumber",
        "username",
        "countryCode",
        "country",
        "tenantId",
        "suiteAccess",
        "culture",
        "timezone",
        "isTermsAndConditionsAccepted",
    ] {
        let value = account.member(name);
        let is_no_tenant = name == "tenantId" && *value == 0;
        if !value.is_null() && !is_no_tenant {
            user.insert(name.to_owned(), value.clone());
        }
    }
    if accepted_terms {
        user.insert("isTermsAndConditionsAccepted".to_owned(), json!(true));
    }
    if !account.gender.is_null() {
        user.insert("gender".to_owned(), account.gender.clone());
    }
    if let Some(first) = roles.first() {
        user.insert("defaultRoleName".to_owned(), json!(role_name(first)));
    }
    user.insert("roles".to_owned(), Value::Array(roles));
    user.insert("organizations".to_owned(), json!(account.organizations));
    for empty in [
        "villages",
        "insightUserOrganization",
        "reportUserOrganization",
    ] {
        user.insert(empty.to_owned(), json!([]));
    }
    user.insert(
        "designation".to_owned(),
        json!({ "id": null, "name": null }),
    );
    user.insert("redRisk".to_owned(), json!(false));
    Value::Object(user)
}

fn super_admins(service: &StaffService) -> Reply {
    let list = service
        .accounts
        .iter()
        .filter(|account| account.version == SpiceVersion::V2)
        .filter(|account| {
            account
                .roles()
                .iter()
                .any(|role| role_name(role) == "SUPER_ADMIN")
        })
        .map(|account| {
            json!({
                "id": account.member("id"),
                "firstName": account.member("firstName"),
                "lastName": account.member("lastName"),
                "gender": account.gender,
                "tenantId": account.member("tenantId"),
                "email": account.username,
                "phoneNumber": account.member("phoneNumber"),
                "createdAt": "2024-01-10T13:30:00+05:30",
                "updatedAt": "2024-01-10T13:30:00+05:30",
                "timezone": account.member("timezone"),
                "countryCode": account.member("countryCode"),
                "username": account.username,
            })
        });
    success("Got Super Admin Users.", &Value::Null, Some(list.collect()))
}
