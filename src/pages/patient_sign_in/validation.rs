//! Validation of the patients' form: from typed text to values for the service, or an error for each
//! field; and warnings. Pure.

use ::config::Config;
use input::{
    self, Identifier, NationalIdError, NationalIdWarning, PatientIdError, PatientIdWarning,
    PhoneError, PhoneNumber, PhoneWarning,
};
use zeroize::Zeroizing;

use crate::{
    i18n::{Message, MessageKey},
    ui::FieldError,
};

/// Kind of number that identifies a patient, besides the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierKind {
    /// National ID or Iqama.
    NationalId,
    /// The hospital's file number.
    PatientId,
}

impl IdentifierKind {
    pub(super) fn from_index(index: usize) -> Self {
        if index == 0 {
            Self::NationalId
        } else {
            Self::PatientId
        }
    }

    /// Element id of its field.
    pub const fn field(self) -> &'static str {
        match self {
            Self::NationalId => "national-id",
            Self::PatientId => "patient-id",
        }
    }
}

/// Element id of the phone field.
pub const PHONE: &str = "phone";

/// Element ids of all fields.
pub(crate) const FIELDS: [&str; 3] = [
    PHONE,
    IdentifierKind::NationalId.field(),
    IdentifierKind::PatientId.field(),
];

/// Values of the fields, as typed.
pub(super) struct Draft {
    pub(super) phone: Zeroizing<String>,
    pub(super) kind: IdentifierKind,
    pub(super) identifier: Zeroizing<String>,
}

/// Values that can be sent.
pub(super) struct Checked {
    pub(super) phone: PhoneNumber,
    pub(super) identifier: Identifier,
}

impl Draft {
    /// Validates both fields; on failure, the errors of both.
    pub(super) fn check(&self, config: &Config) -> Result<Checked, Vec<FieldError>> {
        let phone = check_phone(&self.phone, config);
        let identifier = check_identifier(self.kind, &self.identifier, config);
        match (phone, identifier) {
            (Ok((phone, _)), Ok((identifier, _))) => Ok(Checked { phone, identifier }),
            (phone, identifier) => {
                Err(
                    [(PHONE, phone.err()), (self.kind.field(), identifier.err())]
                        .into_iter()
                        .filter_map(|(field, message)| {
                            message.map(|message| FieldError { field, message })
                        })
                        .collect(),
                )
            }
        }
    }
}

pub(super) type Validated<T> = Result<(T, Option<Message>), Message>;

/// The first warning; an error with `strict`.
fn with_warning<T, H: Copy + PartialEq>(
    checked: input::Checked<T, H>,
    strict: bool,
    hint: fn(H) -> MessageKey,
) -> Validated<T> {
    let warning = checked
        .warnings
        .first()
        .map(|first| Message::Plain(hint(first)));
    match warning {
        Some(message) if strict => Err(message),
        warning => Ok((checked.value, warning)),
    }
}

