//! The end of a session: by the person's wish, by the clock, by another tab, by leaving the page, by
//! the server. The only place that ends one.
//!
//! Deadlines are moments on the wall clock, looked at each second and whenever the page is come back
//! to: a device that sleeps wakes up to what is left of them, which may be nothing.

use std::time::Duration;

use contract::service_error::ServiceError;
use js_sys::Date;
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, HtmlDialogElement, MessageEvent};

use crate::{
    api,
    config::SessionLimits as Limits,
    failure::Failure,
    i18n::{Message, Pick},
    portal::Portal,
    route::{Entrance, Route},
    session::{Person, Session},
    ui::{Button, clock, spoken_wait},
};

/// Why a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The person signs out.
    Wish,
    /// Nobody did anything for too long.
    Idle,
    /// It has lasted as long as one may.
    Late,
    /// Somebody signed out in another tab.
    Elsewhere,
    /// The server knows the session no more.
    Over,
    /// The page is left.
    Left,
}

/// What tabs tell each other. Nothing else that comes is listened to.
const SIGNED_OUT: &str = "signed-out";
const ACTIVE: &str = "active";

/// Signs out, by the person's wish.
pub fn leave(portal: &'static Portal) {
    end(portal, End::Wish);
}

/// Ends the session, wipes what it held, and shows the sign-in page the person came through: with a
/// sentence that says why, and the way back to where they were, unless they wished it. The token is
/// revoked behind their back: a server that is slow to say yes must not keep the record on the
/// screen.
fn end(portal: &'static Portal, why: End) {
    let place = portal.router.asked_now();
    let Session::Open(person) = portal.session.close() else {
        return;
    };
    let sentence: Option<Pick> = match why {
        End::Wish | End::Left => None,
        End::Idle => Some(|w| w.ended_idle),
        End::Late => Some(|w| w.ended_late),
        End::Elsewhere => Some(|w| w.ended_elsewhere),
        End::Over => Some(|w| w.session_over),
    };
    portal.farewell.set(sentence.map(Message::Plain));
    let back_to = match (why, place) {
        (End::Wish, _) | (_, Route::SignIn(..) | Route::NotFound) => None,
        (_, Route::Inside(inside)) => Some(inside),
    };
    portal
        .router
        .replace(Route::SignIn(person.entrance(), back_to));
    if let Person::Staff(signed_in) = person {
        spawn_local(async move {
            drop(api::staff::sign_out_of(portal.config, &signed_in).await);
        });
    }
    if matches!(why, End::Wish | End::Idle | End::Late) {
        announce(SIGNED_OUT);
    }
}

/// Between the tabs of this origin. `None` where the browser has none: then each tab is on its own.
fn channel() -> Option<BroadcastChannel> {
    BroadcastChannel::new("logistration").ok()
}

fn say(channel: &BroadcastChannel, word: &str) {
    // Nobody needs to hear it.
    let _ = channel.post_message(&JsValue::from_str(word));
}

/// Tells the other tabs. This one hears it as well, and it is so here already.
fn announce(word: &str) {
    if let Some(channel) = channel() {
        say(&channel, word);
        channel.close();
    }
}

/// What is known of a session's time. Lives as long as the session does.
#[derive(Clone, Copy)]
struct Watch {
    portal: &'static Portal,
    limits: Limits,
    opened: f64,
    /// When somebody last did something, here or in another tab.
    active: StoredValue<f64>,
    /// Seconds until sign-out, from the warning on; 0 before.
    left: RwSignal<usize>,
    /// When the server last heard of the session.
    asked: StoredValue<f64>,
}

/// How often the server is asked at most whether a session still holds, in milliseconds.
const ASK_EVERY: f64 = 60_000.0;

impl Watch {
    /// Somebody did something. Once the warning is up it takes an answer to it.
    fn note_activity(self) -> bool {
        let counts = self.left.try_get_untracked() == Some(0)
            && Date::now() - self.active.try_get_value().unwrap_or(f64::MAX) > 1_000.0;
        if counts {
            self.stay();
        }
        counts
    }

    fn stay(self) {
        let _ = self.active.try_set_value(Date::now());
        let _ = self.left.try_set(0);
    }

