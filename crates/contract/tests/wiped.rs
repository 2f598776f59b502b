//! What an answer said of a person is not in memory that has been given back, whether the answer was
//! read or refused. A binary of its own, because its allocator looks at what the whole program frees.

#![allow(clippy::unwrap_used, missing_docs)]
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; this one hands everything on"
)]

use contract::answer::{Answer, Headers};
use contract::patient::{
    Login, exists_answer, login_answer, login_or_code_answer, resend_answer, verify_answer,
    verify_request,
};
use contract::staff::{cookie_answer, sign_in_answer};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// In the answers as a text, and as the digits of a number. No escape and no test harness writes it.
const MARKS: [&str; 2] = ["Zq7Wx", "91827364554637"];

thread_local! {
    static LEFT_BEHIND: Cell<usize> = const { Cell::new(0) };
}

struct Looking;

impl Looking {
    /// Counts the marks in a place that is about to be freed.
    ///
    /// # Safety
    /// `size` bytes from `place` are readable.
    unsafe fn look(place: *mut u8, size: usize) {
        // SAFETY: see above; all was zero when it was allocated.
        let bytes = unsafe { std::slice::from_raw_parts(place, size) };
        let left = MARKS
            .iter()
            .filter(|mark| {
                bytes
                    .windows(mark.len())
                    .any(|part| part == mark.as_bytes())
            })
            .count();
        let _ = LEFT_BEHIND.try_with(|cell| cell.set(cell.get() + left));
    }
}

// SAFETY: every call goes to the system's allocator; growing is a new place, a copy and a free.
unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the promises of `alloc`, which are the same.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`: the place is as large as `layout` says.
        unsafe {
            Self::look(place, layout.size());
            System.dealloc(place, layout);
        }
    }
}

#[global_allocator]
static LOOKING: Looking = Looking;

/// How many freed places had a mark, of all that every reader did with this body.
fn left_behind(body: &str) -> usize {
    LEFT_BEHIND.set(0);
    for status in [200, 401] {
        let answer = || Answer {
            status,
            headers: Headers {
                authorization: Some("Bearer x".into()),
                retry_after: None,
            },
            body: body.as_bytes(),
        };
        let _ = exists_answer(&answer());
        let _ = login_answer(&answer());
        let _ = verify_answer(&answer());
        let _ = resend_answer(&answer());
        let _ = sign_in_answer(&answer());
        let _ = cookie_answer(&answer());
        if let Ok(Login::CodeSent(sent)) = login_or_code_answer(&answer()) {
            drop(verify_request(&sent, MARKS[1]));
        }
    }
    LEFT_BEHIND.get()
}

#[test]
fn nothing_of_an_answer_is_left_in_freed_memory() {
    let [text, number] = MARKS;
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
                // Refused: the key is there twice, and the text has no end.
                format!(r#"{{"{key}":{value},"{key}":{value}}}"#),
                format!(r#"{{"{key}":{value}"#),
            ] {
                assert_eq!(left_behind(&body), 0, "{key}: {value}");
            }
        }
        assert_eq!(left_behind(value), 0, "{value}");
    }
}

/// What the test above looks for is found where it is.
#[test]
fn a_plain_text_is_left_behind() {
    LEFT_BEHIND.set(0);
    drop(MARKS[0].to_owned());
    assert_eq!(LEFT_BEHIND.get(), 1);
}
