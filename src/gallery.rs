//! `/_gallery`, in development builds: every component in every state that the style knows, in the page's language
//! and theme. `cargo xtask test --only pictures` compares it with the pictures in `docs/img/gallery`.
//!
//! States of the mouse and the keyboard cannot be rendered: a specimen with one of them names it in `data-state`,
//! and the test makes the browser believe it.

use ::config::Config;
use contract::{
    patient::{Name, Patient},
    personal::Personal,
};
use leptos::{ev::MouseEvent, prelude::*};
use web_sys::HtmlElement;

use crate::{
    app::describe_document,
    i18n::{Locale, Message, MessageKey, Messages},
    layout::{Footer, Header, HospitalNotice, OfflineNotice},
    preferences::Theme,
    router::{Audience, ProtectedRoute, Route, Router},
    state::AppState,
    store::{Person, Session},
    ui::{
        Badge, Barcode, Button, Cards, Choice, ChoiceOption, ErrorSummary, ExternalLink, Field,
        FieldError, FieldSpec, Form, FormError, Help, HelpPhone, Layout, Link, LiveRegion,
        Password, PrintButton, ReadBack, Row, Section, SectionKind, SubmissionError, SubmitButton,
        Support, Toast, ToastRegion, Tone, Value, after_render, set_typed,
    },
};

/// The last part of the gallery's path.
const NAME: &str = "/_gallery";

/// True at the gallery's address.
pub fn is_asked_for() -> bool {
    let path = window().location().pathname();
    path.is_ok_and(|path| path.ends_with(NAME))
}

/// Shows the gallery in place of the portal. Its forms send nothing.
pub fn mount(root: HtmlElement, config: &'static Config, messages: &'static Messages) {
    root.set_text_content(None);
    let state = guest(config, messages);
    state.theme.set(Theme::preferred());
    leptos::mount::mount_to(root, move || view! { <Gallery state/> }).forget();
}

fn guest(config: &'static Config, messages: &'static Messages) -> &'static AppState {
    let start = Route::SignIn(Audience::Patient, None);
    AppState::new(config, messages, Router::at("", start), Audience::Patient)
}

/// Another state with the language and the theme of the first.
fn beside(state: &'static AppState, config: &'static str) -> &'static AppState {
    let config = Config::parse(config.as_bytes()).unwrap_or_default();
    let profile = Route::Protected(ProtectedRoute::Profile);
    let mut beside = *AppState::new(
        Box::leak(Box::new(config)),
        state.locale.messages_now(),
        Router::at("", profile),
        Audience::Patient,
    );
    (beside.locale, beside.theme) = (state.locale, state.theme);
    Box::leak(Box::new(beside))
}

#[component]
fn Gallery(state: &'static AppState) -> impl IntoView {
    let locale = state.locale;
    Effect::new(move || describe_document(state));
    view! {
        <Header state/>
        <main class="main" id="main">
            <div class="record">
                <h1 class="heading" tabindex="-1">"Gallery"</h1>
                <Group name="type"><Type locale/></Group>
                <Group name="buttons"><Buttons locale/></Group>
                <Group name="links"><Links locale/></Group>
                <Group name="fields"><Fields locale/></Group>
                <Group name="choices"><Choices locale/></Group>
                <Group name="messages"><MessagesShown state/></Group>
                <Group name="cards"><RecordCards locale/></Group>
                <Group name="navigation"><SignedIn state/></Group>
            </div>
        </main>
        <Footer state/>
    }
}

/// A part of the gallery, which has a picture of its own.
#[component]
fn Group(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section id=["gallery-", name].concat() aria-label=name>
            <h2 class="cards__title" translate="no">{name}</h2>
            <div style:display="grid" style:gap="1rem" style:padding-block="0.5rem">{children()}</div>
        </section>
    }
}

/// Specimens beside each other.
#[component]
fn Line(children: Children) -> impl IntoView {
    view! {
        <div style:display="flex" style:flex-wrap="wrap" style:gap="1rem" style:align-items="end">{children()}</div>
    }
}

/// A component in a state that the mouse or the keyboard makes: of its first control.
#[component]
fn Specimen(state: &'static str, children: Children) -> impl IntoView {
    view! {
        <div data-state=state style:flex="0 1 auto">
            {children()}
            <small style:display="block" translate="no">{state}</small>
        </div>
    }
}