    fn look(self) {
        let Some(active) = self.active.try_get_value() else {
            return;
        };
        let now = Date::now();
        let idle = active + f64::from(self.limits.idle_seconds) * 1000.0 - now;
        let late = self.opened + f64::from(self.limits.absolute_seconds) * 1000.0 - now;
        if idle <= 0.0 || late <= 0.0 {
            return end(self.portal, if late <= 0.0 { End::Late } else { End::Idle });
        }
        let left = (idle.min(late) / 1000.0).ceil();
        let warn = left <= f64::from(self.limits.warn_seconds);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of seconds, a week at most"
        )]
        let left = if warn { left as usize } else { 0 };
        let _ = self.left.try_set(left);
    }

    /// The person is back. The session of a member of staff may have been ended on the server
    /// meanwhile, and nothing else in the portal would ever hear of it. Only a clear "no" ends it
    /// here, too: a service that is down, or forbids just this question, is no reason.
    fn come_back(self) {
        self.look();
        let Some(asked) = self.asked.try_get_value() else {
            return;
        };
        let now = Date::now();
        let config = self.portal.config;
        let asking = self
            .portal
            .session
            .with_now(|session| match session.person() {
                Some(Person::Staff(signed_in)) if now - asked > ASK_EVERY => {
                    Some(api::staff::look_after(config, signed_in))
                }
                _ => None,
            });
        let Some(asking) = asking else {
            return;
        };
        let _ = self.asked.try_set_value(now);
        spawn_local(async move {
            let answer = asking.await;
            // It may be another's session by now.
            if self.asked.try_get_value() == Some(now)
                && answer == Err(Failure::Refused(ServiceError::SessionOver))
            {
                end(self.portal, End::Over);
            }
        });
    }

    fn look_each_second(self) {
        if self.active.try_get_value().is_some() {
            self.look();
            set_timeout(move || self.look_each_second(), Duration::from_secs(1));
        }
    }
}

/// Watches over a session as long as it is on the page, and warns before it ends.
#[component]
pub fn Expiry(portal: &'static Portal, entrance: Entrance) -> impl IntoView {
    let limits = match entrance {
        Entrance::Patient => portal.config.patient_session_limits(),
        Entrance::Staff => portal.config.staff_session_limits(),
    };
    let now = Date::now();
    let watch = Watch {
        portal,
        limits,
        opened: now,
        active: StoredValue::new(now),
        left: RwSignal::new(0),
        asked: StoredValue::new(now),
    };
    portal.farewell.set(None);
    watch.look_each_second();
    listen(watch);
    view! { <Warning watch/> }
}

/// Listens for activity, for coming back and for leaving, until the session is over.
fn listen(watch: Watch) {
    let channel = StoredValue::new_local(channel());
    let act = move || {
        if watch.note_activity() {
            let _ = channel.try_with_value(|channel| {
                if let Some(channel) = channel {
                    say(channel, ACTIVE);
                }
            });
        }
    };
    let heard = [
        window_event_listener(ev::pointerdown, move |_| act()),
        window_event_listener(ev::keydown, move |_| act()),
        window_event_listener(ev::wheel, move |_| act()),
        window_event_listener(ev::visibilitychange, move |_| watch.look()),
        window_event_listener(ev::pageshow, move |_| watch.come_back()),
        window_event_listener(ev::focus, move |_| watch.come_back()),
        window_event_listener(ev::pagehide, move |_| end(watch.portal, End::Left)),
    ];
    let hear = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        match message.data().as_string().as_deref() {
            Some(SIGNED_OUT) => end(watch.portal, End::Elsewhere),
            Some(ACTIVE) => watch.stay(),
            _ => {}
        }
    });
    channel.with_value(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
    });
    let hear = StoredValue::new_local(hear);
    on_cleanup(move || {
        heard.into_iter().for_each(WindowListenerHandle::remove);
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.close();
            }
        });
        // Only now, with nobody left to call it.
        hear.dispose();
    });
}

const WARNING: &str = "expiry";

/// The dialog that asks whether somebody is still there. The browser keeps the focus in it and
/// gives it back; Escape means to stay.
#[component]
fn Warning(watch: Watch) -> impl IntoView {
    let Watch { portal, left, .. } = watch;
    let lang = portal.lang;
    Effect::new(move || {
        let wanted = left.get() > 0;
        let dialog = document().get_element_by_id(WARNING);
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
            && dialog.open() != wanted
        {
            if wanted {
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    let stay = move || {
        watch.stay();
        announce(ACTIVE);
    };
    view! {
        <dialog
            class="dialog"
            id=WARNING
            aria-labelledby="expiry-title"
            aria-describedby="expiry-text"
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                stay();
            }
        >
            <h2 class="dialog__title" id="expiry-title">
                {lang.text(|w| w.still_there)}
            </h2>
            <p id="expiry-text">
                {lang.text(|w| w.signing_out_in)} " "
                <span class="dialog__clock" aria-hidden="true">
                    {move || clock(lang.words(), left.get())}
                </span>
                <span class="visually-hidden" role="timer" aria-live="assertive">
                    {move || match left.get() {
                        0 => String::new(),
                        seconds => (lang.words().signing_out_after)(spoken_wait(seconds)),
                    }}
                </span>
            </p>
            <div class="dialog__actions">
                <Button class="button" text=lang.text(|w| w.stay) on_click=move |()| stay()/>
                <Button
                    class="dialog__leave"
                    text=lang.text(|w| w.sign_out_now)
                    on_click=move |()| leave(portal)
                />
            </div>
        </dialog>
    }
}
