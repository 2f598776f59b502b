//! Benchmarks of the readers: the documents' samples, an error, and samples padded up to the size limit,
//! where the throughput should stay constant. `cargo bench -p contract`.

#![allow(
    clippy::unwrap_used,
    reason = "the samples are part of this repository"
)]

use contract::MAX_BODY;
use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::{patient, staff};
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use std::fmt::Write;

/// Also reports number and size of allocations of each call.
#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const PATIENT: &str = include_str!("../tests/fixtures/patient-login.json");
const STAFF: &str = include_str!("../tests/fixtures/staff-session.json");

fn response(status: u16, body: &str) -> Response<'_> {
    Response {
        status,
        headers: Headers {
            authorization: Some(Personal::from("Bearer eyJhbGciOiJIUzI1NiJ9.c3BpY2U.c2ln")),
            ..Headers::default()
        },
        body: body.as_bytes(),
    }
}

fn read<T>(
    bencher: Bencher<'_, '_>,
    response: &Response<'_>,
    read: impl Fn(&Response<'_>) -> T + Sync,
) {
    bencher
        .counter(BytesCount::of_slice(response.body))
        .bench(|| read(divan::black_box(response)));
}

#[divan::bench]
fn patient_sample(bencher: Bencher<'_, '_>) {
    read(bencher, &response(200, PATIENT), patient::read_login);
}

#[divan::bench]
fn staff_sample(bencher: Bencher<'_, '_>) {
    read(bencher, &response(200, STAFF), |response| {
        staff::read_sign_in(&staff::StaffClient::SpiceV1(String::new()), response).map(drop)
    });
}

#[divan::bench]
fn error_response(bencher: Bencher<'_, '_>) {
    let body = r#"{"message":"Invalid credentials"}"#;
    read(bencher, &response(401, body), |response| {
        staff::read_sign_in(&staff::StaffClient::SpiceV1(String::new()), response).map(drop)
    });
}

#[divan::bench(args = [1 << 10, 1 << 14, 1 << 18, MAX_BODY])]
fn patient_padded_to(bencher: Bencher<'_, '_>, bytes: usize) {
    read(bencher, &response(200, &padded(bytes)), patient::read_login);
}

#[divan::bench(args = [1 << 10, 1 << 14, 1 << 18, MAX_BODY])]
fn patient_with_unknown_members_in(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut body = PATIENT.trim_end().trim_end_matches('}').to_owned();
    for number in 0..(bytes.saturating_sub(body.len()) - 1) / 10 {
        let _ = write!(body, r#","{number:05}":1"#);
    }
    read(bencher, &response(200, &(body + "}")), patient::read_login);
}

/// The patient sample with a list of unknown items, padded to `bytes` bytes.
fn padded(bytes: usize) -> String {
    const ITEM: &str = r#","something else""#;
    let sample: serde_json::Value = serde_json::from_str(PATIENT).unwrap();
    let tight = sample.to_string();
    let open = tight.strip_suffix('}').unwrap();
    let mut body = match bytes.checked_sub(open.len() + r#","more":[0]}"#.len()) {
        Some(room) => format!(r#"{open},"more":[0{}]}}"#, ITEM.repeat(room / ITEM.len())),
        None => tight,
    };
    body.push_str(&" ".repeat(bytes - body.len()));
    body
}

fn main() {
    divan::main();
}
