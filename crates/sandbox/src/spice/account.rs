//! An account of the staff service, and its roles as the services show them.

use super::roles;
use crate::people::AccountState;
use crate::spice_version::SpiceVersion;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A defect of an account's row in the database, as a migration or a hand may leave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Damage {
    /// No count of wrong passwords.
    Uncounted,
    /// No time zone.
    Zoneless,
    /// No suites (SPICE 2.0).
    Suiteless,
}

/// An account.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) version: SpiceVersion,
    /// In lower case.
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) phone: Option<String>,
    pub(crate) state: AccountState,
    pub(crate) damage: Option<Damage>,
    pub(crate) gender: Value,
    /// The body of a sign-in with all roles.
    pub(crate) answer: Value,
    /// The text of that body where it is kept as written.
    pub(crate) text: Option<String>,
    /// The organizations as the user service shows them.
    pub(crate) organizations: Vec<Value>,
}

impl Account {
    /// A member of the body of a sign-in; `null` where it has none.
    pub(crate) fn member(&self, name: &str) -> &Value {
        self.answer.get(name).unwrap_or(&Value::Null)
    }

    /// The roles of the body of a sign-in.
    pub(crate) fn roles(&self) -> Vec<Value> {
        self.member("roles").as_array().cloned().unwrap_or_default()
    }

    /// The suites that a person may use (SPICE 2.0).
    pub(crate) fn suites(&self) -> Vec<&str> {
        let suites = self.member("suiteAccess").as_array();
        suites
            .map(|suites| suites.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }
}

/// The name of a role.
pub(crate) fn role_name(role: &Value) -> &str {
    role.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// The names of roles.
pub(crate) fn role_names(roles: &[Value]) -> Vec<String> {
    roles
        .iter()
        .map(|role| role_name(role).to_owned())
        .collect()
}

/// `LAB_TECHNICIAN` as `Lab Technician`.
pub(crate) fn title(role: &str) -> String {
    let words = role.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + &rest.to_lowercase()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A role of SPICE 2.0 as its user service shows it.
pub(crate) fn profile_role_v2(role: &Value) -> Value {
    let name = role_name(role);
    json!({
        "id": role.get("id"), "name": name, "level": null, "groupName": "SPICE",
        "displayName": title(name), "suiteAccessName": roles::suite_of_role(name),
        "appTypes": ["COMMUNITY"],
    })
}

/// A role of SPICE 1.x as its user service shows it.
pub(crate) fn profile_role_v1(role: &Value) -> Value {
    let name = role_name(role);
    json!({
        "id": role.get("id"), "name": name, "level": null, "authority": name,
        "createdBy": 1, "updatedBy": 1,
        "createdAt": "2024-01-10T13:30:00+05:30", "updatedAt": "2024-01-10T13:30:00+05:30",
        "active": true, "deleted": false,
    })
}
