//! Every role of the permission tables: signs in, is confirmed by its probe, and signs out, which ends its
//! session at the server.

use contract::service_error::ServiceError;
use gloo_net::http::Request;
use logistration::api;
use serde_json::{Value, json};
use wasm_bindgen_test::*;

use crate::calls::{config, refused, staff_with};
use crate::sandbox::{Wire, control, reset, tell, text};

/// The clients of a version.
fn clients(version: u64) -> &'static [&'static str] {
    match version {
        1 => &["spice mobile", "spice web", "cfr web"],
        _ => &["web", "mob"],
    }
}

/// User name, password and version of the sandbox's people with one role each.
async fn people() -> Vec<(String, String, u64)> {
    let bytes = tell(Request::get(&control("people")), None).await;
    let people: Value = serde_json::from_slice(&bytes).unwrap();
    let people = people["recorded"].as_array().unwrap().iter();
    let of_a_role = people.filter(|person| {
        let name = text(person, &["username"]).unwrap();
        name.starts_with("role-") && text(person, &["state"]) == Some("active")
    });
    of_a_role
        .map(|person| {
            let string = |key| text(person, &[key]).unwrap().to_owned();
            (
                string("username"),
                string("password"),
                person["version"].as_u64().unwrap(),
            )
        })
        .collect()
}

/// The live sessions of the sandbox.
async fn live_sessions() -> Value {
    let bytes = tell(Request::get(&control("sessions")), None).await;
    serde_json::from_slice(&bytes).unwrap()
}

#[wasm_bindgen_test]
async fn every_role_signs_in_stays_in_past_its_probe_and_signs_out() {
    reset().await;
    let config: &'static config::Config = Box::leak(Box::new(config()));
    let mut admitted = 0;
    for (username, password, version) in people().await {
        for client in clients(version) {
            let signed_in = match staff_with(config, client, &username, &password).await {
                Ok(signed_in) => signed_in,
                outcome @ Err(_) => {
                    assert_eq!(
                        refused(outcome),
                        Some(ServiceError::NoPermission),
                        "{username} by {client}"
                    );
                    assert_eq!(live_sessions().await, json!([]), "{username} by {client}");
                    continue;
                }
            };
            admitted += 1;
            let case = format!("{username} by {client}");
            let own = json!([{ "version": version, "username": username, "client": client }]);
            assert_eq!(live_sessions().await, own, "{case}");
            let is_in_table = version == 1 || contract::staff::profile_is_allowed(&signed_in.staff);
            assert_eq!(
                signed_in.confirmed,
                *client == "web" && is_in_table,
                "{case}"
            );
            if let Some(probe) = api::staff::probe(config, &signed_in) {
                // A role outside the table of 2.0 is refused in a valid session as well.
                let expected = (!is_in_table).then_some(ServiceError::SessionOver);
                assert_eq!(refused(probe.await), expected, "{case}");
            }
            let signed_out = api::staff::sign_out_of(config, &signed_in).await;
            assert_eq!(refused(signed_out), None, "{case}");
            assert_eq!(live_sessions().await, json!([]), "{case}");
        }
    }
    assert!(admitted > 40, "{admitted}");
    for entry in Wire::read().await.entries() {
        assert!(text(entry, &["headers", "client"]).is_some(), "{entry}");
        assert_eq!(entry["violation"], Value::Null, "{entry}");
    }
}
