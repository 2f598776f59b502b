//! Who is signed in. The only place that holds a person's data and token; both live in memory
//! and are stored nowhere. Its own copy is wiped when the session ends; what a page showed goes with
//! the page. (Where SPICE 2.0's cookie is the session, the browser keeps that; nobody here can.)

use std::sync::Arc;

use contract::{
    patient::{CodeId, Patient},
    staff::SignedIn,
};
use leptos::prelude::*;

use crate::{
    platform::follow,
    route::{Entrance, Visitor},
};

/// A patient or a member of staff: never both, never half of one.
pub enum Person {
    /// With the answer of the middleware. There is no token: the answer is the session.
    Patient(Box<Patient>),
    /// With the answer of the auth-service, and its token or the knowledge of its cookie.
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

/// Nobody, somebody who has still to give a code, or somebody with what it takes to show them their
/// record. Also what a sign-in comes to.
pub enum Session {
    /// Nobody is signed in; the entrance is the one last used in this tab.
    Guest(Entrance),
    /// A patient has signed in as far as a one-time code, which is on its way to them. Still nobody,
    /// as far as any page behind sign-in is concerned.
    Code(Arc<CodeId>),
    /// Somebody is.
    Open(Person),
}

impl Session {
    /// Who is signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Guest(_) | Self::Code(_) => None,
            Self::Open(person) => Some(person),
        }
    }

    /// By which entrance the person came in; nobody for a guest.
    pub fn entrance(&self) -> Option<Entrance> {
        self.person().map(Person::entrance)
    }

    /// The entrance last used in this tab, whoever used it.
    fn last_entrance(&self) -> Entrance {
        match self {
            Self::Guest(last) => *last,
            Self::Code(_) => Entrance::Patient,
            Self::Open(person) => person.entrance(),
        }
    }
}

/// The session behind a signal.
#[derive(Clone, Copy)]
pub struct SessionStore {
    current: RwSignal<Session>,
}

impl SessionStore {
    /// Nobody is signed in; `last` is the entrance this tab used last.
    pub fn new(last: Entrance) -> Self {
        Self {
            current: RwSignal::new(Session::Guest(last)),
        }
    }

    /// Who is looking, for [`crate::route::Route::settle`]. Follows sign-in and sign-out.
    pub fn visitor(self) -> Visitor {
        follow(self.current).with(|session| match session {
            Session::Open(person) => Visitor::SignedIn(person.entrance()),
            guest => Visitor::Guest(guest.last_entrance()),
        })
    }

    /// Takes over what a sign-in came to. Whoever was signed in before is gone first.
    pub fn open(self, session: Session) {
        self.current.set(session);
    }

    /// Whether a one-time code is what is missing. Follows sign-in and sign-out.
    pub fn wants_code(self) -> bool {
        self.current
            .with(|session| matches!(session, Session::Code(_)))
    }

    /// Another code is on its way. Nobody is told: who waits for it waits on.
    pub fn rename_code(self, new: CodeId) {
        self.current.update_untracked(|session| {
            if let Session::Code(sent) = session {
                *sent = Arc::new(new);
            }
        });
    }

    /// The code that is on its way, if one is.
    pub fn code_sent(self) -> Option<Arc<CodeId>> {
        self.current.with_untracked(|session| match session {
            Session::Code(sent) => Some(Arc::clone(sent)),
            Session::Guest(_) | Session::Open(_) => None,
        })
    }

    /// Signs out, and hands over what there was, so that a token can be revoked.
    pub fn close(self) -> Session {
        let last = self.current.with_untracked(Session::last_entrance);
        let mut ended = Session::Guest(last);
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
