//! Validation of the staff's form: from typed text to values for the service, or an error for each field.
//! Pure.

use input::{StaffUsername, StaffUsernameError};
use zeroize::Zeroizing;

use crate::{i18n::Message, ui::FieldError};

/// Element id of the user name field.
pub const USERNAME: &str = "username";
/// Element id of the password field.
pub const PASSWORD: &str = "password";

/// Values of the fields, as typed.
pub(super) struct Draft {
    pub(super) username: Zeroizing<String>,
    pub(super) password: Zeroizing<String>,
}

/// Values that can be sent.
pub(super) struct Checked {
    pub(super) username: StaffUsername,
    pub(super) password: Zeroizing<String>,
}

impl Draft {
    /// Validates both fields; on failure, the errors of both.
    pub(super) fn check(self) -> Result<Checked, Vec<FieldError>> {
        let password_problem = self.password.is_empty().then_some(FieldError {
            field: PASSWORD,
            message: Message::Plain(|m| m.password_empty),
        });
        match (input::staff_username(&self.username), password_problem) {
            (Ok(username), None) => Ok(Checked {
                username,
                password: self.password,
            }),
            (username, password_problem) => {
                let username_problem = username.err().map(|StaffUsernameError::Empty| FieldError {
                    field: USERNAME,
                    message: Message::Plain(|m| m.username_empty),
                });
                Err([username_problem, password_problem]
                    .into_iter()
                    .flatten()
                    .collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;

    fn draft(username: &str, password: &str) -> Draft {
        Draft {
            username: username.to_owned().into(),
            password: password.to_owned().into(),
        }
    }

    #[test]
    fn empty_staff_form_has_an_error_at_each_field() {
        let problems = draft(" ", "").check().err().unwrap_or_default();
        let said: Vec<_> = problems
            .iter()
            .map(|p| p.message.text(i18n::FALLBACK))
            .collect();
        assert_eq!(
            said,
            ["Enter your email or username", "Enter your password"]
        );
    }

    #[test]
    fn password_of_spaces_passes_validation() {
        assert!(draft("a@b.hospital", "  ").check().is_ok());
    }

    #[test]
    fn password_is_not_trimmed() {
        let Ok(clean) = draft("kavya", " Spice@123 ").check() else {
            panic!("a name and a password are enough");
        };
        assert_eq!(clean.password.as_str(), " Spice@123 ");
    }
}