/// The states that the mouse and the keyboard make.
const STATES: [&str; 4] = ["rest", "hover", "focus-visible", "active"];

#[component]
fn Type(locale: Locale) -> impl IntoView {
    view! {
        <p class="heading">{locale.text(|m| m.check_in_card)}</p>
        <p class="card__title">{locale.text(|m| m.check_in_card)}</p>
        <p>{locale.text(|m| m.help_child)}</p>
        <p class="field__hint">{locale.text(|m| m.help_child)}</p>
        <p class="countdown">{locale.text(|m| m.try_again_in)} " 1:00"</p>
    }
}

#[component]
fn Buttons(locale: Locale) -> impl IntoView {
    let kinds: [(&'static str, MessageKey); 5] = [
        ("button", |m| m.sign_in),
        ("button button--quiet", |m| m.full_screen),
        ("field__action", |m| m.switch_to_national_id),
        ("text-button", |m| m.sign_out_now),
        ("header__button", |m| m.sign_out),
    ];
    let lines: Vec<_> = kinds
        .into_iter()
        .map(|(class, text)| {
            let text = locale.text(text);
            let all: Vec<_> = STATES
                .into_iter()
                .map(|state| {
                    view! { <Specimen state><Button class text on_click=|()| ()/></Specimen> }
                })
                .collect();
            view! {
                <Line>
                    {all}
                    {["button", "field__action"].contains(&class)
                        .then(|| view! { <Specimen state="disabled"><Button class text on_click=|()| () blocked=true/></Specimen> })}
                </Line>
            }
        })
        .collect();
    let busy = Form::new();
    let _ = busy.begin_submit();
    let waiting = Form::new();
    waiting.block_for(60);
    view! {
        {lines}
        <Line>
            <Specimen state="busy"><SubmitButton locale form=busy label=|m| m.sign_in busy=|m| m.signing_in/></Specimen>
            <Specimen state="waiting"><SubmitButton locale form=waiting label=|m| m.sign_in busy=|m| m.signing_in/></Specimen>
            <Specimen state="rest"><PrintButton locale/></Specimen>
        </Line>
    }
}

#[component]
fn Links(locale: Locale) -> impl IntoView {
    let all = move |class: &'static str, current: bool| {
        STATES
            .into_iter()
            .map(|state| {
                let current = Signal::derive(move || current);
                view! {
                    <Specimen state>
                        <Link locale text=|m| m.to_staff href="#" class current on_click=|event: MouseEvent| event.prevent_default()/>
                    </Specimen>
                }
            })
            .collect_view()
    };
    view! {
        <Line>{all("link", false)}</Line>
        <Line>{all("nav__link", false)} {all("nav__link", true)}</Line>
        <HelpPhone locale phone=Some("920 000 000")/>
    }
}

const PHONE: FieldSpec = FieldSpec {
    id: "phone-rest",
    label: |m| m.mobile_number,
    hint: Some(|m| m.mobile_number_hint),
    kind: "tel",
    keys: "tel",
    autocomplete: "off",
    read_back: false,
};

#[component]
fn Fields(locale: Locale) -> impl IntoView {
    const IDS: [&str; 6] = [
        "phone-rest",
        "phone-hover",
        "phone-focus-visible",
        "phone-error",
        "phone-warning",
        "phone-read",
    ];
    let form = Form::new();
    form.set_error(Some(FormError::Fields(vec![
        FieldError {
            field: "phone-error",
            message: Message::Plain(|m| m.phone_short),
        },
        FieldError {
            field: "password-error",
            message: Message::Plain(|m| m.password_empty),
        },
    ])));
    after_render(|| {
        for id in ["phone-error", "phone-warning", "phone-read"] {
            set_typed(id, "0512345678");
        }
        set_typed("password", "a password");
    });
    let fields: Vec<_> = IDS
        .into_iter()
        .zip(["rest", "hover", "focus-visible", "error", "warning", "read back"])
        .map(|(id, state)| {
            let warning = (state == "warning").then_some(Message::Plain(|m| m.phone_is_national_id));
            let read = move || (state == "read back").then(|| "+966 51 234 5678".to_owned());
            view! {
                <Specimen state>
                    <Field locale spec=FieldSpec { id, ..PHONE } form warning=RwSignal::new(warning) changed=|()| ()/>
                    <div style:padding-block-start="1rem"><ReadBack locale id label=|m| m.read_as read/></div>
                </Specimen>
            }
        })
        .collect();
    view! {
        <form method="dialog" class="cards cards--small" style:align-items="start">
            {fields}
            <Specimen state="hover"><Password locale id="password" label=|m| m.password shown=RwSignal::new(false) autocomplete="off" form/></Specimen>
            <Specimen state="error"><Password locale id="password-error" label=|m| m.password shown=RwSignal::new(true) autocomplete="off" form/></Specimen>
        </form>
    }
}

