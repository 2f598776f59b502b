//! The sessions, in memory: who is signed in, by a random ID that only the application makes.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

/// Bytes of an ID: 256 bits of the system's random numbers, so that it cannot be guessed.
const ID_BYTES: usize = 32;

/// A session. It holds what the page shows and no more of the record.
struct Session {
    name: Zeroizing<String>,
    last_request: Instant,
}

/// All sessions that have not ended.
pub(crate) struct Sessions {
    idle: Duration,
    by_id: Mutex<HashMap<String, Session>>,
}

impl Sessions {
    /// No session yet. One ends after `idle` without a request.
    pub(crate) fn new(idle: Duration) -> Self {
        Self {
            idle,
            by_id: Mutex::default(),
        }
    }

    /// Opens a session for the patient of this name; returns its ID. The ID is always new: one that a browser
    /// was made to send before the sign-in must not become a session (session fixation).
    pub(crate) fn open(&self, name: Zeroizing<String>) -> Result<String, getrandom::Error> {
        let mut bytes = [0; ID_BYTES];
        getrandom::fill(&mut bytes)?;
        let mut id = String::with_capacity(2 * ID_BYTES);
        for byte in bytes {
            // Writing to a string cannot fail.
            let _ = write!(id, "{byte:02x}");
        }
        let session = Session {
            name,
            last_request: Instant::now(),
        };
        self.current().insert(id.clone(), session);
        Ok(id)
    }

    /// The name of the session's patient, if there is such a session. Restarts its idle time.
    pub(crate) fn name(&self, id: &str) -> Option<Zeroizing<String>> {
        let mut sessions = self.current();
        let session = sessions.get_mut(id)?;
        session.last_request = Instant::now();
        Some(session.name.clone())
    }

    /// Ends a session, if there is such a one.
    pub(crate) fn end(&self, id: &str) {
        self.current().remove(id);
    }

    /// The sessions without those that have been idle for too long.
    fn current(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        // No code panics while it holds the lock.
        let mut sessions = self.by_id.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.last_request.elapsed() < self.idle);
        sessions
    }
}
