//! Who is signed in. The only place that holds a person's data and token; both live in memory
//! and are stored nowhere. Its own copy is wiped when the session ends; what a page showed goes with
//! the page.

use contract::{patient::Patient, staff::SignedIn};
use leptos::prelude::*;

use crate::{
    dynamic::follow,
    interior::Interior,
    route::{Entrance, Visitor},
};

/// A patient or a member of staff: never both, never half of one.
pub enum Person {
    /// With the answer of the middleware. There is no token: the answer is the session.
    Patient(Box<Patient>),
    /// With the answer of the auth-service and its token.
    Staff(Box<SignedIn>),
}

impl Person {
    /// By which entrance the person came in.
    pub fn entrance(&self) -> Entrance {
        match self {
            Self::Patient(_) => Entrance::Patient,
            Self::Staff(_) => Entrance::Staff,
        }
    }
}

/// Nobody, or somebody with what it takes to show them their record.
#[derive(Default)]
pub enum Session {
    /// Nobody is signed in.
    #[default]
    Guest,
    /// Somebody is.
    Open(Person, &'static Interior),
}

impl Session {
    /// Who is signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Guest => None,
            Self::Open(person, _) => Some(person),
        }
    }

    /// By which entrance the person came in; nobody for a guest.
    pub fn entrance(&self) -> Option<Entrance> {
        self.person().map(Person::entrance)
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
    pub fn open(self, person: Person, interior: &'static Interior) {
        self.last.set(person.entrance());
        self.current.set(Session::Open(person, interior));
    }

    /// What is behind sign-in, for somebody who has signed in.
    pub fn interior(self) -> Option<&'static Interior> {
        self.with_now(|session| match session {
            Session::Guest => None,
            Session::Open(_, interior) => Some(*interior),
        })
    }

    /// Signs out, and hands over what there was, so that a token can be revoked.
    pub fn close(self) -> Session {
        let mut ended = Session::Guest;
        self.current
            .update(|current| std::mem::swap(current, &mut ended));
        ended
    }

    /// Reads the session as it is now.
    pub fn with_now<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        self.current.with_untracked(read)
    }

    /// Reads the session; follows sign-in and sign-out.
    pub fn with<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        follow(self.current).with(read)
    }
}
