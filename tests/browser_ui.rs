//! The parts of a page and the frame around it, in a real browser: what they tell a screen reader,
//! where the focus goes, and that nothing a person typed is lost.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod in_page;

use std::{cell::Cell, rc::Rc};

use contract::{
    answer::{Answer, Headers},
    patient, staff,
};
use in_page::{
    Shown, choose, description, enter, focused, happen, mishaps, settled, show, text_of, until,
};
use leptos::prelude::*;
use logistration::{
    app::App,
    config::Config,
    i18n::{self, Language, Message, Words},
    portal::Portal,
    route::{Entrance, Inside, Route, Router},
    session::{Person, Session},
    ui::{
        Alert, Cards, Choice, ChoiceOption, ErrorSummary, Field, FieldProblem, FieldSpec, Form,
        Link, Notice, Password, Row, Section, SubmitButton, Value, follow_presses,
    },
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::*;
use web_sys::{
    Element, HtmlInputElement, KeyboardEvent, KeyboardEventInit, MouseEvent, MouseEventInit,
};

wasm_bindgen_test_configure!(run_in_browser);

fn english() -> &'static Words {
    i18n::find("en").unwrap()
}

fn arabic() -> &'static Words {
    i18n::find("ar").unwrap()
}

// --- Field ---

const PHONE: FieldSpec = FieldSpec {
    id: "phone",
    label: |w| w.mobile_number,
    hint: Some(|w| w.mobile_number_hint),
    kind: "tel",
    keys: "tel",
    autocomplete: "tel-national",
    read_back: false,
};

struct AField {
    shown: Shown,
    lang: Language,
    form: Form,
    note: RwSignal<Option<Message>>,
    changes: RwSignal<u32>,
}

/// What a form says of one field.
fn wrong(field: &'static str, sentence: i18n::Pick) -> Alert {
    Alert::Fields(vec![FieldProblem {
        field,
        message: Message::Plain(sentence),
    }])
}

fn a_field(spec: FieldSpec) -> AField {
    let lang = Language::new(english());
    let form = Form::new();
    let note = RwSignal::new(None);
    let changes = RwSignal::new(0);
    let shown = show(move || {
        let changed = move || changes.update(|count| *count += 1);
        view! { <Field lang spec form note changed/> }
    });
    AField {
        shown,
        lang,
        form,
        note,
        changes,
    }
}

#[wasm_bindgen_test]
async fn a_field_has_its_label_and_its_hint() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    let label = field.shown.one("label");
    assert_eq!(label.get_attribute("for"), Some(input.id()));
    assert_eq!(text_of(&label), "Mobile number");
    assert_eq!(description(&input), [english().mobile_number_hint]);
    assert_eq!(input.get_attribute("aria-invalid"), None);
    assert_eq!(
        (input.type_(), input.name()),
        ("tel".into(), "phone".into())
    );
    // Numbers run left to right on a page that runs the other way.
    assert_eq!(input.dir(), "ltr");
    label.click();
    assert_eq!(focused(), "phone");
}

