//! The session: who is signed in. The only place that holds a person's data and token, in memory only.
//! The store's copy is wiped when the session ends; copies on a page go with the page. The cookie of SPICE
//! 2.0 is kept by the browser and cannot be read here.

use std::sync::Arc;

use contract::{
    patient::{CodeId, Name, Patient},
    personal::Personal,
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

    /// The person's name in a script: `is_arabic`, or the other one where there is none. Without any name the number or
    /// user name that the person has.
    pub fn name(&self, is_arabic: bool) -> PersonName {
        match self {
            Self::Patient(patient) => {
                let latin = parts(&patient.name);
                let arabic = parts(&patient.name_ar);
                let (lang, [first, last]) = match (has_text(&latin), has_text(&arabic)) {
                    (is_latin, true) if is_arabic || !is_latin => (Some("ar"), arabic),
                    (true, _) => (Some("en"), latin),
                    (false, _) => (None, latin),
                };
                PersonName {
                    lang,
                    ..PersonName::of([first.or(last), last], patient.patient_id.as_ref())
                }
            }
            Self::Staff(signed_in) => {
                let staff = &signed_in.staff;
                let [first, last] = [staff.first_name.as_ref(), staff.last_name.as_ref()];
                PersonName::of([first.or(last), last], staff.username.as_ref())
            }
        }
    }
}

fn parts(name: &Name) -> [Option<&Personal>; 2] {
    [
        name.first.as_ref().or(name.middle.as_ref()),
        name.last.as_ref(),
    ]
}

fn has_text(parts: &[Option<&Personal>; 2]) -> bool {
    parts.iter().any(Option::is_some)
}

/// A person's name for the header: of few letters, so that it never fills a phone's screen.
#[derive(Debug, PartialEq, Eq, Default)]
pub struct PersonName {
    /// Language of the service's field that the name is from; `None` where the service does not tell.
    pub lang: Option<&'static str>,
    /// First and last name.
    pub full: String,
    /// First letters of both; one in Arabic, whose letters would join.
    pub initials: String,
}

impl PersonName {
    /// Longest name, in letters.
    const LONGEST: usize = 30;

    fn of([first, last]: [Option<&Personal>; 2], otherwise: Option<&Personal>) -> Self {
        let Some(first) = first.or(otherwise).map(Personal::as_str) else {
            return Self::default();
        };
        let last = last.map(Personal::as_str).filter(|last| *last != first);
        let full: Vec<_> = [Some(first), last].into_iter().flatten().collect();
        let is_joined = |letter: &char| matches!(letter, '\u{600}'..='\u{8ff}');
        let mut initials: String = full.iter().copied().filter_map(initial).collect();
        if let Some(letter) = initials.chars().next().filter(is_joined) {
            initials = letter.to_string();
        }
        Self {
            full: shortened(&full.join(" ")),
            initials,
            lang: None,
        }
    }
}

/// The first letter or digit; what only steers the direction of a text is none.
fn initial(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_ascii_alphanumeric() || (*c > '\u{bf}' && !matches!(c, '\u{200b}'..='\u{206f}'))
    })
}

/// The text, or its beginning and an ellipsis.
fn shortened(text: &str) -> String {
    if text.chars().nth(PersonName::LONGEST).is_none() {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(PersonName::LONGEST - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
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

    /// True if a member of staff is signed in by a cookie, which all tabs share. Does not track it.
    pub fn has_cookie_now(self) -> bool {
        self.with_staff_now(SignedIn::has_cookie) == Some(true)
    }

    /// Reads the session. Tracks sign-in and sign-out.
    pub fn with<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        unsubscribe_on_cleanup(self.current).with(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(first: &str, last: &str) -> PersonName {
        let part = |text: &str| (!text.is_empty()).then(|| Personal::from(text));
        let (first, last) = (part(first), part(last));
        let number = Personal::from("0012345");
        PersonName::of([first.as_ref(), last.as_ref()], Some(&number))
    }

    fn is(name: &PersonName, full: &str, initials: &str) {
        assert_eq!([&*name.full, &*name.initials], [full, initials]);
    }

    #[test]
    fn name_has_initials() {
        is(&name("Abdullah", "Al-Harbi"), "Abdullah Al-Harbi", "AA");
        is(&name("عبدالله", "الحربي"), "عبدالله الحربي", "ع");
        is(&name("Madonna", ""), "Madonna", "M");
        is(&name("\u{202e}Éva", "(Ü"), "\u{202e}Éva (Ü", "ÉÜ");
    }

    #[test]
    fn name_has_the_language_of_the_field_it_is_from() {
        let lang = |name: &str, is_arabic| {
            let body = [r#"{"fileNo":"0012345","name":{"#, name, "}}"].concat();
            let record = contract::patient::read_login(&contract::response::Response {
                status: 200,
                headers: contract::response::Headers::default(),
                body: body.as_bytes(),
            });
            let name = Person::Patient(Box::new(record.unwrap())).name(is_arabic);
            (name.full, name.lang)
        };
        let latin = r#""firstName":"Sara""#;
        let arabic = r#""firstNameAr":"سارة""#;
        let both = [latin, ",", arabic].concat();
        for is_arabic in [false, true] {
            assert_eq!(lang(latin, is_arabic), ("Sara".into(), Some("en")));
            assert_eq!(lang(arabic, is_arabic), ("سارة".into(), Some("ar")));
            assert_eq!(lang("", is_arabic), ("0012345".into(), None));
        }
        assert_eq!(lang(&both, false), ("Sara".into(), Some("en")));
        assert_eq!(lang(&both, true), ("سارة".into(), Some("ar")));
    }

    #[test]
    fn person_without_a_name_is_called_by_number() {
        is(&name("", ""), "0012345", "0");
        let empty = PersonName::of([None, None], None);
        assert_eq!(empty, PersonName::default());
    }

    #[test]
    fn long_name_is_shortened() {
        let long = name(&"ب".repeat(80), &"x".repeat(80));
        assert_eq!(long.full.chars().count(), 30);
        assert!(long.full.ends_with('…'));
        is(
            &name("Maximilian Johannes Amadeus von", ""),
            "Maximilian Johannes Amadeus v…",
            "M",
        );
    }
}
