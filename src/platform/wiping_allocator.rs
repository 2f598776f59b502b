//! A global allocator that zeroes memory on free. The only `unsafe` code of the portal.
//!
//! Libraries copy text on its way to the page and do not wipe it: without this allocator names,
//! identifiers, tokens and passwords are in the program's memory after sign-out, which
//! `e2e/journeys/wiping.spec.ts` tests. `zeroize` wipes values, not their copies:
//! <https://docs.rs/zeroize/latest/zeroize/#stackheap-zeroing-notes>.

use std::{
    alloc::{GlobalAlloc, Layout},
    hint::black_box,
};

use rlsf::SmallGlobalTlsf;

/// TLSF pool, 0.8 KB smaller in the download than Rust's default allocator.
static POOL: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// The pool, zeroing on free. `realloc` is by default an `alloc` and a `dealloc`, so a grown buffer is zeroed
/// in its old place.
struct Wiping;

#[allow(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one only passes on"
)]
// SAFETY: every call is passed on to the pool with the caller's arguments.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's contract is that of the pool.
        unsafe { POOL.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back a block of this size, which it no longer uses.
        unsafe {
            place.write_bytes(0, layout.size());
            // Keeps the optimizer from removing the writes.
            POOL.dealloc(black_box(place), layout);
        }
    }
}

#[global_allocator]
static MEMORY: Wiping = Wiping;
