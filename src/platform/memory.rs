//! Memory that is given back is wiped first. Whichever part of the program held a piece of a
//! person's text, ours or a library's, and however often it was copied on the way to the page: when
//! the session is over, nothing of it is left behind in memory that nobody owns any more.

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
