//! Helpers for tests in a page: mounting, events as a browser dispatches them, and waiting.

// Each test file uses a part of this.
#![allow(dead_code)]

use std::{any::Any, cell::Cell, time::Duration};

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

/// A mounted view in an element of its own, removed when dropped.
pub struct Shown {
    root: HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

const ROOT: &str = "shown-by-a-test";

/// Mounts a view in place of any other.
pub fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Shown {
    // A test that failed did not clean up, and ids must be unique.
    while let Some(left) = document().get_element_by_id(ROOT) {
        left.remove();
    }
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    root.set_id(ROOT);
    body().append_child(&root).unwrap();
    let mounted = leptos::mount::mount_to(root.clone(), view);
    Shown {
        root,
        mounted: Some(Box::new(mounted)),
    }
}

impl Shown {
    /// The first element that matches.
    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root
            .query_selector(selector)
            .unwrap()
            .map(JsCast::unchecked_into)
    }

    /// The only element that matches.
    #[track_caller]
    pub fn one(&self, selector: &str) -> HtmlElement {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{selector} in {}", self.root.inner_html());
        all.into_iter().next().unwrap()
    }

    /// The only input that matches.
    #[track_caller]
    pub fn input(&self, selector: &str) -> HtmlInputElement {
        self.one(selector).unchecked_into()
    }

    /// All elements that match.
    pub fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let list = self.root.query_selector_all(selector).unwrap();
        (0..list.length())
            .filter_map(|index| list.get(index))
            .map(JsCast::unchecked_into)
            .collect()
    }

    /// The only element that matches and whose text is exactly this.
    #[track_caller]
    pub fn with_text(&self, selector: &str, text: &str) -> HtmlElement {
        let found: Vec<_> = self
            .all(selector)
            .into_iter()
            .filter(|element| text_of(element) == text)
            .collect();
        assert_eq!(found.len(), 1, "{text} in {}", self.root.inner_html());
        found.into_iter().next().unwrap()
    }

    /// The text of the only element that matches.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        text_of(&self.one(selector))
    }

    /// All of its text.
    pub fn all_text(&self) -> String {
        text_of(&self.root)
    }

    /// Unmounts it, as leaving a page does.
    pub fn leave(mut self) {
        self.mounted = None;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.mounted = None;
        self.root.remove();
    }
}

fn body() -> HtmlElement {
    document().body().unwrap()
}

/// Text content.
pub fn text_of(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

/// Element id of the focus.
pub fn focused() -> String {
    document()
        .active_element()
        .map(|it| it.id())
        .unwrap_or_default()
}

/// Accessible description of an input, in reading order.
pub fn description(input: &Element) -> Vec<String> {
    input
        .get_attribute("aria-describedby")
        .unwrap_or_default()
        .split_whitespace()
        .map(|id| {
            let element = document().get_element_by_id(id);
            text_of(&element.unwrap_or_else(|| panic!("{id} leads nowhere")))
        })
        // A part without text: white space says nothing.
        .filter(|text| !text.trim().is_empty())
        .collect()
}

/// Replaces the text of an input, and leaves it.
pub fn enter(input: &HtmlInputElement, text: &str) {
    input.focus().unwrap();
    input.set_value(text);
    dispatch(input, "input");
    dispatch(input, "change");
    input.blur().unwrap();
}

/// Chooses a radio button as arrow keys do: the browser checks it, then dispatches the event.
pub fn choose(radio: &HtmlInputElement) {
    radio.focus().unwrap();
    radio.set_checked(true);
    dispatch(radio, "input");
    dispatch(radio, "change");
}

/// Dispatches a bubbling, cancelable event; `false` if it was cancelled.
pub fn dispatch(target: &web_sys::EventTarget, name: &str) -> bool {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(name, &init).unwrap();
    target.dispatch_event(&event).unwrap()
}

/// Waits for some milliseconds.
pub async fn sleep(milliseconds: u64) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let done = move || {
            let _ = done.call0(&JsValue::UNDEFINED);
        };
        set_timeout(done, Duration::from_millis(milliseconds));
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until effects and what they deferred have run.
pub async fn settled() {
    for _ in 0..3 {
        sleep(0).await;
    }
}

/// Waits until a condition holds; fails after 10 seconds.
pub async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        sleep(20).await;
    }
    panic!("still not: {what}");
}

thread_local! {
    static WATCHING: Cell<bool> = const { Cell::new(false) };
    static MISHAPS: Cell<u32> = const { Cell::new(0) };
}

/// Number of panics and uncaught errors since the first call. Each ends only its task or event handler, so a
/// test would not notice.
pub fn uncaught_errors() -> u32 {
    // Not a panic hook, which cannot be set after a test has failed.
    if !WATCHING.replace(true) {
        for name in ["error", "unhandledrejection"] {
            // Kept as long as the page.
            let _ = window_event_listener_untyped(name, |_| MISHAPS.set(MISHAPS.get() + 1));
        }
    }
    MISHAPS.get()
}
