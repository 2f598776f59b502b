//! The staff `auth-service`: sign-in, sign-out and the probe of a session. The table of
//! failures is the document's; only a request that no shipped client would send is answered 400,
//! with the broken rule's name. It is SPICE 2.0 for the two `client`s that 2.0 has, and 1.x for all
//! others.

use crate::form::Fields;
use crate::people::{People, Staff};
use crate::request::BufferedRequest;
use crate::response::{BufferedResponse, ContractViolation};
use crate::staff_accounts::{CLIENT_WEB, PasswordCheck, SpiceVersion, StaffAccounts};
use axum::http::header::{ALLOW, AUTHORIZATION, HeaderName, HeaderValue, SET_COOKIE};
use axum::http::{Method, StatusCode};
use serde_json::Value;

/// The cookie of SPICE 2.0.
const COOKIE: &str = "AuthCookie";
/// So that no script reads it, and a portal of another site sends it all the same; a browser takes
/// `Secure` from this machine without TLS.
const COOKIE_ATTRIBUTES: &str = "Path=/; HttpOnly; Secure; SameSite=None";

/// Which roles may enter through which client; through any other, every role may.
const CLIENT_ROLES: [(&str, &[&str]); 3] = [
    (
        "spice mobile",
        &[
            "HEALTH_COACH",
            "HEALTH_SCREENER",
            "HRIO",
            "LAB_TECHNICIAN",
            "NURSE",
            "NUTRITIONIST",
            "PHARMACIST",
            "PHYSICIAN_PRESCRIBER",
            "PROVIDER",
        ],
    ),
    (
        "spice web",
        &[
            "ACCOUNT_ADMIN",
            "OPERATING_UNIT_ADMIN",
            "REGION_ADMIN",
            "REPORT_ADMIN",
            "SUPER_ADMIN",
            "SYSTEM_ADMIN",
            "SUPER_USER",
        ],
    ),
    (
        "cfr web",
        &[
            "EMR_REPORT_ADMIN",
            "EMR_REGION_ADMIN",
            "EMR_ACCOUNT_ADMIN",
            "EMR_OPERATING_UNIT_ADMIN",
            "EMR_SITE_ADMIN",
        ],
    ),
];

