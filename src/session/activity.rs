//! What a session watches the page for: activity, coming back, leaving, and messages of other tabs.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::MessageEvent;

use super::{
    end::{End, end},
    tabs::{ACTIVE, SIGNED_OUT, channel, say},
    timeout::Watch,
    warning::Warning,
};
use crate::{router::Entrance, state::Portal};

/// Watches over a session as long as it is on the page, and warns before it ends.
#[component]
pub fn SessionTimeout(portal: &'static Portal, entrance: Entrance) -> impl IntoView {
    let watch = Watch::start(portal, entrance);
    portal.farewell.set(None);
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
