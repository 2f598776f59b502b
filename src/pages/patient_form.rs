//! What the patients' sign-in form does once somebody uses it: it checks, remarks, reads back, sends.

use contract::patient::Login;
use input::{
    Checked, NationalIdError, NationalIdWarning, PatientIdError, PatientIdWarning, PhoneError,
    PhoneNumber, PhoneWarning,
};
use leptos::{prelude::*, task::spawn_local};
use zeroize::Zeroizing;

use std::sync::Arc;

use super::{Calls, now, tell};
use crate::{
    api::{self, patient::Identifier},
    config::Config,
    i18n::{Message, Pick, Words},
    portal::Portal,
    session::{Person, Session},
    ui::{Alert, FieldProblem, Form, after_render, input_of, typed},
};

// --- types ---

/// Which number goes with the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// National ID or Iqama.
    NationalId,
    /// The hospital's own number.
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

    /// Its field's element id.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NationalId => "national-id",
            Self::PatientId => "patient-id",
        }
    }
}

/// The phone's field's element id.
pub const PHONE: &str = "phone";

/// The fields, for who puts back what stood in them.
pub(super) const FIELDS: [&str; 3] = [PHONE, By::NationalId.field(), By::PatientId.field()];

/// The form, in handles that are free to copy.
#[derive(Clone, Copy)]
pub struct PatientForm {
    /// The portal it is in.
    pub portal: &'static Portal,
    /// What is wrong with it, and whether it is on its way.
    pub form: Form,
    /// The index of the choice between National ID and Patient ID.
    pub chosen: RwSignal<usize>,
    /// What looks odd in the phone's field.
    pub phone_note: RwSignal<Option<Message>>,
    national_id_note: RwSignal<Option<Message>>,
    patient_id_note: RwSignal<Option<Message>>,
    calls: Calls,
}

impl PatientForm {
    /// A form that nobody has used.
    pub fn new(portal: &'static Portal) -> Self {
        Self {
            portal,
            form: Form::new(),
            chosen: RwSignal::new(0),
            phone_note: RwSignal::new(None),
            national_id_note: RwSignal::new(None),
            patient_id_note: RwSignal::new(None),
            calls: Calls::new(),
        }
    }

    /// Which number goes with the phone; follows the choice.
    pub fn by(self) -> By {
        By::from_choice(self.chosen.get())
    }

    /// Takes back what was wrong with the identifier that is no longer asked for.
    pub fn forget_other(self) {
        self.form
            .forget(match By::from_choice(self.chosen.get_untracked()) {
                By::NationalId => By::PatientId.field(),
                By::PatientId => By::NationalId.field(),
            });
    }

    /// What looks odd in the field of an identifier.
    pub fn note_of(self, by: By) -> RwSignal<Option<Message>> {
        match by {
            By::NationalId => self.national_id_note,
            By::PatientId => self.patient_id_note,
        }
    }
}

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
        .warnings
        .first()
        .map(|first| Message::Plain(hint(first)));
    match remark {
        Some(message) if config.validation.strict => Err(message),
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
    Some(["\u{2066}", &code, &input::format_phone(&number), "\u{2069}"].concat())
}

