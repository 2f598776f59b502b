//! Totality of the readers: no panic and no run of minutes on any response.

use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::{json, patient, staff};
use proptest::prelude::*;

use crate::json::any_json;
use crate::support::{PATIENT, STAFF, STAFF_2, v1};
use crate::tree::Tree;

fn read_all_ways(status: u16, authorization: Option<&str>, retry_after: Option<&str>, body: &[u8]) {
    let response = Response {
        status,
        headers: Headers {
            authorization: authorization.map(Personal::from),
            retry_after: retry_after.map(str::to_owned),
            // Also an HTTP date, or not.
            date: retry_after.map(str::to_owned),
            content_type: None,
        },
        body,
    };
    let _ = json::read::<Tree>(body);
    let _ = patient::read_exists(&response);
    let _ = patient::read_login(&response);
    let _ = patient::read_login_or_code(&response);
    let _ = patient::read_verification(&response);
    let _ = patient::read_resend(&response);
    let _ = staff::read_sign_in(&v1(), &response);
    let _ = staff::read_sign_in(&staff::StaffClient::SpiceV2Web, &response);
    let _ = staff::read_session(&response);
}

fn any_status() -> impl Strategy<Value = u16> {
    prop_oneof![Just(200), Just(401), Just(429), any::<u16>()]
}

/// Samples with some bytes changed, or truncated.
fn almost_a_response() -> impl Strategy<Value = Vec<u8>> {
    let sample = prop_oneof![
        Just(PATIENT),
        Just(STAFF),
        Just(STAFF_2),
        Just(r#"{"otp_id":"7d1f"}"#)
    ];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (sample, changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(sample, changes, end, cut)| {
            let mut bytes = sample.as_bytes().to_vec();
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        },
    )
}

proptest! {
    #[test]
    fn readers_never_panic_on_any_bytes(
        status in any_status(), authorization: Option<String>, retry: Option<String>,
        body in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        read_all_ways(status, authorization.as_deref(), retry.as_deref(), &body);
    }

    #[test]
    fn readers_never_panic_on_json_characters(status in any_status(), body in "[\\[\\]{}:,\"\\\\u0-9a-f.eE+ -]{0,200}") {
        read_all_ways(status, Some("Bearer x"), None, body.as_bytes());
    }

    #[test]
    fn readers_never_panic_on_corrupted_samples(status in any_status(), body in almost_a_response()) {
        read_all_ways(status, Some("Bearer x"), Some("1"), &body);
    }

    #[test]
    fn readers_never_panic_on_any_json(status in any_status(), body in any_json()) {
        read_all_ways(status, Some("Bearer x"), Some("1"), body.to_string().as_bytes());
    }
}

#[test]
fn readers_never_panic_on_the_largest_and_deepest_bodies() {
    let megabyte = json::MAX_BODY;
    for body in [
        "[".repeat(100_000),
        "{\"data\":".repeat(100_000),
        "{\"status\":\"success\",\"data\":".repeat(30_000),
        "[".repeat(32) + &"]".repeat(32),
        "{\"data\":".repeat(31) + "{}" + &"}".repeat(31),
        "{\"errors\":[".repeat(15) + "{}" + &"]}".repeat(15),
        "{\"roles\":[".repeat(16) + &"]}".repeat(16),
        "9".repeat(megabyte),
        format!(
            "{{\"currentDate\":{},\"gender\":{}}}",
            "9".repeat(500_000),
            "8".repeat(500_000)
        ),
        format!(
            "{{\"dateOfBirth\":\"1990-01-01T00:00:00.{}Z\"}}",
            "1".repeat(1_000_000)
        ),
        format!("{{\"roles\":[{}{{}}]}}", "{},".repeat(300_000)),
        " ".repeat(megabyte),
        "\0".repeat(megabyte + 1),
    ] {
        for status in [200, 401, 404, 503] {
            read_all_ways(status, Some("Bearer x"), Some(&body), body.as_bytes());
        }
    }
}
