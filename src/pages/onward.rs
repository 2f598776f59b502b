//! Links to where a signed-in person can go on to, and the countdown of one that is followed by itself.
//! Twenty seconds, and any key or press stops it: WCAG 2.2.1, timing adjustable.

use ::config::OnwardLink;
use contract::personal::Personal;
use leptos::{ev, prelude::*};

use crate::{
    i18n::Message,
    session,
    state::AppState,
    store::{Person, Session},
    ui::{Button, Countdown, OutwardLinks, Timer, after_release, after_render, focus_heading},
};

/// Seconds until an automatic link is followed.
const WAIT: u32 = 20;

/// The links that a person has.
fn links_of(person: &Person, state: &'static AppState) -> Vec<&'static OnwardLink> {
    let links = state.config.onward.iter();
    match person {
        Person::Patient(_) => links.filter(|link| link.is_for_patients()).collect(),
        Person::Staff(signed_in) => {
            let staff = &signed_in.staff;
            let roles = staff.roles.iter().filter_map(|role| role.name.as_ref());
            let roles: Vec<_> = roles.map(Personal::as_str).collect();
            let suites: Vec<_> = staff.suite_access.iter().map(Personal::as_str).collect();
            links
                .filter(|link| link.is_for_staff(&roles, &suites))
                .collect()
        }
    }
}

/// The region "Continue to", where the person has a link.
#[component]
pub(super) fn Onward(
    state: &'static AppState,
    /// True for a page that has the region.
    shown: bool,
) -> impl IntoView {
    let locale = state.locale;
    let person = |session: &Session| {
        let person = session.person()?;
        let terms_open = match person {
            Person::Staff(signed_in) => signed_in.staff.terms_accepted == Some(false),
            Person::Patient(_) => false,
        };
        Some((links_of(person, state), terms_open))
    };
    let (links, terms_open) = state.session.with_now(person).unwrap_or_default();
    let is_fresh = shown && state.take_fresh_sign_in();
    let automatic = match links.as_slice() {
        [only] if only.automatic && is_fresh => Some(*only),
        _ => None,
    };
    (shown && !links.is_empty()).then(|| {
        view! {
            <div class="card onward">
                <p class="onward__note" hidden=!terms_open>
                    {locale.text(|m| m.terms_to_accept)}
                </p>
                <OutwardLinks
                    locale
                    class="onward__region"
                    title=|m| m.continue_to
                    links=links.into_iter().map(|link| (&link.label, link.url.as_str())).collect()
                    link_class="button"
                    on_follow=|()| session::go_on()
                />
                <AutomaticOnward state link=automatic/>
            </div>
        }
    })
}

/// The countdown to a link, and the button that stops it.
#[component]
fn AutomaticOnward(state: &'static AppState, link: Option<&'static OnwardLink>) -> impl IntoView {
    let locale = state.locale;
    let timer = Timer::new();
    let stopped = RwSignal::new(false);
    if let Some(link) = link {
        timer.start(WAIT, move || {
            if !stopped.get_untracked() && state.online.get_untracked() {
                session::go_on();
                let _ = window().location().replace(&link.url);
            }
        });
    }
    let stop = move || {
        if timer.is_running() && !stopped.get_untracked() {
            stopped.set(true);
            // What is pressed must not move away.
            after_release(move || timer.stop());
        }
    };
    let listeners = [
        window_event_listener(ev::keydown, move |_| stop()),
        window_event_listener(ev::pointerdown, move |_| stop()),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    // Set after the region is in the document, so that it is announced.
    let announced = RwSignal::new(false);
    after_render(move || {
        let _ = announced.try_set(true);
    });
    let spoken = Signal::derive(move || match timer.left() {
        Some(0) if stopped.get() => locale.get(|m| m.onward_stopped).to_owned(),
        Some(left @ 1..) if announced.get() => {
            // Twice: at the start, and half-way.
            let seconds = left.div_ceil(10) * 10;
            Message::Counted(|m| m.onward_after, u32::try_from(seconds).unwrap_or(WAIT))
                .text(locale.messages())
                .into_owned()
        }
        _ => String::new(),
    });
    view! {
        <Countdown locale timer label=|m| m.onward_in spoken/>
        <Button
            class="text-button"
            text=locale.text(|m| m.stay_here)
            hidden=Signal::derive(move || !timer.has_time_left())
            on_click=move |()| {
                stop();
                after_release(focus_heading);
            }
        />
    }
}