/// Says how a phone number is understood, where that is not what plainly stands in the field.
pub fn read_back(raw: &str, config: &Config, words: &'static Words) -> Option<String> {
    Some([words.read_as, " ", &understood(raw, config)?].concat())
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
    let looks_like_id = checked.warnings.contains(PhoneWarning::LooksLikeNationalId);
    judge(
        checked,
        config,
        if looks_like_id {
            |_| |w| w.phone_is_national_id
        } else {
            |hint| match hint {
                PhoneWarning::NotSaudiMobile => |w| w.phone_not_saudi,
                PhoneWarning::LooksLikeNationalId => |w| w.phone_is_national_id,
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
            let looks_like_phone = checked.warnings.contains(NationalIdWarning::LooksLikePhone);
            judge(
                checked,
                config,
                if looks_like_phone {
                    |_| |w| w.national_id_is_phone
                } else {
                    |hint| match hint {
                        NationalIdWarning::NotTenDigits => |w| w.national_id_not_ten,
                        NationalIdWarning::FirstDigit => |w| w.national_id_first_digit,
                        NationalIdWarning::CheckDigit => |w| w.national_id_check_digit,
                        NationalIdWarning::LooksLikePhone => |w| w.national_id_is_phone,
                    }
                },
            )
            .map(|(id, remark)| (Identifier::NationalId(id), remark))
        }
        By::PatientId => {
            let checked = input::patient_id(raw).map_err(|error| {
                Message::Plain(match error {
                    PatientIdError::Empty => |w| w.patient_id_empty,
                    PatientIdError::Characters => |w| w.patient_id_characters,
                    PatientIdError::TooLong => |w| w.patient_id_long,
                })
            })?;
            judge(checked, config, |hint| match hint {
                PatientIdWarning::LooksLikeNationalId => |w| w.patient_id_is_national_id,
            })
            .map(|(number, remark)| (Identifier::PatientId(number), remark))
        }
    }
}

// --- what it does ---

/// Takes what was typed as a Patient ID for the national ID it is.
pub fn switch_to_national_id(page: PatientForm) {
    if let (Some(from), Some(to)) = (
        input_of(By::PatientId.field()),
        input_of(By::NationalId.field()),
    ) {
        if to.value().is_empty() {
            to.set_value(&from.value());
        }
        from.set_value("");
        page.note_of(By::PatientId).set(None);
        page.chosen.set(0);
        page.forget_other();
        after_render(move || {
            let _ = to.focus();
        });
    }
}

/// Whether something was said about the Patient ID, and it could be a national ID; follows changes.
pub fn is_national_id(page: PatientForm) -> bool {
    let field = By::PatientId.field();
    let told = page.note_of(By::PatientId).get().is_some() || page.form.problem_of(field).is_some();
    told && input::patient_id(&typed(field)).is_ok_and(|checked| {
        checked
            .warnings
            .contains(PatientIdWarning::LooksLikeNationalId)
    })
}

/// Says what looks odd in the phone's field.
pub fn remark_phone(page: PatientForm) {
    let verdict = check_phone(&typed(PHONE), page.portal.config);
    remark(page.phone_note, verdict);
}

/// Says what looks odd in the field of an identifier.
pub fn remark_identifier(page: PatientForm, by: By) {
    let verdict = check_identifier(by, &typed(by.field()), page.portal.config);
    remark(page.note_of(by), verdict);
}

/// An error is told when the form is sent; until then only what looks odd.
fn remark<T>(note: RwSignal<Option<Message>>, verdict: Verdict<T>) {
    let _ = note.try_set(verdict.ok().and_then(|(_, remark)| remark));
}

/// Checks what was typed, and signs in with it.
pub fn send(page: PatientForm) {
    let PatientForm {
        portal,
        form,
        calls,
        ..
    } = page;
    let config = portal.config;
    if !form.is_open_now() {
        return;
    }
    let by = By::from_choice(page.chosen.get_untracked());
    let draft = Draft {
        phone: typed(PHONE),
        by,
        identifier: typed(by.field()),
    };
    remark_phone(page);
    remark_identifier(page, by);
    let Clean { phone, identifier } = match draft.check(config) {
        Ok(clean) => clean,
        Err(problems) => return form.tell(Some(Alert::Fields(problems))),
    };
    if !form.start() {
        return;
    }
    form.tell(None);
    let signal = calls.begin();
    spawn_local(async move {
        let outcome = api::patient::sign_in(config, &phone, &identifier, &signal).await;
        if !form.finish() {
            return;
        }
        match outcome {
            Ok(Login::Record(patient)) => {
                portal.session.open(Session::Open(Person::Patient(patient)));
            }
            Ok(Login::CodeSent(sent)) => portal.session.open(Session::Code(Arc::new(sent))),
            Err(failure) => tell(form, failure.told(now())),
        }
    });
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
        let mut config = Config::default();
        config.validation.strict = strict;
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