#[component]
fn Choices(locale: Locale) -> impl IntoView {
    const NAMES: [[&str; 3]; 4] = [
        ["by-rest", "one-rest", "other-rest"],
        ["by-hover", "one-hover", "other-hover"],
        ["by-focus", "one-focus", "other-focus"],
        ["by-active", "one-active", "other-active"],
    ];
    let all: Vec<_> = NAMES
        .into_iter()
        .zip(STATES)
        .map(|([name, one, other], state)| {
            let option = |id: &str, label: MessageKey| ChoiceOption {
                id: id.to_owned(),
                label: Signal::derive(move || locale.get(label).to_owned()),
            };
            let options = vec![
                option(one, |m| m.national_id),
                option(other, |m| m.patient_id),
            ];
            view! {
                <Specimen state>
                    <Choice locale name label=|m| m.sign_in_with options chosen=RwSignal::new(0)/>
                </Specimen>
            }
        })
        .collect();
    view! {
        <div class="cards cards--small">{all}</div>
        <Line>
            {STATES
                .into_iter()
                .map(|state| {
                    view! {
                        <Specimen state>
                            <details class="sign-in__help">
                                <summary>{locale.text(|m| m.sign_in_help)}</summary>
                            </details>
                        </Specimen>
                    }
                })
                .collect_view()}
        </Line>
    }
}

#[component]
fn MessagesShown(state: &'static AppState) -> impl IntoView {
    let locale = state.locale;
    let notice = |kind: &str| {
        let text = r#"{"brand":{"notice":{"kind":"KIND","text":{"en":"The portal is down on Friday from 2 to 4 in the morning.","ar":"تتوقف البوابة يوم الجمعة من الساعة 2 إلى 4 صباحًا."}}}}"#;
        beside(state, text.replace("KIND", kind).leak())
    };
    let offline = beside(state, "{}");
    offline.online.set(false);
    let form = Form::new();
    form.set_error(Some(FormError::Submission(SubmissionError {
        message: Message::Plain(|m| m.bad_answer),
        reference: Some("login-200-body".to_owned()),
        help: Help::Password,
    })));
    let toast = Toast::new();
    after_render(move || toast.show(|m| m.copied));
    let ended = Signal::derive(move || locale.get(|m| m.ended_idle).to_owned());
    view! {
        <OfflineNotice state=offline/>
        <HospitalNotice state=notice("information")/>
        <HospitalNotice state=notice("maintenance")/>
        <HospitalNotice state=notice("outage")/>
        <LiveRegion class="signed-out-message" text=ended/>
        <ErrorSummary locale form fields=&[] help=Some("920 000 000") forgot_password=Some("/forgot")/>
        <div style:position="relative" style:block-size="4rem" style:transform="translateX(0)">
            <ToastRegion locale toast/>
        </div>
    }
}