/// `POST /auth-service/session`; `form` is `None` when the body is no form.
pub(crate) fn session(
    people: &People,
    accounts: &mut StaffAccounts,
    request: &BufferedRequest,
    form: Option<Result<Fields, ContractViolation>>,
) -> BufferedResponse {
    if request.method != Method::POST {
        return method_not_allowed(request, "POST, OPTIONS");
    }
    if request.uri.query().is_some() {
        return violation_response(&ContractViolation::new(
            "query",
            "nothing belongs into the address of this call",
        ));
    }
    let (username, password) = match form.map(|fields| fields.and_then(read_credentials)) {
        // Any body that is no form leaves the service without its two fields, JSON included.
        None | Some(Ok(None)) => {
            return unauthorized("No Username and / or Password Provided");
        }
        Some(Err(rule)) => return violation_response(&rule),
        Some(Ok(Some(pair))) => pair,
    };
    let client = request.header("client");
    let version = SpiceVersion::of(client);
    let staff = match accounts.check_password(version, &username, &password) {
        PasswordCheck::Wrong => return unauthorized("Invalid credentials"),
        PasswordCheck::JustLocked => {
            return unauthorized("Account locked due to multiple invalid login attempts.");
        }
        PasswordCheck::Locked => return unauthorized("Disabled Account"),
        PasswordCheck::Correct(index) => people.staff.get(index),
    };
    if version == SpiceVersion::V2 {
        return session_v2(accounts, staff, client);
    }
    let Some((body, tenant)) = staff.and_then(|one| body_for_client(one, client)) else {
        return unauthorized("You don't have a permission. Please contact administrator");
    };
    match bearer(accounts) {
        Ok(token) => BufferedResponse::typed(StatusCode::OK, "text/x-json;charset=UTF-8", body)
            .with(AUTHORIZATION, token)
            .with(HeaderName::from_static("tenantid"), tenant),
        Err(error) => {
            BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
    }
}

/// What SPICE 2.0 answers to the right password.
fn session_v2(
    accounts: &mut StaffAccounts,
    staff: Option<&Staff>,
    client: &str,
) -> BufferedResponse {
    let Some(staff) = staff.filter(|staff| staff.credentials.client == client) else {
        return unauthorized("You don't have permission to perform this operation");
    };
    let response = BufferedResponse::json(StatusCode::OK, staff.response.clone());
    let carried = if client == CLIENT_WEB {
        cookie(accounts).map(|cookie| (SET_COOKIE, cookie))
    } else {
        bearer(accounts).map(|token| (AUTHORIZATION, token))
    };
    match carried {
        Ok((name, value)) => response.with(name, value),
        Err(error) => {
            BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
    }
}

fn cookie(accounts: &mut StaffAccounts) -> anyhow::Result<HeaderValue> {
    let token = accounts.issue_token()?;
    Ok(HeaderValue::from_str(&format!(
        "{COOKIE}={token}; {COOKIE_ATTRIBUTES}"
    ))?)
}

/// `GET` or `POST /auth-service/logout`
pub(crate) fn logout(accounts: &mut StaffAccounts, request: &BufferedRequest) -> BufferedResponse {
    if request.method != Method::GET && request.method != Method::POST {
        return method_not_allowed(request, "GET, POST, OPTIONS");
    }
    let response = if token_of(request).is_some_and(|token| accounts.revoke(token)) {
        BufferedResponse::empty(StatusCode::OK)
    } else {
        BufferedResponse::empty(StatusCode::UNAUTHORIZED)
    };
    if request.cookie(COOKIE).is_none() {
        return response;
    }
    match HeaderValue::from_str(&format!("{COOKIE}=; Max-Age=0; {COOKIE_ATTRIBUTES}")) {
        Ok(gone) => response.with(SET_COOKIE, gone),
        Err(error) => {
            BufferedResponse::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string())
        }
    }
}

/// `GET /user-service/user/validate`
pub(crate) fn validate(
    accounts: &mut StaffAccounts,
    request: &BufferedRequest,
) -> BufferedResponse {
    if request.method != Method::GET {
        return method_not_allowed(request, "GET, OPTIONS");
    }
    if token_of(request).is_some_and(|token| accounts.use_token(token)) {
        BufferedResponse::empty(StatusCode::OK)
    } else {
        BufferedResponse::empty(StatusCode::UNAUTHORIZED)
    }
}

fn token_of(request: &BufferedRequest) -> Option<&str> {
    let bearer = request.header("authorization").strip_prefix("Bearer ");
    bearer.or_else(|| request.cookie(COOKIE))
}

fn bearer(accounts: &mut StaffAccounts) -> anyhow::Result<HeaderValue> {
    let token = accounts.issue_token()?;
    Ok(HeaderValue::from_str(&format!("Bearer {token}"))?)
}

fn unauthorized(message: &str) -> BufferedResponse {
    BufferedResponse::message(StatusCode::UNAUTHORIZED, message)
}

fn violation_response(rule: &ContractViolation) -> BufferedResponse {
    BufferedResponse::contract_violation(StatusCode::BAD_REQUEST, "session", rule)
}

fn method_not_allowed(request: &BufferedRequest, allowed: &'static str) -> BufferedResponse {
    let rule = ContractViolation::new("method", format!("{allowed}, not {}", request.method));
    BufferedResponse::contract_violation(StatusCode::METHOD_NOT_ALLOWED, "session", &rule)
        .with(ALLOW, HeaderValue::from_static(allowed))
}

/// The user name and the password's hash; `None` when one is missing or blank.
fn read_credentials(fields: Fields) -> Result<Option<(String, String)>, ContractViolation> {
    let (mut username, mut password) = (None, None);
    for (name, value) in fields {
        let slot = match name.as_str() {
            "username" => &mut username,
            "password" => &mut password,
            _ => {
                return Err(ContractViolation::new(
                    "unexpectedField",
                    format!("the document has no field {name:?}"),
                ));
            }
        };
        if slot.replace(value).is_some() {
            return Err(ContractViolation::new(
                "duplicateField",
                format!("`{name}` comes twice"),
            ));
        }
    }
    let (Some(username), Some(password)) = (username, password) else {
        return Ok(None);
    };
    if username.trim().is_empty() || password.is_empty() {
        return Ok(None);
    }
    if username.trim() != username {
        return Err(ContractViolation::new(
            "usernameSpaces",
            "the portal trims the user name",
        ));
    }
    let is_hash = password.len() == 128
        && password
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        // The value itself is not repeated: it may be the password as the person typed it.
        return Err(ContractViolation::new(
            "passwordHash",
            format!(
                "the password is sent as 128 lower-case hexadecimal digits; these are {} characters",
                password.chars().count()
            ),
        ));
    }
    Ok(Some((username, password)))
}

/// The answer's body and tenant, or `None` when no role may enter through this client. A known
/// client gets one role, an unknown one all of them.
fn body_for_client(staff: &Staff, client: &str) -> Option<(String, HeaderValue)> {
    let mut response: Value = serde_json::from_str(&staff.response).ok()?;
    let tenant = HeaderValue::from_str(&response.get("tenantId")?.to_string()).ok()?;
    let known = CLIENT_ROLES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(client.trim()));
    let Some((_, admitted)) = known else {
        return Some((staff.response.clone(), tenant));
    };
    let roles = response.get_mut("roles")?.as_array_mut()?;
    let before = roles.len();
    roles.retain(|role| {
        let name = role.get("name").and_then(Value::as_str);
        name.is_some_and(|name| admitted.contains(&name))
    });
    roles.truncate(1);
    let after = roles.len();
    match (before, after) {
        (_, 0) => None,
        // Nothing was taken away: the text stays as it was written, to the byte.
        (1, 1) => Some((staff.response.clone(), tenant)),
        _ => Some((response.to_string(), tenant)),
    }
}
