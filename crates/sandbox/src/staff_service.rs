//! The staff `auth-service`: sign-in, sign-out and the probe of a session. The table of
//! failures is the document's; only a request that no shipped client would send is answered 400,
//! with the broken rule's name. It is SPICE 2.0 for the two `client`s that 2.0 has, and 1.x for all
//! others.

use crate::answer::{Answer, BrokenRule};
use crate::call::Arrived;
use crate::form::Fields;
use crate::people::{People, Staff};
use crate::staff_accounts::{StaffAccounts, Verdict, Version, WEB};
use axum::http::header::{ALLOW, AUTHORIZATION, HeaderName, HeaderValue, SET_COOKIE};
use axum::http::{Method, StatusCode};
use serde_json::Value;

/// The cookie of SPICE 2.0.
const COOKIE: &str = "AuthCookie";
/// So that no script reads it, and a portal of another site sends it all the same; a browser takes
/// `Secure` from this machine without TLS.
const COOKIE_RULES: &str = "Path=/; HttpOnly; Secure; SameSite=None";

/// Which roles may enter through which client; through any other, every role may.
const ADMITTED: [(&str, &[&str]); 3] = [
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
    request: &Arrived,
    form: Option<Result<Fields, BrokenRule>>,
) -> Answer {
    if request.method != Method::POST {
        return wrong_method(request, "POST, OPTIONS");
    }
    if request.uri.query().is_some() {
        return refusal(&BrokenRule::new(
            "query",
            "nothing belongs into the address of this call",
        ));
    }
    let (username, password) = match form.map(|fields| fields.and_then(read_credentials)) {
        // Any body that is no form leaves the service without its two fields, JSON included.
        None | Some(Ok(None)) => {
            return unauthorized("No Username and / or Password Provided");
        }
        Some(Err(rule)) => return refusal(&rule),
        Some(Ok(Some(pair))) => pair,
    };
    let client = request.header("client");
    let version = Version::of(client);
    let staff = match accounts.try_password(version, &username, &password) {
        Verdict::Wrong => return unauthorized("Invalid credentials"),
        Verdict::NowLocked => {
            return unauthorized("Account locked due to multiple invalid login attempts.");
        }
        Verdict::Locked => return unauthorized("Disabled Account"),
        Verdict::Right(index) => people.staff.get(index),
    };
    if version == Version::Two {
        return session_2(accounts, staff, client);
    }
    let Some((body, tenant)) = staff.and_then(|one| body_for_client(one, client)) else {
        return unauthorized("You don't have a permission. Please contact administrator");
    };
    match bearer(accounts) {
        Ok(token) => Answer::typed(StatusCode::OK, "text/x-json;charset=UTF-8", body)
            .with(AUTHORIZATION, token)
            .with(HeaderName::from_static("tenantid"), tenant),
        Err(error) => Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// What SPICE 2.0 answers to the right password.
fn session_2(accounts: &mut StaffAccounts, staff: Option<&Staff>, client: &str) -> Answer {
    let Some(staff) = staff.filter(|staff| staff.keys.client == client) else {
        return unauthorized("You don't have permission to perform this operation");
    };
    let answer = Answer::json(StatusCode::OK, staff.answer.clone());
    let carried = if client == WEB {
        cookie(accounts).map(|cookie| (SET_COOKIE, cookie))
    } else {
        bearer(accounts).map(|token| (AUTHORIZATION, token))
    };
    match carried {
        Ok((name, value)) => answer.with(name, value),
        Err(error) => Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn cookie(accounts: &mut StaffAccounts) -> anyhow::Result<HeaderValue> {
    let token = accounts.issue_token()?;
    Ok(HeaderValue::from_str(&format!(
        "{COOKIE}={token}; {COOKIE_RULES}"
    ))?)
}

/// `GET` or `POST /auth-service/logout`
pub(crate) fn logout(accounts: &mut StaffAccounts, request: &Arrived) -> Answer {
    if request.method != Method::GET && request.method != Method::POST {
        return wrong_method(request, "GET, POST, OPTIONS");
    }
    let answer = if token_of(request).is_some_and(|token| accounts.revoke(token)) {
        Answer::empty(StatusCode::OK)
    } else {
        Answer::empty(StatusCode::UNAUTHORIZED)
    };
    if request.cookie(COOKIE).is_none() {
        return answer;
    }
    match HeaderValue::from_str(&format!("{COOKIE}=; Max-Age=0; {COOKIE_RULES}")) {
        Ok(gone) => answer.with(SET_COOKIE, gone),
        Err(error) => Answer::message(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// `GET /user-service/user/validate`
pub(crate) fn validate(accounts: &mut StaffAccounts, request: &Arrived) -> Answer {
    if request.method != Method::GET {
        return wrong_method(request, "GET, OPTIONS");
    }
    if token_of(request).is_some_and(|token| accounts.use_token(token)) {
        Answer::empty(StatusCode::OK)
    } else {
        Answer::empty(StatusCode::UNAUTHORIZED)
    }
}

fn token_of(request: &Arrived) -> Option<&str> {
    let bearer = request.header("authorization").strip_prefix("Bearer ");
    bearer.or_else(|| request.cookie(COOKIE))
}

fn bearer(accounts: &mut StaffAccounts) -> anyhow::Result<HeaderValue> {
    let token = accounts.issue_token()?;
    Ok(HeaderValue::from_str(&format!("Bearer {token}"))?)
}

fn unauthorized(message: &str) -> Answer {
    Answer::message(StatusCode::UNAUTHORIZED, message)
}

fn refusal(rule: &BrokenRule) -> Answer {
    Answer::broken_rule(StatusCode::BAD_REQUEST, "session", rule)
}

fn wrong_method(request: &Arrived, allowed: &'static str) -> Answer {
    let rule = BrokenRule::new("method", format!("{allowed}, not {}", request.method));
    Answer::broken_rule(StatusCode::METHOD_NOT_ALLOWED, "session", &rule)
        .with(ALLOW, HeaderValue::from_static(allowed))
}

/// The user name and the password's hash; `None` when one is missing or blank.
fn read_credentials(fields: Fields) -> Result<Option<(String, String)>, BrokenRule> {
    let (mut username, mut password) = (None, None);
    for (name, value) in fields {
        let slot = match name.as_str() {
            "username" => &mut username,
            "password" => &mut password,
            _ => {
                return Err(BrokenRule::new(
                    "unexpectedField",
                    format!("the document has no field {name:?}"),
                ));
            }
        };
        if slot.replace(value).is_some() {
            return Err(BrokenRule::new(
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
        return Err(BrokenRule::new(
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
        return Err(BrokenRule::new(
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
    let mut answer: Value = serde_json::from_str(&staff.answer).ok()?;
    let tenant = HeaderValue::from_str(&answer.get("tenantId")?.to_string()).ok()?;
    let known = ADMITTED
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(client.trim()));
    let Some((_, admitted)) = known else {
        return Some((staff.answer.clone(), tenant));
    };
    let roles = answer.get_mut("roles")?.as_array_mut()?;
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
        (1, 1) => Some((staff.answer.clone(), tenant)),
        _ => Some((answer.to_string(), tenant)),
    }
}
