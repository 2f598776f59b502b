//! In place of the crate of this name, by which Leptos carries what belongs to one thread through
//! what asks for `Send`. The original looks at each use whether this is still the thread it was made
//! on, and takes the standard library's bookkeeping of threads along. WebAssembly without shared
//! memory has one thread, and this one has nothing to ask there; everywhere else it asks as well.
//!
//! It has what Leptos uses of the original's interface and no more.
#![allow(
    unsafe_code,
    reason = "that nothing leaves its thread is promised here, and by nobody but us"
)]

use std::{
    fmt,
    mem::{ManuallyDrop, needs_drop},
    ops::{Deref, DerefMut},
};

use thread::Thread;

/// A value that says it can be sent, and can only be used on the thread it was made on.
pub struct SendWrapper<T> {
    value: ManuallyDrop<T>,
    home: Thread,
}

// SAFETY: whatever reaches the value (`take`, `deref`, `deref_mut`, `drop`) makes sure first that this is
// the thread it was made on; so no other thread gets hold of it.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    /// Wraps a value that belongs to this thread.
    pub fn new(value: T) -> Self {
        Self {
            value: ManuallyDrop::new(value),
            home: Thread::this(),
        }
    }

    /// Whether this is the value's thread.
    pub fn valid(&self) -> bool {
        self.home.is_this()
    }

    /// The value.
    ///
    /// # Panics
    /// On any other thread than the value's.
    #[track_caller]
    pub fn take(self) -> T {
        self.home.assert();
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is not dropped, so nobody takes the value a second time.
        unsafe { ManuallyDrop::take(&mut this.value) }
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        self.home.assert();
        &self.value
    }
}

impl<T> DerefMut for SendWrapper<T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.home.assert();
        &mut self.value
    }
}

impl<T> Drop for SendWrapper<T> {
    #[track_caller]
    fn drop(&mut self) {
        if needs_drop::<T>() && !self.valid() {
            // A second panic would end the program; the value is left where it is.
            if !std::thread::panicking() {
                self.home.assert();
            }
            return;
        }
        // SAFETY: nobody uses the value after this.
        unsafe { ManuallyDrop::drop(&mut self.value) }
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Self::new((**self).clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SendWrapper").field(&**self).finish()
    }
}

#[cfg(feature = "futures")]
mod futures {
    use std::{
        ops::DerefMut,
        pin::Pin,
        task::{Context, Poll},
    };

    use futures_core::Stream;

    use crate::SendWrapper;

    impl<T> SendWrapper<T> {
        #[track_caller]
        fn inside(self: Pin<&mut Self>) -> Pin<&mut T> {
            // SAFETY: the value stays where its wrapper is, and nothing moves it out of a pinned one.
            unsafe { self.map_unchecked_mut(Self::deref_mut) }
        }
    }

    impl<F: Future> Future for SendWrapper<F> {
        type Output = F::Output;

        #[track_caller]
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
            self.inside().poll(context)
        }
    }

    impl<S: Stream> Stream for SendWrapper<S> {
        type Item = S::Item;

        #[track_caller]
        fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.inside().poll_next(context)
        }

        fn size_hint(&self) -> (usize, Option<usize>) {
            (**self).size_hint()
        }
    }
}

/// Where there is one thread, there is nothing to remember of it.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
mod thread {
    pub struct Thread;

    impl Thread {
        pub fn this() -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "with more threads it matters which")]
        pub fn is_this(&self) -> bool {
            true
        }

        #[allow(clippy::unused_self, reason = "with more threads it matters which")]
        pub fn assert(&self) {}
    }
}

#[cfg(not(all(target_family = "wasm", not(target_feature = "atomics"))))]
mod thread {
    use std::thread::{ThreadId, current};

    pub struct Thread(ThreadId);

    impl Thread {
        pub fn this() -> Self {
            Self(current().id())
        }

        pub fn is_this(&self) -> bool {
            self.0 == current().id()
        }

        #[track_caller]
        pub fn assert(&self) {
            assert!(
                self.is_this(),
                "a SendWrapper is used on another thread than its own"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        rc::Rc,
        sync::{Arc, atomic::AtomicBool, atomic::Ordering},
        thread::spawn,
    };

    use super::SendWrapper;

    #[test]
    fn on_its_own_thread_a_value_can_be_used_changed_copied_and_taken() {
        let mut wrapped = SendWrapper::new(Rc::new(41));
        assert!(wrapped.valid());
        *wrapped = Rc::new(42);
        let copy = wrapped.clone();
        assert_eq!(Rc::strong_count(&copy), 2);
        assert_eq!(*wrapped.take(), 42);
        assert_eq!(Rc::strong_count(&copy), 1);
    }

    #[test]
    fn on_its_own_thread_a_value_is_dropped_with_its_wrapper_once() {
        let counted = Rc::new(());
        drop(SendWrapper::new(Rc::clone(&counted)));
        assert_eq!(Rc::strong_count(&counted), 1);
    }

    #[test]
    fn another_thread_can_hold_a_value_and_give_it_back() {
        let wrapped = SendWrapper::new(Rc::new(42));
        let held = spawn(move || {
            assert!(!wrapped.valid());
            wrapped
        });
        let back = held.join().expect("the thread ends well");
        assert_eq!(**back, 42);
    }

    #[test]
    fn another_thread_can_neither_look_nor_take_nor_copy() {
        let uses: [fn(SendWrapper<Rc<u8>>); 4] = [
            |wrapped| assert_eq!(**wrapped, 1),
            |mut wrapped| *wrapped = Rc::new(2),
            |wrapped| drop(wrapped.take()),
            |wrapped| drop(wrapped.clone()),
        ];
        for one in uses {
            let wrapped = SendWrapper::new(Rc::new(1));
            assert!(spawn(move || one(wrapped)).join().is_err());
        }
    }

    #[test]
    fn another_thread_leaves_what_it_would_have_to_drop_and_says_so() {
        struct Tell(Arc<AtomicBool>);
        impl Drop for Tell {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let dropped = Arc::new(AtomicBool::new(false));
        let wrapped = SendWrapper::new(Tell(Arc::clone(&dropped)));
        assert!(spawn(move || drop(wrapped)).join().is_err());
        assert!(!dropped.load(Ordering::Relaxed));
        let plain = SendWrapper::new(1);
        assert!(spawn(move || drop(plain)).join().is_ok());
    }
}
