//! `POST /auth-service/session`.

use super::account::{Account, Damage, role_name, role_names};
use super::accounts::PasswordCheck;
use super::headers::{Reply, Sender, SignInHeaders, signed_in};
use super::json::{print, put};
use super::roles;
use super::session;
use super::state::StaffService;
use super::token::BEARER;
use crate::form::Fields;
use crate::request::BufferedRequest;
use crate::response::BufferedResponse;
use crate::spice_version::{CLIENT_WEB, SpiceVersion};
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// The body above which a servlet container has sent the head before the session is known, in bytes.
const LONGEST_BODY: usize = 16_384;

const NO_PERMISSION: &str = "You don't have a permission. Please contact administrator";
const WRONG_CLIENT: &str = "You don't have permission to perform this operation";

/// The reply to a sign-in.
pub(crate) fn session(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
    fields: Option<&Fields>,
) -> Reply {
    if request.method != Method::POST {
        return Reply::unauthorized(Sender::SignIn);
    }
    let field = |wanted: &str| {
        let mut all = fields.into_iter().flatten();
        all.find(|(name, _)| name == wanted)
            .map_or("", |(_, value)| value.as_str())
    };
    let (username, hash) = (field("username"), field("password"));
    // The fields of a body that is not a form are missing, such as JSON's.
    if username.trim().is_empty() || hash.trim().is_empty() {
        return Reply::refused("No Username and / or Password Provided");
    }
    let now = service.clock.now();
    let checked = service.attempts.check(
        &service.accounts,
        &service.hashes,
        version,
        (username, hash),
        now,
    );
    match checked {
        PasswordCheck::Wrong => Reply::refused("Invalid credentials"),
        PasswordCheck::JustLocked => {
            Reply::refused("Account locked due to multiple invalid login attempts.")
        }
        PasswordCheck::Locked => Reply::refused("Disabled Account"),
        PasswordCheck::Broken => Reply::unauthorized(Sender::SignIn),
        PasswordCheck::Correct(index) => right_password(service, version, request, index),
    }
}

fn right_password(
    service: &mut StaffService,
    version: SpiceVersion,
    request: &BufferedRequest,
    index: usize,
) -> Reply {
    let now = service.clock.now();
    let client = request.header("client");
    let Some(account) = service.accounts.get(index) else {
        return Reply::unauthorized(Sender::SignIn);
    };
    if version == SpiceVersion::V2 && account.damage == Some(Damage::Suiteless) {
        return Reply::failed_sign_in(now);
    }
    let admitted = match version {
        SpiceVersion::V1 => admitted_v1(account, client),
        SpiceVersion::V2 => admitted_v2(account, client, service.outages.without_redis(now)),
    };
    let roles = match admitted {
        Ok(roles) => roles,
        Err(message) => return without_permission(version, message),
    };
    if version == SpiceVersion::V1 {
        if account.damage == Some(Damage::Zoneless) {
            return with_servlet_session(signed_in(String::new()));
        }
        if service.outages.without_redis(now) || service.outages.takes_race(now) {
            return Reply::failed_sign_in(now);
        }
    }
    let names = role_names(&roles);
    let (user, text) = body(service, index, roles, client);
    let mut response = signed_in(text.clone());
    if text.len() > LONGEST_BODY {
        return with_servlet_session(response);
    }
    let tenant = user.get("tenantId").map(Value::to_string);
    let token = match service
        .sessions
        .start(version, client, index, user, names, now)
    {
        Ok(token) => format!("{BEARER}{token}"),
        Err(error) => return Reply::refused(&error.to_string()),
    };
    if let Some(tenant) = tenant.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.set(HeaderName::from_static("tenantid"), tenant);
    }
    if version == SpiceVersion::V2 && client == CLIENT_WEB {
        response.start_servlet_session();
        response.add_cookie(&session::set_cookie(&service.settings, &token, now));
        return Reply::new(Sender::SignIn, response);
    }
    if let Ok(value) = HeaderValue::from_str(&token) {
        response.set(AUTHORIZATION, value);
    }
    with_servlet_session(response)
}

fn with_servlet_session(mut response: BufferedResponse) -> Reply {
    response.start_servlet_session();
    Reply::new(Sender::SignIn, response)
}

/// The roles of the answer of SPICE 1.x: for a known client one that it admits, else all.
fn admitted_v1(account: &Account, client: &str) -> Result<Vec<Value>, &'static str> {
    let all = account.roles();
    let Some(admitted) = roles::admitted_v1(client) else {
        return Ok(all);
    };
    all.iter()
        .find(|role| admitted.contains(&role_name(role)))
        .map(|role| vec![without_history(role)])
        .ok_or(NO_PERMISSION)
}

/// A role with its number and name alone.
fn without_history(role: &Value) -> Value {
    json!({
        "id": role.get("id"), "name": role_name(role), "level": null, "authority": role_name(role),
        "createdBy": 0, "updatedBy": 0, "createdAt": null, "updatedAt": null,
        "active": true, "deleted": false,
    })
}

/// The roles of the answer of SPICE 2.0: all of the client's suites. The suites of the person are
/// checked first, then whether there is a client. The roles of each suite are in Redis.
fn admitted_v2(
    account: &Account,
    client: &str,
    without_redis: bool,
) -> Result<Vec<Value>, &'static str> {
    let suites = roles::suites_of_client(client);
    if !account.suites().iter().any(|suite| suites.contains(suite)) {
        return Err(WRONG_CLIENT);
    }
    if client.trim().is_empty() || without_redis {
        return Err(NO_PERMISSION);
    }
    let mut admitted = account.roles();
    admitted.retain(|role| {
        roles::suite_of_role(role_name(role)).is_some_and(|suite| suites.contains(&suite))
    });
    if admitted.is_empty() {
        return Err(NO_PERMISSION);
    }
    Ok(admitted)
}

fn without_permission(version: SpiceVersion, message: &str) -> Reply {
    let mut reply = Reply::refused(message);
    reply.response.as_after_sign_in();
    if version == SpiceVersion::V2 {
        reply.response.start_servlet_session();
    }
    reply
}

/// The body of a sign-in, as JSON and as text.
fn body(service: &StaffService, index: usize, roles: Vec<Value>, client: &str) -> (Value, String) {
    let Some(account) = service.accounts.get(index) else {
        return (Value::Null, String::new());
    };
    let mut user = account.answer.clone();
    let is_whole = user.get("roles") == Some(&Value::Array(roles.clone()));
    put(&mut user, "roles", Value::Array(roles));
    if let Some(text) = account.text.as_ref().filter(|_| is_whole) {
        // The documented sample is served to the byte.
        return (user, text.clone());
    }
    put(&mut user, "currentDate", json!(service.clock.now()));
    if account.version == SpiceVersion::V2 {
        put(&mut user, "client", json!(client));
        if service.accepted_terms.contains(&index) {
            put(&mut user, "isTermsAndConditionsAccepted", json!(true));
        }
    }
    let text = print(&user).unwrap_or_default();
    (user, text)
}