/// A phone number as understood, where digits or prefix differ from what is typed: `+966 51 234 5678`.
/// With one configured country code the number is shown with it.
pub fn interpretation(raw: &str, config: &Config) -> Option<String> {
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

pub(super) fn check_phone(raw: &str, config: &Config) -> Validated<PhoneNumber> {
    let checked = input::phone(raw, &config.patient.country_codes).map_err(|error| {
        Message::Plain(match error {
            PhoneError::Empty => |m| m.phone_empty,
            PhoneError::Characters => |m| m.phone_characters,
            PhoneError::Country => |m| m.phone_country,
            PhoneError::TooShort => |m| m.phone_short,
            PhoneError::TooLong => |m| m.phone_long,
        })
    })?;
    // A National ID in the phone field is no Saudi mobile number either; that it is an ID helps more.
    let looks_like_id = checked.warnings.contains(PhoneWarning::LooksLikeNationalId);
    with_warning(
        checked,
        config.validation.strict,
        if looks_like_id {
            |_| |m| m.phone_is_national_id
        } else {
            |hint| match hint {
                PhoneWarning::NotSaudiMobile => |m| m.phone_not_saudi,
                PhoneWarning::LooksLikeNationalId => |m| m.phone_is_national_id,
            }
        },
    )
}

pub(super) fn check_identifier(
    kind: IdentifierKind,
    raw: &str,
    config: &Config,
) -> Validated<Identifier> {
    match kind {
        IdentifierKind::NationalId => {
            let checked = input::national_id(raw).map_err(|error| {
                Message::Plain(match error {
                    NationalIdError::Empty => |m| m.national_id_empty,
                    NationalIdError::Characters => |m| m.national_id_characters,
                    NationalIdError::TooShort => |m| m.national_id_short,
                    NationalIdError::TooLong => |m| m.national_id_long,
                })
            })?;
            // Given to visitors at the border, who are patients of a Saudi-only site as well.
            let border_number = checked.value.as_str().starts_with(['3', '4'])
                && checked.warnings.first() == Some(NationalIdWarning::FirstDigit);
            let looks_like_phone = checked.warnings.contains(NationalIdWarning::LooksLikePhone);
            with_warning(
                checked,
                config.validation.strict && !border_number,
                if looks_like_phone {
                    |_| |m| m.national_id_is_phone
                } else {
                    |hint| match hint {
                        NationalIdWarning::NotTenDigits => |m| m.national_id_not_ten,
                        NationalIdWarning::FirstDigit => |m| m.national_id_first_digit,
                        NationalIdWarning::CheckDigit => |m| m.national_id_check_digit,
                        NationalIdWarning::LooksLikePhone => |m| m.national_id_is_phone,
                    }
                },
            )
            .map(|(id, warning)| (Identifier::NationalId(id), warning))
        }
        IdentifierKind::PatientId => {
            let checked = input::patient_id(raw).map_err(|error| {
                Message::Plain(match error {
                    PatientIdError::Empty => |m| m.patient_id_empty,
                    PatientIdError::Characters => |m| m.patient_id_characters,
                    PatientIdError::TooLong => |m| m.patient_id_long,
                })
            })?;
            with_warning(checked, config.validation.strict, |hint| match hint {
                PatientIdWarning::LooksLikeNationalId => |m| m.patient_id_is_national_id,
            })
            .map(|(number, warning)| (Identifier::PatientId(number), warning))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    pub(super) fn check(
        phone: &str,
        kind: IdentifierKind,
        identifier: &str,
        strict: bool,
    ) -> Result<Checked, Vec<String>> {
        let draft = Draft {
            phone: phone.to_owned().into(),
            kind,
            identifier: identifier.to_owned().into(),
        };
        let mut config = Config::default();
        config.validation.strict = strict;
        draft.check(&config).map_err(|problems| {
            let say = |p: FieldError| [p.field, ": ", &p.message.text(i18n::FALLBACK)].concat();
            problems.into_iter().map(say).collect()
        })
    }

    #[test]
    fn empty_patient_form_has_an_error_at_each_field() {
        let problems = check("", IdentifierKind::NationalId, " ", false).err();
        assert_eq!(
            problems,
            Some(vec![
                "phone: Enter your mobile number".to_owned(),
                "national-id: Enter your National ID or Iqama number".to_owned(),
            ])
        );
    }

    #[test]
    fn values_with_warnings_pass_validation() {
        let clean = check(
            "5368798202",
            IdentifierKind::NationalId,
            "16898166021",
            false,
        )
        .ok();
        let clean = clean.expect("the documented sample");
        assert_eq!(clean.phone.as_str(), "5368798202");
        assert!(
            matches!(clean.identifier, Identifier::NationalId(id) if id.as_str() == "16898166021")
        );
    }

    #[test]
    fn phone_in_other_digits_or_with_a_prefix_is_read_back() {
        let read = |raw| interpretation(raw, &Config::default());
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
            interpretation("+971 50 123 4567", &abroad),
            Some("\u{2066}50 123 4567\u{2069}".to_owned())
        );
    }

    #[test]
    fn warnings_are_errors_with_strict_validation() {
        let problems = check(
            "5368798202",
            IdentifierKind::NationalId,
            "16898166021",
            true,
        )
        .err();
        assert_eq!(problems.map(|p| p.len()), Some(2));
    }

    #[test]
    fn border_number_is_a_warning_with_strict_validation_r19() {
        let check = |id| check("0512345678", IdentifierKind::NationalId, id, true);
        for id in ["3000000004", "4123456789", "٣١٢٣ ٤٥٦ ٧٨٩"] {
            assert!(check(id).is_ok(), "{id}");
        }
        for id in ["5000000004", "300000000", "30000000041", "1012345671"] {
            assert!(check(id).is_err(), "{id}");
        }
    }

    #[test]
    fn national_id_is_the_first_kind_and_patient_id_the_other() {
        let kinds = [0, 1].map(IdentifierKind::from_index);
        assert_eq!(
            kinds,
            [IdentifierKind::NationalId, IdentifierKind::PatientId]
        );
    }

    #[test]
    fn patient_id_keeps_its_leading_zeros() {
        let clean = check("0512345678", IdentifierKind::PatientId, "0012345", false).ok();
        let clean = clean.expect("a Patient ID");
        assert!(matches!(clean.identifier, Identifier::PatientId(n) if n.as_str() == "0012345"));
    }
}
