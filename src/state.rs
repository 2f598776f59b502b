//! State shared by all pages.

use ::config::Config;
use leptos::{ev::MouseEvent, prelude::*};

use crate::{
    i18n::{Locale, Message, Messages},
    preferences::{self, Theme},
    router::{Audience, Audiences, ProtectedRoute, Route, Router, Visitor},
    store::{Person, Session, SessionStore},
    ui::is_plain_click,
};

/// A page of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Sign-in form of an audience.
    SignIn(Audience),
    /// One-time code before a patient's record. It has no address of its own.
    OneTimeCode,
    /// Page behind sign-in.
    Protected(ProtectedRoute),
    /// Any other address.
    NotFound,
}

/// Reason why a session ended.
#[derive(Debug, Clone, Copy)]
pub struct SignedOutMessage {
    /// Text on the sign-in page.
    pub message: Message,
    /// True if a call to the help phone may get further than the person can alone.
    pub needs_help: bool,
}

/// State shared by all pages. Made once and leaked: it lives as long as the document, and closures
/// copy a reference to it.
#[derive(Clone, Copy)]
pub struct AppState {
    /// The deployment's configuration.
    pub config: &'static Config,
    /// Language of the page.
    pub locale: Locale,
    /// Theme of the page.
    pub theme: RwSignal<Theme>,
    /// The route asked for.
    pub router: Router,
    /// `navigator.onLine`.
    pub online: RwSignal<bool>,
    /// Reason why the last session ended.
    pub signed_out_message: RwSignal<Option<SignedOutMessage>>,
    /// Who is signed in.
    pub session: SessionStore,
    /// True from a sign-in that asked for no page until its first page is shown.
    fresh_sign_in: RwSignal<bool>,
}

impl AppState {
    /// State for the router's route, as pages are prerendered: light and online. `last` is the audience that
    /// signed in last in this tab.
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
            fresh_sign_in: RwSignal::new(false),
        }))
    }

    /// Begins the session of a person who has signed in.
    pub fn sign_in(&self, person: Person) {
        let asked_for_no_page = matches!(self.router.requested_now(), Route::SignIn(_, None));
        self.fresh_sign_in.set(asked_for_no_page);
        self.session.begin(Session::SignedIn(person));
    }

    /// True once after a sign-in that asked for no page.
    pub fn take_fresh_sign_in(&self) -> bool {
        let is_fresh = self.fresh_sign_in.get_untracked();
        self.fresh_sign_in.set(false);
        is_fresh
    }

    /// The route that the visitor is led to. Tracks navigation, sign-in and sign-out.
    pub fn place(&self) -> Route {
        let open = Audiences::from(self.config);
        self.router
            .requested()
            .resolve(self.session.visitor(), open)
    }

    /// The page at that route. Tracks the same.
    pub fn page(&self) -> Page {
        match self.place() {
            // One address, two pages: the code page stands before a patient's record.
            Route::SignIn(Audience::Patient, _) if self.session.awaits_code() => Page::OneTimeCode,
            Route::SignIn(audience, _) => Page::SignIn(audience),
            Route::Protected(protected) => Page::Protected(protected),
            Route::NotFound => Page::NotFound,
        }
    }

    /// [`AppState::help_phone`] without tracking.
    pub fn help_phone_now(&self) -> Option<&'static str> {
        untrack(|| self.help_phone())
    }

    /// The page's audience. Tracks what [`AppState::place`] does.
    pub fn audience(&self) -> Audience {
        match (self.session.visitor(), self.place()) {
            (Visitor::SignedIn(audience), _) | (_, Route::SignIn(audience, _)) => audience,
            (Visitor::Guest(last), Route::Protected(_) | Route::NotFound) => last,
        }
    }

    /// Phone number for help of the page's audience. Tracks what [`AppState::place`] does.
    pub fn help_phone(&self) -> Option<&'static str> {
        let brand = &self.config.brand.help_phone;
        match self.audience() {
            Audience::Patient => brand.as_deref(),
            Audience::Staff => self
                .config
                .staff
                .help_phone
                .as_ref()
                .or(brand.as_ref())
                .map(String::as_str),
        }
    }

    /// On a shared device: puts language and theme back to the portal's own.
    pub fn forget_preferences(&self) {
        if self.config.shared_device {
            preferences::forget();
            let audience = self
                .router
                .requested_now()
                .audience(Audiences::from(self.config));
            self.locale
                .switch(preferences::initial_language(self.config, audience, ""));
            self.theme.set(Theme::preferred());
        }
    }

    /// Follows a link within the app, unless the click opens a new tab or window.
    pub fn navigate(&self, event: &MouseEvent, route: Route) {
        if is_plain_click(event) {
            event.prevent_default();
            self.router.push(route);
        }
    }
}
