//! An allocator that wipes memory when it is given back, the only `unsafe` of the portal.
//!
//! The test is `e2e/journeys/wiping.spec.ts`: without it names, identifiers, tokens and passwords lie in the
//! program's memory after sign-out, for text is copied on its way to the page by libraries that wipe
//! nothing. What wipes its own values (`zeroize`) cannot reach such copies:
//! <https://docs.rs/zeroize/latest/zeroize/#stackheap-zeroing-notes>.

use std::{
    alloc::{GlobalAlloc, Layout},
    hint::black_box,
};

use rlsf::SmallGlobalTlsf;

/// Where memory comes from: a smaller allocator than the system's, by 0.8 KB of the download.
static POOL: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// The pool, wiping. Text that grows into a larger place is wiped in the old one, too: moving it is,
/// by default, an `alloc` and a `dealloc`.
struct Wiping;

#[allow(
    unsafe_code,
    reason = "an allocator is unsafe by its nature; this one only passes on"
)]
// SAFETY: every call goes to the pool as it came.
unsafe impl GlobalAlloc for Wiping {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those asked for here.
        unsafe { POOL.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller gives back a place of this size; nobody uses it any more.
        unsafe {
            place.write_bytes(0, layout.size());
            // Seen from here somebody may still read it: the zeros are really written.
            POOL.dealloc(black_box(place), layout);
        }
    }
}

#[global_allocator]
static MEMORY: Wiping = Wiping;
