//! What an answer costs: the documents' samples, a refusal, and samples padded up to the largest
//! that is read, whose bytes a second should not fall as they grow. `cargo bench -p contract`.

#![allow(
    clippy::unwrap_used,
    reason = "the samples are part of this repository"
)]

use contract::MAX_BODY;
use contract::answer::{Answer, Headers};
use contract::personal::Personal;
use contract::{patient, staff};
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use std::fmt::Write;

/// Also tells how often each call allocates, and how much.
#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const PATIENT: &str = include_str!("../tests/fixtures/patient-login.json");
const STAFF: &str = include_str!("../tests/fixtures/staff-session.json");

fn answer(status: u16, body: &str) -> Answer<'_> {
    Answer {
        status,
        headers: Headers {
            authorization: Some(Personal::from("Bearer eyJhbGciOiJIUzI1NiJ9.c3BpY2U.c2ln")),
            retry_after: None,
        },
        body: body.as_bytes(),
    }
}

fn read<T>(bencher: Bencher<'_, '_>, answer: &Answer<'_>, read: impl Fn(&Answer<'_>) -> T + Sync) {
    bencher
        .counter(BytesCount::of_slice(answer.body))
        .bench(|| read(divan::black_box(answer)));
}

#[divan::bench]
fn a_patient(bencher: Bencher<'_, '_>) {
    read(bencher, &answer(200, PATIENT), patient::login_answer);
}

#[divan::bench]
fn a_member_of_staff(bencher: Bencher<'_, '_>) {
    read(bencher, &answer(200, STAFF), |answer| {
        staff::sign_in_answer(answer).map(drop)
    });
}

#[divan::bench]
fn a_refusal(bencher: Bencher<'_, '_>) {
    let body = r#"{"message":"Invalid credentials"}"#;
    read(bencher, &answer(401, body), |answer| {
        staff::sign_in_answer(answer).map(drop)
    });
}

#[divan::bench(args = [1 << 10, 1 << 14, 1 << 18, MAX_BODY])]
fn a_patient_padded_to(bencher: Bencher<'_, '_>, bytes: usize) {
    read(bencher, &answer(200, &padded(bytes)), patient::login_answer);
}

#[divan::bench(args = [1 << 10, 1 << 14, 1 << 18, MAX_BODY])]
fn a_patient_with_more_members_in(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut body = PATIENT.trim_end().trim_end_matches('}').to_owned();
    for number in 0..(bytes.saturating_sub(body.len()) - 1) / 10 {
        let _ = write!(body, r#","{number:05}":1"#);
    }
    read(bencher, &answer(200, &(body + "}")), patient::login_answer);
}

/// The patient with a list of more than anybody asked for, so many bytes in all.
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
