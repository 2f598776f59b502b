//! `/`: a patient says who they are, by mobile number and National ID or Patient ID.

use std::mem;

use input::{
    Checked, FileNumberError, FileNumberHint, NationalIdError, NationalIdHint, PhoneError,
    PhoneHint, PhoneNumber,
};
use leptos::{ev, prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use super::{farewell, follow_network, other_sign_in, tell, title};
use crate::{
    api::{Abort, patient::Identifier},
    config::Config,
    dynamic::{effect, flag, on},
    i18n::{Message, Pick},
    interior,
    portal::Portal,
    route::Entrance,
    ui::{
        Alert, Choice, ChoiceOption, ErrorSummary, Field, FieldProblem, FieldSpec, Form, Heading,
        Reading, SubmitButton, after_render, input_of, typed,
    },
};

// --- types ---

/// Which number goes with the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    NationalId,
    PatientId,
}

impl By {
    fn from_choice(index: usize) -> Self {
        if index == 0 {
            Self::NationalId
        } else {
            Self::PatientId
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::NationalId => "national-id",
            Self::PatientId => "patient-id",
        }
    }
}

const PHONE: &str = "phone";

/// The fields, for who puts back what stood in them.
pub(super) const FIELDS: [&str; 3] = [PHONE, "national-id", "patient-id"];

/// The radio that is not chosen from the start.
pub(super) const OTHER_CHOICE: &str = "by-patient-id";

/// What stands in the fields, as typed.
struct Draft {
    phone: Zeroizing<String>,
    by: By,
    identifier: Zeroizing<String>,
}

/// What can be sent.
struct Clean {
    phone: PhoneNumber,
    identifier: Identifier,
}

// --- rules ---

impl Draft {
    /// Everything that is wrong, or what to send.
    fn check(&self, config: &Config) -> Result<Clean, Vec<FieldProblem>> {
        let phone = check_phone(&self.phone, config);
        let identifier = check_identifier(self.by, &self.identifier, config);
        match (phone, identifier) {
            (Ok((phone, _)), Ok((identifier, _))) => Ok(Clean { phone, identifier }),
            (phone, identifier) => Err([(PHONE, phone.err()), (self.by.field(), identifier.err())]
                .into_iter()
                .filter_map(|(field, message)| {
                    message.map(|message| FieldProblem { field, message })
                })
                .collect()),
        }
    }
}

type Verdict<T> = Result<(T, Option<Message>), Message>;

/// A hint is a remark, or at a strict site an error.
fn judge<T, H: Copy + PartialEq>(
    checked: Checked<T, H>,
    config: &Config,
    hint: fn(H) -> Pick,
) -> Verdict<T> {
    let remark = checked
        .hints
        .first()
        .map(|first| Message::Plain(hint(first)));
    match remark {
        Some(message) if config.strict => Err(message),
        remark => Ok((checked.value, remark)),
    }
}

/// How a phone number is read, where that is not what plainly stands in the field: `+966 51 234 5678`
/// for Arabic digits and for whatever prefix. The code is said where there is one only.
fn understood(raw: &str, config: &Config) -> Option<String> {
    let codes = &config.patient.country_codes;
    let number = input::phone(raw, codes).ok()?.value;
    let plain: String = raw.chars().filter(|c| !" -".contains(*c)).collect();
    if plain.strip_prefix('0').unwrap_or(&plain) == number.as_str() {
        return None;
    }
    let code = match codes.as_slice() {
        [code] => ["+", code, " "].concat(),
        _ => String::new(),
    };
    // Isolated, left to right.
    Some(["\u{2066}", &code, &input::display(&number), "\u{2069}"].concat())
}

fn check_phone(raw: &str, config: &Config) -> Verdict<PhoneNumber> {
    let checked = input::phone(raw, &config.patient.country_codes).map_err(|error| {
        Message::Plain(match error {
            PhoneError::Empty => |w| w.phone_empty,
            PhoneError::Characters => |w| w.phone_characters,
            PhoneError::Country => |w| w.phone_country,
            PhoneError::TooShort => |w| w.phone_short,
            PhoneError::TooLong => |w| w.phone_long,
        })
    })?;
    // A national ID in the phone's field is also no Saudi mobile; the first is the better news.
    let looks_like_id = checked.hints.contains(PhoneHint::LooksLikeNationalId);
    judge(
        checked,
        config,
        if looks_like_id {
            |_| |w| w.phone_is_national_id
        } else {
            |hint| match hint {
                PhoneHint::NotSaudiMobile => |w| w.phone_not_saudi,
                PhoneHint::LooksLikeNationalId => |w| w.phone_is_national_id,
            }
        },
    )
}

