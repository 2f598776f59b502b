//! Who is signed in. The only place that holds a person's data and token; both live in memory
//! and are stored nowhere. Its own copy is wiped when the session ends; what a page showed goes with
//! the page.

use contract::{patient::Patient, staff::SignedIn};
use leptos::prelude::*;

use crate::route::{Entrance, Visitor};

/// A guest, a patient or a member of staff: never two of them, never half of one.
#[derive(Default)]
pub enum Session {
    /// Nobody is signed in.
    #[default]
    Guest,
    /// A patient, with the answer of the middleware. There is no token: the answer is the session.
    Patient(Box<Patient>),
    /// A member of staff, with the answer of the auth-service and its token.
    Staff(Box<SignedIn>),
}

impl Session {
    /// By which entrance the person came in; nobody for a guest.
    pub fn entrance(&self) -> Option<Entrance> {
        match self {
            Self::Guest => None,
            Self::Patient(_) => Some(Entrance::Patient),
            Self::Staff(_) => Some(Entrance::Staff),
        }
    }
}

/// The session behind a signal.
#[derive(Clone, Copy)]
pub struct SessionStore {
    current: RwSignal<Session>,
    last: RwSignal<Entrance>,
}

impl SessionStore {
    /// Nobody is signed in; `last` is the entrance this tab used last.
    pub fn new(last: Entrance) -> Self {
        Self {
            current: RwSignal::new(Session::Guest),
            last: RwSignal::new(last),
        }
    }

    /// Who is looking, for [`crate::route::Route::settle`]. Follows sign-in and sign-out.
    pub fn visitor(self) -> Visitor {
        match self.current.with(Session::entrance) {
            Some(entrance) => Visitor::SignedIn(entrance),
            None => Visitor::Guest(self.last.get()),
        }
    }

    /// Signs a person in. Whoever was signed in before is gone first.
    pub fn open(self, session: Session) {
        if let Some(entrance) = session.entrance() {
            self.last.set(entrance);
        }
        self.current.set(session);
    }

    /// Signs out, and hands over what there was, so that a token can be revoked.
    pub fn close(self) -> Session {
        let mut ended = Session::Guest;
        self.current
            .update(|current| std::mem::swap(current, &mut ended));
        ended
    }

    /// Reads the session; follows sign-in and sign-out.
    pub fn with<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        self.current.with(read)
    }
}
