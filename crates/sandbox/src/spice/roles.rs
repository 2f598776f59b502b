//! The roles of both versions: which `client` admits them, and which calls of the user service they may
//! make.

use crate::spice_version::{CLIENT_WEB, SpiceVersion};
use axum::http::Method;

/// The `client` of SPICE 2.0 for scheduled jobs.
const CLIENT_JOB: &str = "job";

/// The roles that each `client` of SPICE 1.x admits; any other admits all roles.
const CLIENTS_V1: [(&str, &[&str]); 3] = [
    ("spice mobile", &CLINICAL_V1),
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

/// The roles of SPICE 1.x that may call `GET /user/validate`.
const CLINICAL_V1: [&str; 9] = [
    "HEALTH_COACH",
    "HEALTH_SCREENER",
    "HRIO",
    "LAB_TECHNICIAN",
    "NURSE",
    "NUTRITIONIST",
    "PHARMACIST",
    "PHYSICIAN_PRESCRIBER",
    "PROVIDER",
];

/// The roles of SPICE 1.x that may call `GET /user/profile`.
const PROFILE_V1: [&str; 4] = [
    "REGION_ADMIN",
    "ACCOUNT_ADMIN",
    "OPERATING_UNIT_ADMIN",
    "SUPER_ADMIN",
];

/// The roles of SPICE 1.x in the order of their numbers, before and after the clinical ones. The numbers
/// after `RED_RISK_USER` are assumed.
const FIRST_V1: [&str; 8] = [
    "SUPER_USER",
    "SUPER_ADMIN",
    "ACCOUNT_ADMIN",
    "REGION_ADMIN",
    "SYSTEM_ADMIN",
    "employee",
    "job",
    "OPERATING_UNIT_ADMIN",
];
const LAST_V1: [&str; 7] = [
    "RED_RISK_USER",
    "REPORT_ADMIN",
    "EMR_REPORT_ADMIN",
    "EMR_REGION_ADMIN",
    "EMR_ACCOUNT_ADMIN",
    "EMR_OPERATING_UNIT_ADMIN",
    "EMR_SITE_ADMIN",
];

/// A role of SPICE 2.0, the suite that it belongs to, and whether it is in the table of calls. The
/// suites of the roles after `SRN` are assumed.
const ROLES_V2: [(&str, &str, bool); 23] = [
    ("SUPER_USER", "admin", true),
    ("JOB_USER", "job", true),
    ("CHW", "mob", true),
    ("PEER_SUPERVISOR", "mob", true),
    ("SUPER_ADMIN", "admin", true),
    ("HEALTH_FACILITY_ADMIN", "admin", true),
    ("SECHN", "mob", true),
    ("MCHA", "mob", true),
    ("PROVIDER", "mob", true),
    ("CHA", "mob", true),
    ("MID_WIFE", "mob", true),
    ("LAB_ASSISTANT", "mob", true),
    ("SRN", "mob", true),
    ("FACILITY_REPORT_ADMIN", "cfr", true),
    ("REPORT_ADMIN", "cfr", true),
    ("INSIGHTS_DEVELOPER", "insights", true),
    ("INSIGHTS_USER", "insights", true),
    ("REGION_ADMIN", "admin", true),
    ("DISTRICT_ADMIN", "admin", true),
    ("CHIEFDOM_ADMIN", "admin", true),
    ("HF4_REPORT_USER", "cfr", true),
    ("COUNSELOR", "admin", false),
    ("COMMUNITY_HEALTH_PROMOTER", "mob", false),
];

/// The suites of a person or a role that a `client` of SPICE 2.0 stands for. Anything but `web` and
/// `job`, written exactly so, is a phone.
pub(crate) fn suites_of_client(client: &str) -> &'static [&'static str] {
    match client {
        CLIENT_WEB => &["admin", "cfr", "insights"],
        CLIENT_JOB => &["job"],
        _ => &["mob"],
    }
}

/// The roles that a `client` of SPICE 1.x admits, compared without case; `None` for all roles.
pub(crate) fn admitted_v1(client: &str) -> Option<&'static [&'static str]> {
    CLIENTS_V1
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(client.trim()))
        .map(|(_, roles)| *roles)
}

/// The suite of a role of SPICE 2.0.
pub(crate) fn suite_of_role(role: &str) -> Option<&'static str> {
    ROLES_V2
        .iter()
        .find(|(name, _, _)| *name == role)
        .map(|(_, suite, _)| *suite)
}

/// All known roles of a version, in the order of their numbers from 1.
pub(crate) fn all(version: SpiceVersion) -> Vec<&'static str> {
    match version {
        SpiceVersion::V1 => [&FIRST_V1[..], &CLINICAL_V1, &LAST_V1].concat(),
        SpiceVersion::V2 => ROLES_V2.iter().map(|(name, _, _)| *name).collect(),
    }
}

/// A call of the user service that the table of SPICE 1.x has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProbeV1 {
    Validate,
    Profile,
}

/// Returns `true` if one of the roles may make this call of SPICE 1.x. A super user may make any.
pub(crate) fn may_call_v1(probe: ProbeV1, roles: &[String]) -> bool {
    let table: &[&str] = match probe {
        ProbeV1::Validate => &CLINICAL_V1,
        ProbeV1::Profile => &PROFILE_V1,
    };
    roles
        .iter()
        .any(|role| role == "SUPER_USER" || table.contains(&role.as_str()))
}

/// Returns `true` if one of the roles may make a call of SPICE 2.0's user service: it is in the table of
/// calls, which has no other methods than these two. Super users and jobs may make any call.
pub(crate) fn may_call_v2(method: &Method, roles: &[String]) -> bool {
    let has_method = matches!(*method, Method::GET | Method::POST);
    roles.iter().any(|role| {
        let is_exempt = matches!(role.as_str(), "SUPER_USER" | "JOB_USER");
        let mut table = ROLES_V2.iter();
        let is_in_table = table.any(|(name, _, in_table)| name == role && *in_table);
        is_exempt || is_in_table && has_method
    })
}
