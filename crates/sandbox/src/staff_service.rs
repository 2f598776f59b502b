//! The staff `auth-service`: sign-in, sign-out and session validation. Failures follow the
//! document's table; a request that no shipped client would send gets 400 with the name of the
//! violated rule. The `client` header selects SPICE 2.0 (`web`, `mob`) or 1.x (all others).

use crate::form::Fields;
use crate::people::{People, Staff};
use crate::request::BufferedRequest;
use crate::response::{BufferedResponse, ContractViolation};
use crate::staff_accounts::{CLIENT_WEB, PasswordCheck, SpiceVersion, StaffAccounts};
use axum::http::header::{ALLOW, AUTHORIZATION, HeaderName, HeaderValue, SET_COOKIE};
use axum::http::{Method, StatusCode};
use serde_json::Value;

/// The session cookie of SPICE 2.0.
const COOKIE: &str = "AuthCookie";
/// Attributes that keep the cookie from scripts and let a portal on another site send it. Browsers
/// accept `Secure` from the loopback address without TLS.
const COOKIE_ATTRIBUTES: &str = "Path=/; HttpOnly; Secure; SameSite=None";

/// The roles that each client admits; any other client admits all roles.
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

/// `POST /auth-service/session`; `form` is `None` when the body is not a form.
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
        return violation_response(&ContractViolation::new("query", "this call takes no query"));
    }
    let (username, password) = match form.map(|fields| fields.and_then(read_credentials)) {
        // The service finds no fields in a body that is not a form, such as JSON.
        None | Some(Ok(None)) => {
            return unauthorized("No Username and / or Password Provided");
        }
        Some(Err(violation)) => return violation_response(&violation),
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
    let Some((body, tenant)) = staff.and_then(|staff| body_for_client(staff, client)) else {
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

/// The response of SPICE 2.0 to a correct password.
fn session_v2(
    accounts: &mut StaffAccounts,
    staff: Option<&Staff>,
    client: &str,
) -> BufferedResponse {
    let Some(staff) = staff.filter(|staff| staff.credentials.client == client) else {
        return unauthorized("You don't have permission to perform this operation");
    };
    let response = BufferedResponse::json(StatusCode::OK, staff.response.clone());
    let session_header = if client == CLIENT_WEB {
        cookie(accounts).map(|cookie| (SET_COOKIE, cookie))
    } else {
        bearer(accounts).map(|token| (AUTHORIZATION, token))
    };
    match session_header {
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
        Ok(expired) => response.with(SET_COOKIE, expired),
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

fn violation_response(violation: &ContractViolation) -> BufferedResponse {
    BufferedResponse::contract_violation(StatusCode::BAD_REQUEST, "session", violation)
}

fn method_not_allowed(request: &BufferedRequest, allowed: &'static str) -> BufferedResponse {
    let violation = ContractViolation::new("method", format!("{allowed}, not {}", request.method));
    BufferedResponse::contract_violation(StatusCode::METHOD_NOT_ALLOWED, "session", &violation)
        .with(ALLOW, HeaderValue::from_static(allowed))
}

/// The user name and the password hash; `None` when one is missing or blank.
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
                format!("the field `{name}` comes twice"),
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
            "the user name is sent without spaces around it",
        ));
    }
    let is_hash = password.len() == 128
        && password
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        // Without the value, which may be the password as typed.
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

/// The response's body and tenant; `None` when the client admits none of the person's roles. A known
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
        // No role was removed: the text stays as written, to the byte.
        (1, 1) => Some((staff.response.clone(), tenant)),
        _ => Some((response.to_string(), tenant)),
    }
}