/// A record with made-up values, one row of each kind.
fn rows(messages: &'static Messages) -> Vec<Row> {
    let text = |text: &str| text.to_owned();
    let [inactive, active] = messages.active;
    vec![
        Row::new(
            messages.date_of_birth,
            Value::Words(text("15 January 1990")),
        )
        .laid_out(Layout::Wide),
        Row::new(
            messages.date_of_birth_hijri,
            Value::WithNote(text("17 Jumada II 1410 AH"), messages.computed),
        )
        .laid_out(Layout::Under),
        Row::new(messages.national_id, Value::Masked(text("1012345672")))
            .with_copy()
            .laid_out(Layout::Wide),
        Row::new(messages.gender, Value::Words(text(messages.male))),
        Row::new(messages.occupation, Value::Text(text("مهندس مدني"))),
        Row::new(
            messages.email,
            Value::Ltr(text("abdullah.harbi@patients.example")),
        )
        .with_copy()
        .laid_out(Layout::Wide),
        Row::new(
            messages.account,
            Value::Badges(vec![
                Badge {
                    text: active,
                    tone: Tone::Good,
                },
                Badge {
                    text: inactive,
                    tone: Tone::Bad,
                },
                Badge {
                    text: messages.unknown,
                    tone: Tone::Quiet,
                },
            ]),
        )
        .laid_out(Layout::Wide),
    ]
}

/// The card of a person.
fn identity(messages: &'static Messages, barcode: Option<Barcode>) -> Section {
    let text = |text: &str| text.to_owned();
    Section {
        kind: SectionKind::Identity,
        title: text(messages.check_in_card),
        initials: text("AA"),
        rows: vec![
            Row::new(
                messages.name,
                Value::Script("en", "ltr", text("Abdullah Saleh Al-Harbi")),
            )
            .laid_out(Layout::Lead),
            Row::new(
                messages.name_other_script,
                Value::Script("ar", "rtl", text("عبدالله صالح الحربي")),
            )
            .laid_out(Layout::Bare),
            Row::new(messages.patient_number, Value::Ltr(text("0012345")))
                .with_copy()
                .laid_out(Layout::Large),
        ],
        barcode,
        ..Section::default()
    }
}

/// A card with a row of each kind.
fn details(messages: &'static Messages) -> Section {
    Section {
        title: messages.about_you.to_owned(),
        rows: rows(messages),
        ..Section::default()
    }
}

#[component]
fn RecordCards(locale: Locale) -> impl IntoView {
    let toast = Toast::new();
    let text = |text: &str| text.to_owned();
    let content = move || {
        let messages = locale.messages();
        let barcode = Barcode {
            label: messages.patient_number,
            hint: messages.check_in_hint,
            text: text("0012345"),
        };
        let address = Section {
            title: text(messages.addresses),
            rows: vec![
                Row::new(
                    messages.addresses,
                    Value::Lines(vec![text("88 Palestine Street"), text("Jeddah 23326")]),
                )
                .with_copy()
                .laid_out(Layout::Bare),
            ],
            link: Some(ExternalLink {
                href: text("https://maps.example/"),
                text: messages.map,
                notice: text("maps.example"),
                new_tab: true,
            }),
            ..Section::default()
        };
        let whole = Section {
            kind: SectionKind::Whole,
            title: text("NURSE"),
            about: messages.check_in_hint,
            shown_without_rows: true,
            ..Section::default()
        };
        let group = Section {
            title: text(messages.account),
            rows: vec![Row::new(messages.gender, Value::Ltr(text("1")))],
            ..Section::default()
        };
        view! {
            <Cards messages toast sections=vec![identity(messages, Some(barcode))]/>
            <Specimen state="hover"><Cards messages toast sections=vec![identity(messages, None)]/></Specimen>
            <Specimen state="active"><Cards messages toast sections=vec![identity(messages, None)]/></Specimen>
            <div class="cards"><Cards messages toast sections=vec![details(messages), address, whole]/></div>
            <Specimen state="hover"><Cards messages toast sections=vec![details(messages)]/></Specimen>
            <Support messages locale toast file="gallery.json" sections=vec![group]/>
        }
    };
    view! { <div class="record">{content}</div> }
}

#[component]
fn SignedIn(state: &'static AppState) -> impl IntoView {
    let part = |text: &str| Some(Personal::from(text));
    let patient = Patient {
        name: Name {
            first: part("Abdullah"),
            last: part("Al-Harbi"),
            ..Name::default()
        },
        name_ar: Name {
            first: part("عبدالله"),
            last: part("الحربي"),
            ..Name::default()
        },
        ..Patient::default()
    };
    let state = beside(state, "{}");
    let person = Person::Patient(Box::new(patient));
    state.session.begin(Session::SignedIn(person));
    view! { <Header state/> }
}
