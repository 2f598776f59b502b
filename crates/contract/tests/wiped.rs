//! Personal text of a response is absent from freed memory, whether the response was read or rejected. A
//! binary of its own, because its allocator inspects everything that the program frees.

#![allow(clippy::unwrap_used, missing_docs)]
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; this one delegates to the system's"
)]

use contract::patient::{
    Login, Name, read_exists, read_login, read_login_or_code, read_resend, read_verification,
    verify_request,
};
use contract::personal::Personal;
use contract::response::{Headers, Response};
use contract::staff::{StaffClient, read_sign_in};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Markers in the responses, as a text and as the digits of a number. Neither escapes nor the test harness
/// produce them.
const MARKERS: [&str; 2] = ["Zq7Wx", "91827364554637"];

thread_local! {
    static LEFT_BEHIND: Cell<usize> = const { Cell::new(0) };
}

struct Inspecting;

impl Inspecting {
    /// Counts the markers in a block that is about to be freed.
    ///
    /// # Safety
    /// `size` bytes from `place` are readable.
    unsafe fn inspect(place: *mut u8, size: usize) {
        // SAFETY: see above; the block was zeroed when it was allocated.
        let bytes = unsafe { std::slice::from_raw_parts(place, size) };
        let left = MARKERS
            .iter()
            .filter(|marker| {
                bytes
                    .windows(marker.len())
                    .any(|part| part == marker.as_bytes())
            })
            .count();
        let _ = LEFT_BEHIND.try_with(|cell| cell.set(cell.get() + left));
    }
}

// SAFETY: every call is delegated to the system's allocator; growing is an allocation, a copy and a free.
unsafe impl GlobalAlloc for Inspecting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the promises of `alloc`, which are the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`: the block has the size of `layout`.
        unsafe {
            Self::inspect(place, layout.size());
            System.dealloc(place, layout);
        }
    }
}

#[global_allocator]
static INSPECTING: Inspecting = Inspecting;

/// Number of markers in freed blocks after every reader has read this body.
fn left_behind(body: &str) -> usize {
    LEFT_BEHIND.set(0);
    for status in [200, 401] {
        let response = || Response {
            status,
            headers: Headers {
                authorization: Some("Bearer x".into()),
                ..Headers::default()
            },
            body: body.as_bytes(),
        };
        let _ = read_exists(&response());
        let _ = read_login(&response());
        let _ = read_verification(&response());
        let _ = read_resend(&response());
        let _ = read_sign_in(&StaffClient::SpiceV1(String::new()), &response());
        let _ = read_sign_in(&StaffClient::SpiceV2Web, &response());
        if let Ok(Login::CodeSent(sent)) = read_login_or_code(&response()) {
            drop(verify_request(&sent, MARKERS[1]));
        }
    }
    LEFT_BEHIND.get()
}

#[test]
fn freed_memory_has_nothing_of_a_name_that_was_joined() {
    let part = || Some(Personal::from(MARKERS[0]));
    let name = Name {
        first: part(),
        middle: part(),
        last: part(),
    };
    LEFT_BEHIND.set(0);
    drop(name.full());
    drop(name);
    assert_eq!(LEFT_BEHIND.get(), 0);
}

#[test]
fn freed_memory_has_nothing_of_a_response() {
    let [text, number] = MARKERS;
    let values = [
        format!(r#""{text}""#),
        format!(r#""\n{text}\u0645\ud83d""#),
        format!(r#""  {text} ""#),
        format!(r#"[{{"name":"{text}"}},"{text}",{number}]"#),
        format!(r#"{{"name":"{text}","id":{number},"firstName":"{text}","offset":"{text}"}}"#),
        number.to_owned(),
    ];
    for value in &values {
        for key in [
            "fileNo",
            "name",
            "otp_id",
            "billingAddress",
            "roles",
            "timezone",
            "active",
            "message",
            "errors",
            "data",
            "status",
            "suiteAccess",
            "currentDate",
            "unknown",
        ] {
            for body in [
                format!(r#"{{"{key}":{value},"id":1}}"#),
                format!(r#"{{"status":"success","data":{{"{key}":{value},"phoneNo":1}}}}"#),
                // Rejected: a duplicate key, and an unterminated text.
                format!(r#"{{"{key}":{value},"{key}":{value}}}"#),
                format!(r#"{{"{key}":{value}"#),
            ] {
                assert_eq!(left_behind(&body), 0, "{key}: {value}");
            }
        }
        assert_eq!(left_behind(value), 0, "{value}");
    }
}

/// Control for the test above: a marker that is left behind is found.
#[test]
fn freed_memory_has_a_plain_string() {
    LEFT_BEHIND.set(0);
    drop(MARKERS[0].to_owned());
    assert_eq!(LEFT_BEHIND.get(), 1);
}