fn check_identifier(by: By, raw: &str, config: &Config) -> Verdict<Identifier> {
    match by {
        By::NationalId => {
            let checked = input::national_id(raw).map_err(|error| {
                Message::Plain(match error {
                    NationalIdError::Empty => |w| w.national_id_empty,
                    NationalIdError::Characters => |w| w.national_id_characters,
                    NationalIdError::TooShort => |w| w.national_id_short,
                    NationalIdError::TooLong => |w| w.national_id_long,
                })
            })?;
            let looks_like_phone = checked.hints.contains(NationalIdHint::LooksLikePhone);
            judge(
                checked,
                config,
                if looks_like_phone {
                    |_| |w| w.national_id_is_phone
                } else {
                    |hint| match hint {
                        NationalIdHint::NotTenDigits => |w| w.national_id_not_ten,
                        NationalIdHint::FirstDigit => |w| w.national_id_first_digit,
                        NationalIdHint::CheckDigit => |w| w.national_id_check_digit,
                        NationalIdHint::LooksLikePhone => |w| w.national_id_is_phone,
                    }
                },
            )
            .map(|(id, remark)| (Identifier::NationalId(id), remark))
        }
        By::PatientId => {
            let checked = input::file_number(raw).map_err(|error| {
                Message::Plain(match error {
                    FileNumberError::Empty => |w| w.patient_id_empty,
                    FileNumberError::Characters => |w| w.patient_id_characters,
                    FileNumberError::TooLong => |w| w.patient_id_long,
                })
            })?;
            judge(checked, config, |hint| match hint {
                FileNumberHint::LooksLikeNationalId => |w| w.patient_id_is_national_id,
            })
            .map(|(number, remark)| (Identifier::PatientId(number), remark))
        }
    }
}

// --- view ---

/// The patients' sign-in page.
#[component]
pub fn PatientSignIn(portal: Portal) -> impl IntoView {
    let Portal { config, lang, .. } = portal;
    let form = Form::new();
    let chosen = RwSignal::new(0);
    let [phone_note, national_id_note, patient_id_note] =
        [(); 3].map(|()| RwSignal::new(None::<Message>));
    let by = move || By::from_choice(chosen.get());
    let note_of = move |by| match by {
        By::NationalId => national_id_note,
        By::PatientId => patient_id_note,
    };
    // Stops the calls when the page is left.
    let calls = StoredValue::new_local(None::<Abort>);
    title(portal, |w| w.patient_sign_in, move || form.has_alert());
    follow_network(portal, form);

    // What is no longer asked for cannot be wrong.
    let mut before = By::NationalId;
    effect(move || {
        let now = by();
        if now != before {
            form.forget(mem::replace(&mut before, now).field());
        }
    });

    // Counts what is typed; nothing is kept of it. Once more when the page is up: for what was typed
    // before, or put back by the browser.
    let typing = RwSignal::new(0);
    let count = move || typing.update(|count: &mut usize| *count += 1);
    effect(count);
    // How a number in other digits, or with a country's prefix, is understood.
    let read_phone = move || {
        // As it was served, until it is counted for the first time.
        (typing.get() > 0).then(|| understood(&typed(PHONE), config))?
    };

    let switch_to_national_id = move |_: ev::MouseEvent| {
        if let (Some(from), Some(to)) = (
            input_of(By::PatientId.field()),
            input_of(By::NationalId.field()),
        ) {
            if to.value().is_empty() {
                to.set_value(&from.value());
            }
            from.set_value("");
            patient_id_note.set(None);
            chosen.set(0);
            after_render(move || {
                let _ = to.focus();
            });
        }
    };
    let is_national_id = move || {
        let told =
            patient_id_note.get().is_some() || form.problem_of(By::PatientId.field()).is_some();
        told && input::file_number(&typed(By::PatientId.field()))
            .is_ok_and(|checked| checked.hints.contains(FileNumberHint::LooksLikeNationalId))
    };

    let remark_phone = move || {
        phone_note.set(
            check_phone(&typed(PHONE), config)
                .ok()
                .and_then(|(_, remark)| remark),
        );
    };
    let remark_identifier = move |by| {
        note_of(by).set(
            check_identifier(by, &typed(by.field()), config)
                .ok()
                .and_then(|(_, remark)| remark),
        );
    };

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !form.is_open_now() {
            return;
        }
        let by = By::from_choice(chosen.get_untracked());
        let draft = Draft {
            phone: typed(PHONE),
            by,
            identifier: typed(by.field()),
        };
        remark_phone();
        remark_identifier(by);
        let clean = match draft.check(config) {
            Ok(clean) => clean,
            Err(problems) => return form.tell(Some(Alert::Fields(problems))),
        };
        if !form.start() {
            return;
        }
        form.tell(None);
        let abort = Abort::new();
        let signal = abort.signal();
        calls.set_value(Some(abort));
        spawn_local(async move {
            let Clean { phone, identifier } = clean;
            let outcome = interior::sign_in(|interior| {
                (interior.patient_sign_in)(config, phone, identifier, signal)
            })
            .await;
            if !form.finish() {
                return;
            }
            match outcome {
                Ok(session) => portal.session.open(session),
                Err(trouble) => tell(form, trouble),
            }
        });
    };

    let remember = |token| if config.shared_device { "off" } else { token };
    let phone_spec = FieldSpec {
        id: PHONE,
        label: |w| w.mobile_number,
        hint: Some(|w| w.mobile_number_hint),
        kind: "tel",
        keys: "tel",
        autocomplete: remember("tel-national"),
        read_back: true,
    };
    let national_id_spec = FieldSpec {
        id: By::NationalId.field(),
        label: |w| w.national_id_number,
        hint: Some(|w| w.national_id_hint),
        kind: "text",
        keys: "numeric",
        autocomplete: "off",
        read_back: false,
    };
    let patient_id_spec = FieldSpec {
        id: By::PatientId.field(),
        label: |w| w.patient_id_number,
        hint: Some(|w| w.patient_id_hint),
        kind: "text",
        keys: "text",
        autocomplete: "off",
        read_back: false,
    };
    let options = vec![
        option(portal, "by-national-id", |w| w.national_id),
        option(portal, OTHER_CHOICE, |w| w.patient_id),
    ];
    view! {
        <div class="sign-in">
            <Heading lang text=|w| w.patient_sign_in/>
            <p class="sign-in__intro">{lang.say(|w| w.patient_intro)}</p>
            {farewell(portal)}
            <ErrorSummary lang form/>
            <form method="dialog" novalidate class="sign-in__form" on:submit=on(send) on:input=on(move |_: ev::Event| count())>
                <Field
                    lang
                    spec=phone_spec
                    form
                    note=phone_note
                    changed=move || remark_phone()
                />
                <Reading lang id=PHONE read=read_phone/>
                <Choice lang name="by" label=|w| w.sign_in_with options chosen/>
                <div hidden=flag(move || by() != By::NationalId)>
                    <Field
                        lang
                        spec=national_id_spec
                        form
                        note=national_id_note
                        changed=move || remark_identifier(By::NationalId)
                    />
                </div>
                <div hidden=flag(move || by() != By::PatientId)>
                    <Field
                        lang
                        spec=patient_id_spec
                        form
                        note=patient_id_note
                        changed=move || remark_identifier(By::PatientId)
                    />
                    <button
                        type="button"
                        class="field__switch"
                        hidden=flag(move || !is_national_id())
                        on:click=on(switch_to_national_id)
                    >
                        {lang.say(|w| w.switch_to_national_id)}
                    </button>
                </div>
                <SubmitButton lang form label=|w| w.sign_in busy=|w| w.signing_in/>
            </form>
            {other_sign_in(portal, Entrance::Staff)}
        </div>
    }
}

