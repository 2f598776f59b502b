//! What every page is given: the portal's state.

use ::config::Config;
use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    i18n::{Locale, Message, Messages},
    preferences::Theme,
    router::{Audience, Audiences, ProtectedRoute, Route, Router},
    store::SessionStore,
    ui::is_plain_click,
};

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The form of one of the entrances.
    SignIn(Audience),
    /// What asks a patient for the one-time code. It has no address of its own.
    OneTimeCode,
    /// A page behind sign-in.
    Protected(ProtectedRoute),
    /// What stands at every other address.
    NotFound,
}

/// The portal's state. It is made once and lives as long as the document does, so that a reference to
/// it, in each of a page's many closures, is all it takes.
#[derive(Clone, Copy)]
pub struct AppState {
    /// What the deployment decided.
    pub config: &'static Config,
    /// The page's language.
    pub locale: Locale,
    /// Dark or light.
    pub theme: RwSignal<Theme>,
    /// The place asked for.
    pub router: Router,
    /// Whether there is a network, as far as the browser knows.
    pub online: RwSignal<bool>,
    /// Why the last session ended, where that was not the person's own wish.
    pub signed_out_message: RwSignal<Option<Message>>,
    /// Who is signed in.
    pub session: SessionStore,
}

impl AppState {
    /// A portal at `router`'s place, as pages are served: light, and as if there were a network. `last`
    /// is the entrance this tab used last.
    pub fn new(
        config: &'static Config,
        messages: &'static Messages,
        router: Router,
        last: Audience,
    ) -> &'static Self {
        Box::leak(Box::new(Self {
            config,
            locale: Locale::new(messages),
            theme: RwSignal::new(Theme::Light),
            router,
            online: RwSignal::new(true),
            signed_out_message: RwSignal::new(None),
            session: SessionStore::new(last),
        }))
    }

    /// The place the visitor is really at; follows navigation, sign-in and sign-out.
    pub fn place(&self) -> Route {
        let open = Audiences::from(self.config);
        self.router
            .requested()
            .resolve(self.session.visitor(), open)
    }

    /// The page that stands there; follows all of these as well.
    pub fn page(&self) -> Page {
        match self.place() {
            // One address, two pages: before a patient's record a code may be asked for.
            Route::SignIn(Audience::Patient, _) if self.session.awaits_code() => Page::OneTimeCode,
            Route::SignIn(audience, _) => Page::SignIn(audience),
            Route::Protected(protected) => Page::Protected(protected),
            Route::NotFound => Page::NotFound,
        }
    }

    /// Follows a link within the page when it is plainly clicked.
    pub fn navigate(&self, event: &MouseEvent, route: Route) {
        if is_plain_click(event) {
            event.prevent_default();
            self.router.push(route);
        }
    }
}