#[wasm_bindgen_test]
async fn a_field_without_a_hint_is_described_by_nothing() {
    let field = a_field(FieldSpec {
        hint: None,
        ..PHONE
    });
    let input = field.shown.one("input");
    assert_eq!(input.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn an_error_is_read_before_hint_and_note() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    input.set_value("12");
    field.form.tell(Some(wrong("phone", |w| w.phone_short)));
    field.note.set(Some(Message::Plain(|w| w.phone_not_saudi)));
    settled().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(
        description(&input),
        [
            ["Error: ", english().phone_short].concat().as_str(),
            english().mobile_number_hint,
            english().phone_not_saudi,
        ]
    );
    field.lang.switch(arabic());
    settled().await;
    assert_eq!(
        description(&input),
        [
            ["خطأ: ", arabic().phone_short].concat().as_str(),
            arabic().mobile_number_hint,
            arabic().phone_not_saudi,
        ]
    );
    field.form.tell(None);
    field.note.set(None);
    settled().await;
    assert_eq!(input.get_attribute("aria-invalid"), None);
    assert_eq!(description(&input), [arabic().mobile_number_hint]);
    assert_eq!(input.value(), "12");
}

#[wasm_bindgen_test]
async fn the_place_of_a_note_is_there_before_the_note() {
    let field = a_field(PHONE);
    let place = field.shown.one("[role=status]");
    assert_eq!(text_of(&place), "");
    field.note.set(Some(Message::Plain(|w| w.phone_not_saudi)));
    settled().await;
    assert_eq!(text_of(&place), english().phone_not_saudi);
    assert!(place.is_same_node(Some(&field.shown.one("[role=status]"))));
}

#[wasm_bindgen_test]
async fn a_field_tells_when_another_text_was_left_in_it() {
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    enter(&input, "0512345678");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    assert_eq!(input.value(), "0512345678");
}

#[wasm_bindgen_test]
async fn a_field_waits_until_the_press_that_leaves_it_is_over() {
    follow_presses();
    let field = a_field(PHONE);
    let input = field.shown.input("input");
    settled().await;
    happen(&input, "pointerdown");
    enter(&input, "0512345678");
    settled().await;
    // A note now would move the button away from under the finger.
    assert_eq!(field.changes.get_untracked(), 0);
    happen(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
    happen(&input, "pointerdown");
    happen(&input, "pointerup");
    settled().await;
    assert_eq!(field.changes.get_untracked(), 1);
}

// --- Choice ---

fn a_choice() -> (Shown, Language, RwSignal<usize>) {
    let lang = Language::new(english());
    let chosen = RwSignal::new(0);
    let shown = show(move || {
        let option = |id: &str, pick: i18n::Pick| ChoiceOption {
            id: id.to_owned(),
            label: Signal::derive(move || lang.say(pick).to_owned()),
        };
        let options = vec![
            option("first", |w| w.national_id),
            option("second", |w| w.patient_id),
        ];
        view! { <Choice lang name="by" label=|w| w.sign_in_with options chosen/> }
    });
    (shown, lang, chosen)
}

fn checked(shown: &Shown) -> Vec<String> {
    shown
        .all("input")
        .into_iter()
        .map(JsCast::unchecked_into::<HtmlInputElement>)
        .filter(HtmlInputElement::checked)
        .map(|radio| radio.id())
        .collect()
}

#[wasm_bindgen_test]
async fn exactly_one_option_is_chosen_however_it_is_chosen() {
    let (shown, _, chosen) = a_choice();
    assert_eq!(checked(&shown), ["first"]);

    choose(&shown.input("#second"));
    assert_eq!(chosen.get_untracked(), 1);
    settled().await;
    assert_eq!(checked(&shown), ["second"]);

    shown.one("label[for=first]").click();
    assert_eq!(chosen.get_untracked(), 0);
    settled().await;
    assert_eq!(checked(&shown), ["first"]);

    chosen.set(1);
    settled().await;
    assert_eq!(checked(&shown), ["second"]);
}

#[wasm_bindgen_test]
async fn a_choice_is_a_named_group_of_labelled_radios() {
    let (shown, lang, _) = a_choice();
    let group = shown.one("[role=radiogroup]");
    let name = group.get_attribute("aria-labelledby").unwrap();
    assert_eq!(shown.text(&format!("#{name}")), "Sign in with");
    let radios = shown.all("input[type=radio][name=by]");
    assert_eq!(radios.len(), 2);
    assert_eq!(shown.text("label[for=first]"), "National ID");

    choose(&shown.input("#second"));
    lang.switch(arabic());
    settled().await;
    assert_eq!(shown.text(&format!("#{name}")), arabic().sign_in_with);
    assert_eq!(shown.text("label[for=first]"), arabic().national_id);
    assert_eq!(checked(&shown), ["second"]);
    assert!(radios[0].is_same_node(Some(&shown.one("#first"))));
}

// --- Password ---

struct APassword {
    view: Shown,
    lang: Language,
    shown: RwSignal<bool>,
    form: Form,
}

fn a_password() -> APassword {
    let lang = Language::new(english());
    let shown = RwSignal::new(false);
    let form = Form::new();
    let view = show(move || {
        view! {
            <Password
                lang
                id="password"
                label=|w| w.password
                form
                shown
                autocomplete="current-password"
            />
        }
    });
    APassword {
        view,
        lang,
        shown,
        form,
    }
}

#[wasm_bindgen_test]
async fn a_password_is_shown_and_hidden_by_its_button() {
    let APassword { view, lang, .. } = a_password();
    let (input, button) = (view.input("input"), view.one("button"));
    let news = view.all("[role=status]").remove(0);
    input.set_value("Spice@123");
    assert_eq!(input.type_(), "password");
    assert_eq!(text_of(&button), "Show password");
    // Nothing has happened yet that would be worth telling.
    assert_eq!(text_of(&news), "");

    button.click();
    settled().await;
    assert_eq!(input.type_(), "text");
    assert_eq!(text_of(&button), "Hide password");
    assert_eq!(text_of(&news), "Your password is shown");

    lang.switch(arabic());
    settled().await;
    assert_eq!(text_of(&button), arabic().hide_password);

    button.click();
    settled().await;
    assert_eq!(input.type_(), "password");
    assert_eq!(text_of(&news), arabic().password_hidden);
    assert_eq!(input.value(), "Spice@123");
    assert!(input.is_same_node(Some(&view.one("input"))));
}

#[wasm_bindgen_test]
async fn a_shown_password_is_hidden_on_order_and_on_coming_back() {
    let APassword { view, shown, .. } = a_password();
    let input = view.input("input");
    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
    shown.set(false);
    settled().await;
    assert_eq!(input.type_(), "password");
    assert_eq!(view.text("button"), "Show password");

    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
    happen(&window(), "pageshow");
    settled().await;
    assert_eq!(input.type_(), "password");
    assert!(!shown.get_untracked());
}

#[wasm_bindgen_test]
async fn a_password_listens_to_the_page_only_while_it_is_there() {
    let before = mishaps();
    let password = a_password();
    settled().await;
    password.view.leave();
    happen(&window(), "pageshow");
    settled().await;
    assert_eq!(mishaps(), before);
}

#[wasm_bindgen_test]
async fn caps_lock_is_told_while_it_is_on() {
    let APassword { view, .. } = a_password();
    let input = view.input("input");
    let key = |caps_lock| {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_key("a");
        init.set_modifier_caps_lock(caps_lock);
        KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()
    };
    input.dispatch_event(&key(true)).unwrap();
    settled().await;
    assert_eq!(description(&input), ["Caps Lock is on"]);
    input.dispatch_event(&key(false)).unwrap();
    settled().await;
    assert_eq!(input.get_attribute("aria-describedby"), None);
    input.dispatch_event(&key(true)).unwrap();
    happen(&input, "blur");
    settled().await;
    assert_eq!(input.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn filling_in_by_a_password_manager_is_no_key() {
    // Managers dispatch a plain event by that name, without any of a key's properties.
    let before = mishaps();
    let APassword { view, .. } = a_password();
    let input = view.input("input");
    happen(&input, "keydown");
    happen(&input, "keyup");
    settled().await;
    assert_eq!(mishaps(), before);
    view.one("button").click();
    settled().await;
    assert_eq!(input.type_(), "text");
}

#[wasm_bindgen_test]
async fn an_error_describes_the_password() {
    let APassword { view, form, .. } = a_password();
    form.tell(Some(wrong("password", |w| w.password_empty)));
    settled().await;
    let input = view.input("input");
    assert_eq!(description(&input), ["Error: Enter your password"]);
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
}

// --- Form and ErrorSummary ---

/// Two fields with a summary above them, as a page has it.
fn a_form() -> (Shown, Language, Form) {
    let lang = Language::new(english());
    let form = Form::new();
    let shown = show(move || {
        let field = move |spec: FieldSpec| {
            let note = RwSignal::new(None);
            view! { <Field lang spec form note changed=|()| ()/> }
        };
        view! {
            <ErrorSummary lang form fields=&["phone", "national-id"]/>
            <form>
                {field(PHONE)}
                {field(FieldSpec { id: "national-id", label: |w| w.national_id_number, ..PHONE })}
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
            </form>
        }
    });
    (shown, lang, form)
}

fn two_problems() -> Alert {
    Alert::Fields(vec![
        FieldProblem {
            field: "phone",
            message: Message::Plain(|w| w.phone_empty),
        },
        FieldProblem {
            field: "national-id",
            message: Message::Plain(|w| w.national_id_empty),
        },
    ])
}

fn focus_is_in_summary(shown: &Shown) -> bool {
    let summary = shown.find("[role=alert]");
    let summary = summary.and_then(|alert| alert.parent_element());
    summary.is_some() && summary == document().active_element()
}

/// Whether the summary is to be seen.
fn is_alarmed(shown: &Shown) -> bool {
    shown.one("[role=alert]").offset_parent().is_some()
}

#[wasm_bindgen_test]
async fn the_summary_takes_the_focus_each_time_there_is_news() {
    let (shown, _, form) = a_form();
    assert!(!is_alarmed(&shown));
    form.tell(Some(two_problems()));
    settled().await;
    assert!(focus_is_in_summary(&shown));
    assert_eq!(
        shown.text("h2"),
        "There is a problem",
        "the summary is named by its heading"
    );

    shown.input("#phone").focus().unwrap();
    assert!(!focus_is_in_summary(&shown));
    form.tell(Some(two_problems()));
    // The same words once more are news to a screen reader only after they were gone.
    leptos::task::tick().await;
    assert!(!is_alarmed(&shown));
    settled().await;
    assert!(is_alarmed(&shown));
    assert!(focus_is_in_summary(&shown));

    form.tell(Some(Alert::Call(Message::Plain(|w| w.unreachable))));
    settled().await;
    assert!(focus_is_in_summary(&shown));
    assert_eq!(
        shown.text("[role=alert] p:not([hidden])"),
        english().unreachable
    );

    form.tell(None);
    settled().await;
    assert!(!is_alarmed(&shown));
}

#[wasm_bindgen_test]
async fn a_problem_leads_to_its_field_and_is_told_there_too() {
    let (shown, _, form) = a_form();
    form.tell(Some(two_problems()));
    settled().await;
    let links = shown.all("[role=alert] li:not([hidden]) a");
    assert_eq!(links.len(), 2);
    let address = window().location().href().unwrap();
    links[1].click();
    assert_eq!(focused(), "national-id");
    links[0].click();
    assert_eq!(focused(), "phone");
    // The address stays: a fragment would be a step in the history.
    assert_eq!(window().location().href().unwrap(), address);
    let told = &description(&shown.one("#phone"))[0];
    assert_eq!(told, &["Error: ", &text_of(&links[0])].concat());
    assert_eq!(
        shown.one("#phone").get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
}

#[wasm_bindgen_test]
async fn the_summary_follows_the_language_and_keeps_what_is_typed() {
    let (shown, lang, form) = a_form();
    let input = shown.input("#phone");
    input.set_value("12");
    form.tell(Some(two_problems()));
    settled().await;
    let link = shown.all("[role=alert] li:not([hidden]) a").remove(0);
    input.focus().unwrap();
    lang.switch(arabic());
    settled().await;
    assert_eq!(text_of(&link), arabic().phone_empty);
    assert_eq!(shown.text("h2"), arabic().problem);
    assert!(link.is_same_node(Some(&shown.all("[role=alert] li:not([hidden]) a")[0])));
    assert!(input.is_same_node(Some(&shown.one("#phone"))));
    assert_eq!(input.value(), "12");
    // The language is no news: the focus stays where the person is.
    assert_eq!(focused(), "phone");
}

#[wasm_bindgen_test]
async fn a_form_on_its_way_says_so_and_is_sent_once() {
    let (shown, _, form) = a_form();
    let button = shown.one("button");
    assert_eq!(text_of(&button), "Sign in");
    assert_eq!(button.get_attribute("aria-disabled"), None);
    button.focus().unwrap();
    assert!(form.start());
    assert!(!form.start());
    settled().await;
    assert_eq!(text_of(&button), "Signing in…");
    assert_eq!(
        button.get_attribute("aria-disabled").as_deref(),
        Some("true")
    );
    // A button that is really disabled would lose the focus.
    assert!(!button.has_attribute("disabled"));
    assert_eq!(document().active_element(), Some(button.clone().into()));
    assert!(form.finish());
    settled().await;
    assert_eq!(text_of(&button), "Sign in");
    assert!(form.start());
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_after_the_page_is_gone_finds_nobody() {
    let before = mishaps();
    let place = Rc::new(Cell::new(None));
    let shown = show({
        let place = Rc::clone(&place);
        move || {
            let lang = Language::new(english());
            let form = Form::new();
            place.set(Some(form));
            assert!(form.start());
            view! { <ErrorSummary lang form fields=&["phone"]/> }
        }
    });
    let form = place.get().unwrap();
    // The last news is on its way to the screen while the page is left.
    form.tell(Some(two_problems()));
    shown.leave();
    settled().await;
    assert!(!form.finish());
    form.tell(Some(two_problems()));
    assert!(form.trouble().is_none());
    assert!(!form.has_alert());
    assert!(form.problem_of("phone").is_none());
    assert!(!form.is_busy());
    assert!(!form.start());
    settled().await;
    assert_eq!(mishaps(), before);
}

// --- sections ---

#[wasm_bindgen_test]
async fn cards_show_their_rows_and_empty_ones_are_left_out() {
    let words = english();
    let shown = show(move || {
        let sections = vec![
            Section {
                title: "<b>Riyadh</b>".to_owned(),
                rows: vec![
                    Row::new(words.address, Value::Text("<i>الرياض</i> & Co".to_owned())),
                    Row::new(words.country_code, Value::Ltr("12214".to_owned())),
                    Row::new(
                        words.name_other_script,
                        Value::Script("ar", "rtl", "عبدالله".to_owned()),
                    ),
                    Row::new(
                        words.date_of_birth_hijri,
                        Value::Remark("17 Jumada II 1410 AH".to_owned(), words.computed),
                    ),
                ],
                ..Section::default()
            },
            Section {
                title: "Nothing".to_owned(),
                ..Section::default()
            },
        ];
        view! { <Cards words notice=Notice::new() sections/> }
    });
    assert_eq!(shown.text("h2"), "<b>Riyadh</b>");
    assert_eq!(shown.all("section").len(), 1);
    let labels: Vec<_> = shown.all("dt").iter().map(|dt| text_of(dt)).collect();
    assert_eq!(
        labels,
        [
            words.address,
            words.country_code,
            words.name_other_script,
            words.date_of_birth_hijri
        ]
    );
    let values = shown.all("dd");
    assert_eq!(text_of(&values[0]).trim(), "<i>الرياض</i> & Co");
    assert!(shown.find("i, b").is_none());
    let bdi = |value: &Element| value.query_selector("bdi").unwrap().unwrap();
    assert_eq!(bdi(&values[1]).get_attribute("dir").as_deref(), Some("ltr"));
    let name = bdi(&values[2]);
    assert_eq!(name.get_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(name.get_attribute("dir").as_deref(), Some("rtl"));
    assert!(text_of(&values[3]).contains(words.computed));
}

#[wasm_bindgen_test]
async fn a_masked_value_is_not_on_the_page_until_it_is_asked_for() {
    let words = english();
    let shown = show(move || {
        let row = Row::new(words.national_id, Value::Masked("1012345672".to_owned()));
        let sections = vec![Section {
            title: String::new(),
            rows: vec![row],
            ..Section::default()
        }];
        view! { <Cards words notice=Notice::new() sections/> }
    });
    let button = shown.one("button");
    assert_eq!(shown.text("dd bdi"), "••••••••72");
    assert_eq!(text_of(&button), "Show National ID");
    assert!(!shown.all_text().contains("1012345672"));
    button.click();
    settled().await;
    assert_eq!(shown.text("dd bdi"), "1012345672");
    assert_eq!(text_of(&button), "Hide National ID");
    button.click();
    settled().await;
    assert_eq!(shown.text("dd bdi"), "••••••••72");
}

// --- what outlives a page ---

#[wasm_bindgen_test]
async fn a_signal_that_outlives_its_readers_keeps_none_of_them() {
    let lang = Language::new(english());
    // A hundred pages of ten readers each.
    let come_and_go = async || {
        for _ in 0..100 {
            let readers = move || {
                (0..10)
                    .map(|_| move || lang.words().profile)
                    .collect::<Vec<_>>()
            };
            show(readers).leave();
        }
        settled().await;
        core::arch::wasm32::memory_size(0)
    };
    let mut before = 0;
    for _ in 0..5 {
        before = come_and_go().await;
    }
    let mut after = 0;
    for _ in 0..20 {
        after = come_and_go().await;
    }
    assert_eq!(after, before, "pages of 64 KB");
}

// --- Link ---

/// Clicks as a mouse does. Returns whether the page has taken the click for itself; the browser
/// never follows it, or the test would leave its page.
fn click(element: &Element, with: impl FnOnce(&MouseEventInit)) -> bool {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    with(&init);
    let taken = Rc::new(Cell::new(false));
    let name = if init.get_button().unwrap_or_default() == 0 {
        "click"
    } else {
        "auxclick"
    };
    let event = MouseEvent::new_with_mouse_event_init_dict(name, &init).unwrap();
    let watch = window_event_listener_untyped(name, {
        let taken = Rc::clone(&taken);
        move |event| {
            taken.set(event.default_prevented());
            event.prevent_default();
        }
    });
    element.dispatch_event(&event).unwrap();
    watch.remove();
    taken.get()
}

#[wasm_bindgen_test]
async fn a_plain_click_follows_and_any_other_is_left_to_the_browser() {
    let lang = Language::new(english());
    let here = RwSignal::new(false);
    let before = address();
    let portal = portal_at(Config::default(), PATIENT);
    let shown = show(move || {
        let on_click = move |event| portal.follow_link(&event, STAFF);
        view! { <Link lang text=|w| w.to_staff href="/staff" on_click current=here/> }
    });
    let link = shown.one("a");
    assert_eq!(text_of(&link), "Staff sign in");
    assert_eq!(link.get_attribute("href").as_deref(), Some("/staff"));

    assert!(!click(&link, |init| init.set_ctrl_key(true)));
    assert!(!click(&link, |init| init.set_meta_key(true)));
    assert!(!click(&link, |init| init.set_shift_key(true)));
    assert!(!click(&link, |init| init.set_alt_key(true)));
    assert!(!click(&link, |init| init.set_button(1)));
    assert_eq!(portal.router.asked_now(), PATIENT);
    assert!(click(&link, |_| ()));
    assert_eq!(portal.router.asked_now(), STAFF);
    go(&before);

    assert_eq!(link.get_attribute("aria-current"), None);
    here.set(true);
    settled().await;
    assert_eq!(link.get_attribute("aria-current").as_deref(), Some("page"));
}

// --- the whole portal ---

/// The portal at a place. The address of the test's page is put back when it is dropped.
struct APortal {
    shown: Shown,
    portal: &'static Portal,
    address: String,
}

impl Drop for APortal {
    fn drop(&mut self) {
        go(&self.address);
        let html = document().document_element().unwrap();
        let _ = html.set_attribute("dir", "ltr");
    }
}

fn go(address: &str) {
    let history = window().history().unwrap();
    let state = wasm_bindgen::JsValue::NULL;
    history
        .replace_state_with_url(&state, "", Some(address))
        .unwrap();
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

fn a_portal(route: Route) -> APortal {
    a_portal_with(Config::default(), route)
}

fn portal_at(config: Config, route: Route) -> &'static Portal {
    let config = Box::leak(Box::new(config));
    Portal::new(config, english(), Router::at("", route), Entrance::Patient)
}

fn a_portal_with(config: Config, route: Route) -> APortal {
    let before = address();
    go(&route.href(""));
    let portal = portal_at(config, route);
    APortal {
        shown: show(move || view! { <App portal/> }),
        portal,
        address: before,
    }
}

const PATIENT: Route = Route::SignIn(Entrance::Patient, None);
const STAFF: Route = Route::SignIn(Entrance::Staff, None);

fn a_patient() -> Person {
    let answer = patient::login_answer(&Answer {
        status: 200,
        headers: Headers::default(),
        body: r#"{"fileNo":"0012345","nationalID":"1012345672","dateOfBirth":"1990-01-15",
            "dateOfBirthHijri":"1410-06-17","gender":1,"nationalityISOCode":"SA",
            "name":{"firstName":"Abdullah","lastName":"Al-Harbi","firstNameAr":"عبدالله"},
            "billingAddress":{"city":"Riyadh"}}"#
            .as_bytes(),
    });
    Person::Patient(Box::new(answer.unwrap()))
}

fn a_member_of_staff() -> Person {
    let answer = staff::sign_in_answer(&Answer {
        status: 200,
        headers: Headers {
            authorization: Some("Bearer abc".into()),
            retry_after: None,
        },
        body: br#"{"username":"kavya_pro@spice.mdt","firstName":"Kavya",
            "roles":[{"id":1,"name":"PROVIDER"}]}"#,
    });
    Person::Staff(Box::new(answer.ok().unwrap()))
}

async fn come_in(portal: &'static Portal, person: Person) {
    portal.session.open(Session::Open(person));
    settled().await;
}

#[wasm_bindgen_test]
async fn the_sign_in_pages_lead_to_each_other() {
    let APortal { shown, portal, .. } = &a_portal(PATIENT);
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(document().title(), "Patient sign in – Logistration");
    assert!(click(&shown.saying("main a", "Staff sign in"), |_| ()));
    settled().await;
    assert_eq!(shown.text("h1"), "Staff sign in");
    assert_eq!(document().title(), "Staff sign in – Logistration");
    assert_eq!(address(), "/staff");
    // A new page is told by moving the focus to its heading.
    assert_eq!(document().active_element(), Some(shown.one("h1").into()));
    assert_eq!(portal.router.asked(), STAFF);
}

#[wasm_bindgen_test]
async fn the_first_page_leaves_the_focus_alone() {
    let APortal { shown, .. } = &a_portal(PATIENT);
    settled().await;
    assert_ne!(document().active_element(), Some(shown.one("h1").into()));
}

#[wasm_bindgen_test]
async fn a_guest_at_a_guarded_place_is_led_to_sign_in_and_then_back() {
    let a_portal = a_portal(Route::Inside(Inside::Addresses));
    let APortal { shown, portal, .. } = &a_portal;
    let steps = window().history().unwrap().length().unwrap();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/?next=/addresses");
    // A redirect that were a step of its own would trap the Back button.
    assert_eq!(window().history().unwrap().length().unwrap(), steps);

    come_in(portal, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Addresses");
    assert_eq!(address(), "/addresses");
    assert!(shown.all_text().contains("Riyadh"));
    assert_eq!(window().history().unwrap().length().unwrap(), steps);
}

#[wasm_bindgen_test]
async fn nothing_of_a_person_is_left_after_sign_out() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, portal, .. } = &a_portal;
    let before = mishaps();
    come_in(portal, a_patient()).await;
    settled().await;
    assert_eq!(shown.text("h1"), "Profile");
    assert!(shown.all_text().contains("Abdullah"));
    assert!(shown.all_text().contains("17 Jumada II 1410 AH"));
    shown.saying("button", "Sign out").click();
    settled().await;
    assert_eq!(shown.text("h1"), "Patient sign in");
    assert_eq!(address(), "/");
    for trace in ["Abdullah", "عبدالله", "0012345", "72"] {
        assert!(!shown.all_text().contains(trace), "{trace}");
    }
    assert!(shown.find("nav").is_none());
    assert_eq!(mishaps(), before);
}

#[wasm_bindgen_test]
async fn staff_come_to_their_roles_and_not_to_addresses() {
    let a_portal = a_portal(STAFF);
    let APortal { shown, portal, .. } = &a_portal;
    come_in(portal, a_member_of_staff()).await;
    settled().await;
    assert_eq!(address(), "/roles");
    assert!(shown.all_text().contains("Provider"));
    let links: Vec<_> = shown.all("nav a").iter().map(|a| text_of(a)).collect();
    assert_eq!(links, ["Profile", "Roles"]);
    portal.router.push(Route::Inside(Inside::Addresses));
    settled().await;
    assert_eq!(address(), "/roles");
    assert_eq!(
        shown.text("nav [aria-current=page]"),
        "Roles",
        "the menu says where one is"
    );
}

#[wasm_bindgen_test]
async fn an_unknown_address_stays_and_says_so() {
    let a_portal = a_portal(Route::NotFound);
    go("/no-such-page");
    settled().await;
    assert_eq!(a_portal.shown.text("h1"), "Page not found");
    assert_eq!(address(), "/no-such-page");
    let back = a_portal.shown.saying("main a", "Go to the start page");
    assert!(click(&back, |_| ()));
    settled().await;
    assert_eq!(a_portal.shown.text("h1"), "Patient sign in");
}

#[wasm_bindgen_test]
async fn another_language_keeps_every_input_and_what_is_in_it() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
    let html = document().document_element().unwrap();
    let inputs = ["#phone", "#national-id", "#patient-id"].map(|id| shown.input(id));
    for (index, input) in inputs.iter().enumerate() {
        input.set_value(&index.to_string());
    }
    choose(&shown.input("#by-patient-id"));
    settled().await;
    inputs[2].focus().unwrap();

    shown.saying("button", "العربية").click();
    settled().await;
    assert_eq!(shown.text("h1"), arabic().patient_sign_in);
    assert_eq!(html.get_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(html.get_attribute("dir").as_deref(), Some("rtl"));
    assert!(document().title().starts_with(arabic().patient_sign_in));

    shown.saying("button", "English").click();
    settled().await;
    assert_eq!(html.get_attribute("dir").as_deref(), Some("ltr"));
    for (index, input) in inputs.iter().enumerate() {
        let now = shown.input(&format!("#{}", input.id()));
        assert!(input.is_same_node(Some(&now)));
        assert_eq!(now.value(), index.to_string());
    }
    assert_eq!(checked(shown), ["by-patient-id"]);
    let storage = window().local_storage().unwrap().unwrap();
    storage.remove_item("language").unwrap();
}

#[wasm_bindgen_test]
async fn one_identifier_is_asked_for_at_a_time() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
    let visible = |id: &str| shown.one(id).offset_parent().is_some();
    settled().await;
    assert!(visible("#national-id") && !visible("#patient-id"));
    choose(&shown.input("#by-patient-id"));
    settled().await;
    assert!(!visible("#national-id") && visible("#patient-id"));
}

#[wasm_bindgen_test]
async fn an_empty_form_is_not_sent_and_says_what_is_missing() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, .. } = &a_portal;
    shown.one("button[type=submit]").click();
    settled().await;
    let problems: Vec<_> = shown
        .all("[role=alert] li:not([hidden]) a")
        .iter()
        .map(|link| text_of(link))
        .collect();
    assert_eq!(
        problems,
        [english().phone_empty, english().national_id_empty]
    );
    assert!(focus_is_in_summary(shown));
    assert!(document().title().starts_with("Error: "));

    // What is put right and what is not are told apart; what was typed stays.
    enter(&shown.input("#phone"), "051 234 5678");
    enter(&shown.input("#national-id"), "12345");
    shown.one("button[type=submit]").click();
    settled().await;
    assert_eq!(
        shown.text("[role=alert] li:not([hidden]) a"),
        english().national_id_short
    );
    assert_eq!(shown.input("#phone").value(), "051 234 5678");
    assert_eq!(shown.one("#phone").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn what_looks_odd_is_remarked_and_stops_nobody() {
    let a_portal = a_portal(PATIENT);
    let input = a_portal.shown.input("#phone");
    enter(&input, "1012345672");
    settled().await;
    let told = description(&input);
    assert_eq!(told.last().unwrap(), english().phone_is_national_id);
    assert_eq!(input.get_attribute("aria-invalid"), None);
    enter(&input, "0512345678");
    settled().await;
    assert_eq!(description(&input), [english().mobile_number_hint]);
}

#[wasm_bindgen_test]
async fn the_theme_is_kept_on_the_page() {
    let a_portal = a_portal(PATIENT);
    let html = document().document_element().unwrap();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("light"));
    a_portal.shown.saying("button", "Dark theme").click();
    settled().await;
    assert_eq!(html.get_attribute("data-theme").as_deref(), Some("dark"));
    let storage = window().local_storage().unwrap().unwrap();
    assert_eq!(storage.get_item("theme").unwrap().as_deref(), Some("dark"));
    storage.remove_item("theme").unwrap();
    html.remove_attribute("data-theme").unwrap();
}

#[wasm_bindgen_test]
async fn coming_and_going_between_pages_panics_nowhere() {
    let a_portal = a_portal(PATIENT);
    let APortal { shown, portal, .. } = &a_portal;
    let before = mishaps();
    come_in(portal, a_patient()).await;
    for _ in 0..3 {
        for inside in Inside::ALL {
            portal.router.push(Route::Inside(inside));
            portal.lang.switch(arabic());
            settled().await;
            portal.router.push(PATIENT);
            portal.lang.switch(english());
        }
        drop(portal.session.close());
        come_in(portal, a_member_of_staff()).await;
        drop(portal.session.close());
        settled().await;
        come_in(portal, a_patient()).await;
    }
    until("profile", || shown.text("h1") == "Profile").await;
    assert_eq!(mishaps(), before);
}
