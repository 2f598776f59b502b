//! What every page is given: the portal's state.

use ::config::Config;
use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    i18n::{Language, Message, Words},
    preferences::Theme,
    router::{Entrance, Entrances, Inside, Route, Router},
    store::SessionStore,
    ui::is_plain,
};

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The form of one of the entrances.
    SignIn(Entrance),
    /// What asks a patient for the one-time code. It has no address of its own.
    Code,
    /// A page behind sign-in.
    Inside(Inside),
    /// What stands at every other address.
    NotFound,
}

/// The portal's state. It is made once and lives as long as the document does, so that a reference to
/// it, in each of a page's many closures, is all it takes.
#[derive(Clone, Copy)]
pub struct Portal {
    /// What the deployment decided.
    pub config: &'static Config,
    /// The page's language.
    pub lang: Language,
    /// Dark or light.
    pub theme: RwSignal<Theme>,
    /// The place asked for.
    pub router: Router,
    /// Whether there is a network, as far as the browser knows.
    pub online: RwSignal<bool>,
    /// Why the last session ended, where that was not the person's own wish.
    pub farewell: RwSignal<Option<Message>>,
    /// Who is signed in.
    pub session: SessionStore,
}

impl Portal {
    /// A portal at `router`'s place, as pages are served: light, and as if there were a network. `last`
    /// is the entrance this tab used last.
    pub fn new(
        config: &'static Config,
        words: &'static Words,
        router: Router,
        last: Entrance,
    ) -> &'static Self {
        Box::leak(Box::new(Self {
            config,
            lang: Language::new(words),
            theme: RwSignal::new(Theme::Light),
            router,
            online: RwSignal::new(true),
            farewell: RwSignal::new(None),
            session: SessionStore::new(last),
        }))
    }

    /// The place the visitor is really at; follows navigation, sign-in and sign-out.
    pub fn place(&self) -> Route {
        let open = Entrances::from(self.config);
        self.router.asked().settle(self.session.visitor(), open)
    }

    /// The page that stands there; follows all of these as well.
    pub fn page(&self) -> Page {
        match self.place() {
            // One address, two pages: before a patient's record a code may be asked for.
            Route::SignIn(Entrance::Patient, _) if self.session.wants_code() => Page::Code,
            Route::SignIn(entrance, _) => Page::SignIn(entrance),
            Route::Inside(inside) => Page::Inside(inside),
            Route::NotFound => Page::NotFound,
        }
    }

    /// Follows a link within the page when it is plainly clicked.
    pub fn follow_link(&self, event: &MouseEvent, route: Route) {
        if is_plain(event) {
            event.prevent_default();
            self.router.push(route);
        }
    }
}