fn option(portal: Portal, id: &str, label: Pick) -> ChoiceOption {
    ChoiceOption {
        id: id.to_owned(),
        label: portal.lang.say(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn check(phone: &str, by: By, identifier: &str, strict: bool) -> Result<Clean, Vec<String>> {
        let draft = Draft {
            phone: phone.to_owned().into(),
            by,
            identifier: identifier.to_owned().into(),
        };
        let config = Config {
            strict,
            ..Config::default()
        };
        draft.check(&config).map_err(|problems| {
            let say = |p: FieldProblem| [p.field, ": ", &p.message.say(i18n::FALLBACK)].concat();
            problems.into_iter().map(say).collect()
        })
    }

    #[test]
    fn an_empty_form_says_what_to_enter_field_by_field() {
        let problems = check("", By::NationalId, " ", false).err();
        assert_eq!(
            problems,
            Some(vec![
                "phone: Enter your mobile number".to_owned(),
                "national-id: Enter your National ID number".to_owned(),
            ])
        );
    }

    #[test]
    fn what_merely_looks_odd_is_sent() {
        let clean = check("5368798202", By::NationalId, "16898166021", false).ok();
        let clean = clean.expect("the documented sample");
        assert_eq!(clean.phone.as_str(), "5368798202");
        assert!(
            matches!(clean.identifier, Identifier::NationalId(id) if id.as_str() == "16898166021")
        );
    }

    #[test]
    fn a_number_in_other_digits_or_with_a_prefix_is_read_back() {
        let read = |raw| understood(raw, &Config::default());
        let told = Some("\u{2066}+966 51 234 5678\u{2069}".to_owned());
        for raw in [
            "٠٥١٢٣٤٥٦٧٨",
            "+966 51 234 5678",
            "00966512345678",
            "966512345678",
        ] {
            assert_eq!(read(raw), told, "{raw}");
        }
        for plain in ["0512345678", "051 234 5678", "512345678", "05", "", "x"] {
            assert_eq!(read(plain), None, "{plain}");
        }
        let mut abroad = Config::default();
        abroad.patient.country_codes.push("971".to_owned());
        assert_eq!(
            understood("+971 50 123 4567", &abroad),
            Some("\u{2066}50 123 4567\u{2069}".to_owned())
        );
    }

    #[test]
    fn a_strict_site_takes_hints_for_errors() {
        let problems = check("5368798202", By::NationalId, "16898166021", true).err();
        assert_eq!(problems.map(|p| p.len()), Some(2));
    }

    #[test]
    fn a_patient_id_keeps_its_leading_zeros() {
        let clean = check("0512345678", By::PatientId, "0012345", false).ok();
        let clean = clean.expect("a Patient ID");
        assert!(matches!(clean.identifier, Identifier::PatientId(n) if n.as_str() == "0012345"));
    }
}
