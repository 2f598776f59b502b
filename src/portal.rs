//! What every page is given: the portal's state, in handles that are free to copy.

use leptos::prelude::*;

use crate::{
    config::Config,
    i18n::{Language, Message},
    preferences::Theme,
    route::{Route, Router},
    session::SessionStore,
};

/// The portal's state. It is made once and outlives every page.
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
    /// The place the visitor is really at; follows navigation, sign-in and sign-out.
    pub fn place(self) -> Route {
        let open = self.config.entrances();
        self.router.asked().settle(self.session.visitor(), open)
    }
}
