//! Linear cost of reading a response, counted in allocations: time depends on the load of the machine. A
//! binary of its own, because the allocator counts for the whole program.

#![allow(clippy::unwrap_used, missing_docs)]
#![allow(
    unsafe_code,
    reason = "an allocator cannot be written without; this one delegates to the system's"
)]

use contract::json::MAX_BODY;
use contract::patient::read_login;
use contract::response::{Headers, Response};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

const PATIENT: &str = include_str!("fixtures/patient-login.json");

/// Number and total size of allocations, growth included.
#[derive(Clone, Copy, Default, Debug)]
struct Allocated {
    times: usize,
    bytes: usize,
}

thread_local! {
    /// Per thread, so that parallel tests are counted separately.
    static ALLOCATED: Cell<Allocated> = const { Cell::new(Allocated { times: 0, bytes: 0 }) };
}

struct Counting;

impl Counting {
    fn count(bytes: usize) {
        // A thread that ends allocates and frees after its cell is gone; that is not counted.
        let _ = ALLOCATED.try_with(|cell| {
            let Allocated { times, bytes: sum } = cell.get();
            cell.set(Allocated {
                times: times + 1,
                bytes: sum + bytes,
            });
        });
    }
}

// SAFETY: every call is delegated unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::count(layout.size());
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Growing may copy the whole buffer, so it counts in full.
        Self::count(size);
        // SAFETY: the caller keeps the promises of `realloc`.
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Allocations of reading a patient, its result included.
fn reading(body: &str) -> Allocated {
    assert!(body.len() <= MAX_BODY);
    let response = Response {
        status: 200,
        headers: Headers::default(),
        body: body.as_bytes(),
    };
    ALLOCATED.set(Allocated::default());
    let patient = read_login(&response);
    let allocated = ALLOCATED.get();
    let is_whole = body.trim_end().ends_with('}');
    assert_eq!(patient.is_ok(), is_whole);
    allocated
}

/// The patient sample with one more member.
fn with(member: &str) -> String {
    format!(
        "{},{member}}}",
        PATIENT.trim_end().strip_suffix('}').unwrap()
    )
}

/// Reads `body(n)` and `body(2 * n)` for growing n. A `Vec` grows in steps, so one doubling may cost a
/// little more than twice as much.
#[track_caller]
fn assert_linear(body: impl Fn(usize) -> String) {
    for n in [500, 1_000, 2_000, 4_000, 8_000] {
        let (once, twice) = (reading(&body(n)), reading(&body(2 * n)));
        for (once, twice) in [(once.times, twice.times), (once.bytes, twice.bytes)] {
            assert!(
                twice * 10 <= once * 22,
                "{n}: {once}, twice the size: {twice}"
            );
        }
    }
}

#[test]
fn allocations_are_linear_in_the_length_of_a_text() {
    assert_linear(|n| with(&format!(r#""more":"{}""#, r"x\u0645".repeat(n))));
}

#[test]
fn allocations_are_linear_in_the_digits_of_a_number() {
    assert_linear(|n| with(&format!(r#""more":{}"#, "7".repeat(n))));
}

#[test]
fn allocations_are_linear_in_the_items_of_a_list() {
    assert_linear(|n| with(&format!(r#""more":[0{}]"#, r#","item""#.repeat(n))));
}

#[test]
fn allocations_are_linear_in_the_members_of_an_object() {
    assert_linear(|n| {
        let members: Vec<_> = (0..n)
            .map(|n| format!(r#""more{n}":{{"a":{n}}}"#))
            .collect();
        with(&members.join(","))
    });
}

#[test]
fn allocations_are_linear_in_members_with_descending_keys() {
    assert_linear(|n| {
        let members: Vec<_> = (0..n).rev().map(|n| format!(r#""{n:05}":1"#)).collect();
        with(&members.join(","))
    });
}

#[test]
fn allocations_are_linear_in_the_objects_of_a_list_that_is_read() {
    assert_linear(|n| {
        with(&format!(
            r#""errors":[1{}]"#,
            r#",{"message":"x"}"#.repeat(n)
        ))
    });
}

#[test]
fn allocations_are_linear_in_the_length_of_an_unterminated_text() {
    assert_linear(|n| {
        let whole = with(&format!(r#""more":"{}""#, r"\\".repeat(n)));
        whole.trim_end_matches(['}', '"']).to_owned()
    });
}

#[test]
fn allocations_are_linear_in_the_length_of_a_field_that_is_shown() {
    assert_linear(|n| {
        let city = format!(r#""city": "{}""#, "\u{631}".repeat(n));
        PATIENT.replace(r#""city": "string""#, &city)
    });
}
