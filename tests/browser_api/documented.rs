//! Requests and responses as documented.

use config::Config;
use contract::{
    password::PasswordHash, personal::Personal, request::Method, service_error::ServiceError,
};
use input::Identifier;
use logistration::api;
use serde_json::Value;
use wasm_bindgen_test::*;

use crate::calls::{config, national_id, patient, patient_with, refused, staff, staff_with};
use crate::sandbox::{Wire, plan, plan_lines, reset, text};

#[wasm_bindgen_test]
async fn patient_sign_in_sends_exactly_the_documented_requests() {
    reset().await;
    let patient = patient(&config()).await.expect("the sample patient");
    assert_eq!(
        patient.patient_id.as_ref().map(Personal::as_str),
        Some("string")
    );

    let wire = Wire::read().await;
    assert_eq!(wire.calls(), ["exists", "login"]);
    let [exists, login] = wire.entries()[..] else {
        panic!()
    };
    assert_eq!(text(exists, &["method"]), Some("POST"));
    assert_eq!(
        text(exists, &["path"]),
        Some("/api/customer/is_patient_exists")
    );
    assert_eq!(text(exists, &["body"]), Some(r#"{"phoneNo":"5368798202"}"#));
    assert_eq!(text(login, &["method"]), Some("POST"));
    assert_eq!(text(login, &["path"]), Some("/api/customer/login"));
    assert_eq!(
        text(login, &["body"]),
        Some(r#"{"type":"nationalId","value":"16898166021","phone":"5368798202"}"#)
    );
    for entry in [exists, login] {
        let content_type = text(entry, &["headers", "content-type"]).unwrap();
        assert!(
            content_type.starts_with("application/json"),
            "{content_type}"
        );
        // Neither referrer nor cookies are sent.
        assert_eq!(text(entry, &["headers", "referer"]), None);
        assert_eq!(text(entry, &["headers", "cookie"]), None);
    }
}

#[wasm_bindgen_test]
async fn phone_number_is_sent_the_same_however_it_is_typed() {
    reset().await;
    for typed in ["٠٥٠١ ٢٣٤ ٥٦٧", "+966 (0)50-123-4567", "00966501234567"] {
        let outcome = patient_with(&config(), typed, &national_id("1012345672")).await;
        let patient = outcome.expect(typed);
        let id = patient.national_id.as_ref().map(Personal::as_str);
        assert_eq!(id, Some("1012345672"));
    }
    for entry in Wire::read().await.entries() {
        assert!(text(entry, &["body"]).unwrap().contains(r#""501234567""#));
    }
}

#[wasm_bindgen_test]
async fn patient_id_is_sent_under_the_configured_type() {
    reset().await;
    let mut config = config();
    let number = || Identifier::PatientId(input::patient_id("0012345").unwrap().value);
    "fileNo".clone_into(&mut config.patient.patient_id_type);
    let _ = patient_with(&config, "501234567", &number()).await;
    let wire = Wire::read().await;
    assert_eq!(
        text(wire.entries()[1], &["body"]),
        Some(r#"{"type":"fileNo","value":"0012345","phone":"501234567"}"#)
    );
    config.patient.patient_id_type = Config::default().patient.patient_id_type;
    let outcome = patient_with(&config, "501234567", &number()).await;
    assert_eq!(refused(outcome), None);
}

#[wasm_bindgen_test]
async fn unknown_phone_is_not_found_and_the_identifier_is_not_sent() {
    reset().await;
    let outcome = patient_with(&config(), "599999999", &national_id("1012345672")).await;
    assert_eq!(refused(outcome), Some(ServiceError::NotFound));
    assert_eq!(Wire::read().await.calls(), ["exists"]);
}

#[wasm_bindgen_test]
async fn wrong_identifier_is_the_same_not_found_as_an_unknown_phone() {
    reset().await;
    let outcome = patient_with(&config(), "5368798202", &national_id("1012345672")).await;
    assert_eq!(refused(outcome), Some(ServiceError::NotFound));
    assert_eq!(Wire::read().await.calls(), ["exists", "login"]);
}

#[wasm_bindgen_test]
async fn sign_in_without_check_exists_skips_the_look_up() {
    reset().await;
    let mut config = config();
    config.patient.check_exists = false;
    assert_eq!(refused(patient(&config).await), None);
    assert_eq!(Wire::read().await.calls(), ["login"]);
}

#[wasm_bindgen_test]
async fn staff_sign_in_sends_exactly_the_documented_request() {
    reset().await;
    let signed_in = staff(&config()).await.expect("the sample staff");
    let username = signed_in.staff.username.as_ref();
    assert_eq!(username.map(Personal::as_str), Some("kavya_pro@spice.mdt"));

    let wire = Wire::read().await;
    assert_eq!(wire.calls(), ["session"]);
    let entry = wire.entries()[0];
    assert_eq!(text(entry, &["method"]), Some("POST"));
    assert_eq!(text(entry, &["path"]), Some("/auth-service/session"));
    assert_eq!(text(entry, &["headers", "client"]), Some("spice mobile"));
    let form = entry.get("form").unwrap().as_object().unwrap();
    let names: Vec<_> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["password", "username"]);
    assert_eq!(
        text(entry, &["form", "username"]),
        username.map(Personal::as_str)
    );
    let hash = PasswordHash::of("Spice@123", "spice_opensource");
    assert_eq!(text(entry, &["form", "password"]), Some(hash.as_str()));
    assert!(!text(entry, &["body"]).unwrap().contains("Spice@123"));
}

#[wasm_bindgen_test]
async fn user_names_and_passwords_of_any_script_arrive_unchanged() {
    reset().await;
    for (client, username, password) in [
        (
            "spice mobile",
            "amal.o'brien+ward7@care.hospital",
            "Nurse-2026!",
        ),
        ("cfr web", "rima.emr@spice.mdt", "كلمة السر ١٢٣"),
        ("spice mobile", "samir.roles@spice.mdt", "pässwörd"),
    ] {
        let outcome = staff_with(&config(), client, username, password).await;
        assert_eq!(refused(outcome), None, "{username}");
    }
}

#[wasm_bindgen_test]
async fn every_rejection_of_a_staff_sign_in_has_its_own_error() {
    reset().await;
    let config = config();
    let outcome = async |client: &str, username: &str, password: &str| {
        refused(staff_with(&config, client, username, password).await)
    };
    let mobile = "spice mobile";
    assert_eq!(
        outcome(mobile, "unknown@spice.mdt", "x").await,
        Some(ServiceError::WrongCredentials)
    );
    assert_eq!(
        outcome(mobile, "dawud.disabled@spice.mdt", "Disabled-2026!").await,
        Some(ServiceError::WrongCredentials)
    );
    assert_eq!(
        outcome(mobile, "huda.locked@spice.mdt", "Locked-2026!").await,
        Some(ServiceError::AccountDisabled(None))
    );
    assert_eq!(
        outcome(mobile, "rima.emr@spice.mdt", "كلمة السر ١٢٣").await,
        Some(ServiceError::NoPermission)
    );
    for _ in 0..4 {
        assert_eq!(
            outcome(mobile, "kavya_pro@spice.mdt", "wrong").await,
            Some(ServiceError::WrongCredentials)
        );
    }
    assert_eq!(
        outcome(mobile, "kavya_pro@spice.mdt", "wrong").await,
        Some(ServiceError::AccountLocked(None))
    );
    reset().await;
    assert_eq!(
        outcome(mobile, "kavya_pro@spice.mdt", "Spice@123").await,
        None
    );
}

#[wasm_bindgen_test]
async fn staff_sign_out_revokes_the_token() {
    reset().await;
    for method in [Method::Get, Method::Post] {
        let mut config = config();
        config.staff.logout_method = method;
        let signed_in = staff(&config).await.ok().unwrap();
        assert_eq!(
            refused(api::staff::sign_out_of(&config, &signed_in).await),
            None
        );
        // A session that cannot be used again needs no second attempt.
        assert_eq!(
            refused(api::staff::sign_out_of(&config, &signed_in).await),
            None
        );
    }
    let wire = Wire::read().await;
    let methods: Vec<_> = wire
        .entries()
        .into_iter()
        .filter(|entry| text(entry, &["call"]) == Some("logout"))
        .map(|entry| {
            (
                text(entry, &["method"]).unwrap(),
                entry.get("status").and_then(Value::as_u64),
            )
        })
        .collect();
    // The published servers answer 200 again.
    let ended_twice = |method| [(method, Some(200)), (method, Some(200))];
    assert_eq!(methods, [ended_twice("GET"), ended_twice("POST")].concat());
}

#[wasm_bindgen_test]
async fn staff_sign_out_is_repeated_once_after_a_failure() {
    reset().await;
    let config = config();
    let down = r#"{"kind":"status","status":503}"#;
    let signed_in = staff(&config).await.ok().unwrap();
    plan_lines(&[format!(r#"{{"call":"logout","times":1,"fault":{down}}}"#)]).await;
    assert_eq!(
        refused(api::staff::sign_out_of(&config, &signed_in).await),
        None
    );
    plan(&[("logout", down)]).await;
    assert_eq!(
        refused(api::staff::sign_out_of(&config, &signed_in).await),
        Some(ServiceError::ServiceDown)
    );
    let calls = ["session", "logout", "logout", "logout", "logout"];
    assert_eq!(Wire::read().await.calls(), calls);
}
