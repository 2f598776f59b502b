//! The check that a staff call is one that a document describes. The published services answer more
//! than that; a portal that sends it would fail elsewhere. It is a layer of its own, which can be left
//! out.

use crate::form::Fields;
use crate::request::{BufferedRequest, Call};
use crate::response::ContractViolation;
use axum::http::Method;

/// The rule of the documents that a call violates.
pub(crate) fn violation(
    call: Call,
    request: &BufferedRequest,
    form: Option<&Result<Fields, ContractViolation>>,
) -> Option<ContractViolation> {
    let allowed = allowed_methods(call);
    if !allowed.contains(&request.method) {
        return Some(ContractViolation::new(
            "method",
            format!("{}, not {}", names(allowed), request.method),
        ));
    }
    if call != Call::Session {
        return None;
    }
    if request.uri.query().is_some() {
        return Some(ContractViolation::new("query", "this call takes no query"));
    }
    match form? {
        Err(violation) => Some(ContractViolation {
            reason: violation.reason,
            message: violation.message.clone(),
        }),
        Ok(fields) => check_fields(fields).err(),
    }
}

fn allowed_methods(call: Call) -> &'static [Method] {
    match call {
        Call::Session => &[Method::POST],
        Call::Validate => &[Method::GET],
        _ => &[Method::GET, Method::POST],
    }
}

/// The `Allow` header of a call.
pub(crate) fn allow(call: Call) -> String {
    format!("{}, OPTIONS", names(allowed_methods(call)))
}

fn names(methods: &[Method]) -> String {
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    names.join(", ")
}

fn check_fields(fields: &Fields) -> Result<(), ContractViolation> {
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
        if slot.replace(value.as_str()).is_some() {
            return Err(ContractViolation::new(
                "duplicateField",
                format!("the field `{name}` comes twice"),
            ));
        }
    }
    let (Some(username), Some(password)) = (username, password) else {
        return Ok(());
    };
    if username.trim().is_empty() || password.is_empty() {
        return Ok(());
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
    if is_hash {
        return Ok(());
    }
    // Without the value, which may be the password as typed.
    Err(ContractViolation::new(
        "passwordHash",
        format!(
            "the password is sent as 128 lower-case hexadecimal digits; these are {} characters",
            password.chars().count()
        ),
    ))
}
