//! The session: who is signed in. The only place that holds a person's data and token, in memory only.
//! The store's copy is wiped when the session ends; copies on a page go with the page. The cookie of SPICE
//! 2.0 is kept by the browser and cannot be read here.

use std::sync::Arc;

use contract::{
    patient::{CodeId, Patient},
    staff::SignedIn,
};
use input::Identifier;
use leptos::prelude::*;

use crate::{
    platform::unsubscribe_on_cleanup,
    router::{Audience, Visitor},
};

/// A patient or a member of staff.
pub enum Person {
    /// Record from the patient middleware. There is no token.
    Patient(Box<Patient>),
    /// Record from the auth-service, with its token, or the fact that a cookie was set.
    Staff(Box<SignedIn>),
}

impl Person {
    /// Audience that the person belongs to.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Patient(_) => Audience::Patient,
            Self::Staff(_) => Audience::Staff,
        }
    }
}

/// A one-time code that was sent, and whom it is for.
pub struct SentCode {
    /// The service's ID of the code.
    pub id: CodeId,
    /// The last two digits of the phone that it was sent to.
    pub phone_ending: String,
    /// The identifier of the sign-in. The record that the code leads to must not have another one.
    pub identifier: Arc<Identifier>,
}

/// State of sign-in. Also the outcome of a sign-in request.
pub enum Session {
    /// Signed out; with the audience that signed in last in this tab.
    Guest(Audience),
    /// A patient who has yet to enter the one-time code. A guest for every page behind sign-in.
    AwaitingCode(Arc<SentCode>),
    /// Signed in.
    SignedIn(Person),
}

impl Session {
    /// The person who is signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Guest(_) | Self::AwaitingCode(_) => None,
            Self::SignedIn(person) => Some(person),
        }
    }

    /// Audience of the person who is signed in.
    pub fn audience(&self) -> Option<Audience> {
        self.person().map(Person::audience)
    }

    /// The audience that used this tab last.
    fn last_audience(&self) -> Audience {
        match self {
            Self::Guest(last) => *last,
            Self::AwaitingCode(_) => Audience::Patient,
            Self::SignedIn(person) => person.audience(),
        }
    }
}

/// The session in a signal.
#[derive(Clone, Copy)]
pub struct SessionStore {
    current: RwSignal<Session>,
}

impl SessionStore {
    /// A guest; `last` is the audience that signed in last in this tab.
    pub fn new(last: Audience) -> Self {
        Self {
            current: RwSignal::new(Session::Guest(last)),
        }
    }

    /// The visitor, for [`crate::router::Route::resolve`]. Tracks sign-in and sign-out.
    pub fn visitor(self) -> Visitor {
        unsubscribe_on_cleanup(self.current).with(|session| match session {
            Session::SignedIn(person) => Visitor::SignedIn(person.audience()),
            guest => Visitor::Guest(guest.last_audience()),
        })
    }

    /// Replaces the session, and wipes the one before.
    pub fn begin(self, session: Session) {
        self.current.set(session);
    }

    /// True while a one-time code is asked for. Tracks sign-in and sign-out.
    pub fn awaits_code(self) -> bool {
        self.current
            .with(|session| matches!(session, Session::AwaitingCode(_)))
    }

    /// Replaces the code that was sent by a newer one, without notifying: the code page stays as it is.
    pub fn replace_code(self, new: CodeId) {
        self.current.update_untracked(|session| {
            if let Session::AwaitingCode(sent) = session {
                *sent = Arc::new(SentCode {
                    id: new,
                    phone_ending: sent.phone_ending.clone(),
                    identifier: Arc::clone(&sent.identifier),
                });
            }
        });
    }

    /// The code that was sent last, while it is asked for.
    pub fn code_sent(self) -> Option<Arc<SentCode>> {
        self.current.with_untracked(|session| match session {
            Session::AwaitingCode(sent) => Some(Arc::clone(sent)),
            Session::Guest(_) | Session::SignedIn(_) => None,
        })
    }

    /// Signs out, and returns the session, so that its token can be revoked.
    pub fn end(self) -> Session {
        let last = self.current.with_untracked(Session::last_audience);
        let mut ended = Session::Guest(last);
        self.current
            .update(|current| std::mem::swap(current, &mut ended));
        ended
    }

    /// Reads the session without tracking it.
    pub fn with_now<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        self.current.with_untracked(read)
    }

    /// Reads the session of a signed-in member of staff without tracking it.
    pub fn with_staff_now<T>(self, read: impl FnOnce(&SignedIn) -> T) -> Option<T> {
        self.with_now(|session| match session.person() {
            Some(Person::Staff(signed_in)) => Some(read(signed_in)),
            Some(Person::Patient(_)) | None => None,
        })
    }

    /// Reads the session. Tracks sign-in and sign-out.
    pub fn with<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        unsubscribe_on_cleanup(self.current).with(read)
    }
}
