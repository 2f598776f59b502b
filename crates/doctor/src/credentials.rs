//! Someone to sign in, from the environment: what stands on a command line can be read by everyone
//! on the machine, and stays in the shell's history.

use std::env::VarError;

use contract::password::PasswordHash;
use contract::personal::Personal;
use zeroize::Zeroizing;

/// The names of the variables.
pub mod names {
    /// A patient's national number, digits only.
    pub const PHONE: &str = "DOCTOR_PATIENT_PHONE";
    /// The patient's national ID.
    pub const NATIONAL_ID: &str = "DOCTOR_PATIENT_NATIONAL_ID";
    /// The patient's hospital file number.
    pub const PATIENT_ID: &str = "DOCTOR_PATIENT_ID";
    /// A user name of the staff.
    pub const USERNAME: &str = "DOCTOR_STAFF_USERNAME";
    /// The password of that user.
    pub const PASSWORD: &str = "DOCTOR_STAFF_PASSWORD";
    /// The key of the password's hash.
    pub const PASSWORD_KEY: &str = "DOCTOR_STAFF_PASSWORD_KEY";
}

const DOCUMENTED_KEY: &str = "spice_opensource";

/// Who may be signed in. Nobody, by default.
#[derive(Default)]
pub struct Credentials {
    /// A patient.
    pub patient: Option<PatientCredentials>,
    /// A member of staff.
    pub staff: Option<StaffCredentials>,
}

/// A phone and an identifier.
pub struct PatientCredentials {
    /// The national number.
    pub phone: Personal,
    /// The identifier, and whether it is a national ID (else it is a Patient ID).
    pub identifier: (Personal, bool),
}

/// A user name and a password that is already hashed.
pub struct StaffCredentials {
    /// The user name.
    pub username: Personal,
    /// The password's hash.
    pub hash: PasswordHash,
    /// The hash of another password.
    pub wrong_hash: PasswordHash,
}

impl Credentials {
    /// Reads the variables through `read`, which is [`std::env::var`] but for tests. An empty one
    /// counts as absent, but for the key, which may be empty.
    ///
    /// # Errors
    /// A sentence, when one of two things that belong together is missing or one is not text.
    pub fn read(read: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, String> {
        let get = |name: &str| match read(name) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
        };
        let set = |name| Ok::<_, String>(get(name)?.filter(|text| !text.is_empty()));
        let identifier = match (set(names::NATIONAL_ID)?, set(names::PATIENT_ID)?) {
            (Some(id), _) => Some((Personal::from(id.as_str()), true)),
            (None, Some(id)) => Some((Personal::from(id.as_str()), false)),
            (None, None) => None,
        };
        let patient = match (set(names::PHONE)?, identifier) {
            (None, None) => None,
            (Some(phone), Some(identifier)) => Some(PatientCredentials {
                phone: Personal::from(phone.as_str()),
                identifier,
            }),
            _ => {
                return Err(format!(
                    "{} needs {} or {}, and the other way round",
                    names::PHONE,
                    names::NATIONAL_ID,
                    names::PATIENT_ID
                ));
            }
        };
        let key = get(names::PASSWORD_KEY)?;
        let key = key.as_ref().map_or(DOCUMENTED_KEY, |key| key.as_str());
        let staff = match (set(names::USERNAME)?, set(names::PASSWORD)?) {
            (None, None) => None,
            (Some(username), Some(password)) => Some(StaffCredentials {
                username: Personal::from(username.as_str()),
                hash: PasswordHash::of(&password, key),
                // Longer by one word, so certainly another one.
                wrong_hash: PasswordHash::of(
                    &Zeroizing::new(format!("{} wrong", password.as_str())),
                    key,
                ),
            }),
            _ => {
                return Err(format!(
                    "{} needs {}, and the other way round",
                    names::USERNAME,
                    names::PASSWORD
                ));
            }
        };
        Ok(Self { patient, staff })
    }
}

#[cfg(test)]
mod tests {
    use super::{Credentials, names};
    use std::env::VarError;

    fn read(pairs: &[(&str, &str)]) -> Result<Credentials, String> {
        Credentials::read(|name| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn half_a_person_is_nobody_and_said_so_without_the_other_half() {
        let said = read(&[(names::USERNAME, "me@x.example")]).err().unwrap();
        assert!(said.contains(names::PASSWORD) && !said.contains("me@x"));
        assert!(read(&[(names::PHONE, "501234567")]).is_err());
        assert!(read(&[(names::PATIENT_ID, "1"), (names::PHONE, "")]).is_err());
        let nobody = read(&[(names::PASSWORD_KEY, "k")]).unwrap();
        assert!(nobody.patient.is_none() && nobody.staff.is_none());
    }

    #[test]
    fn a_password_is_hashed_under_the_key_there_is() {
        let hash = |key: &[(&str, &str)]| {
            let mut pairs = vec![(names::USERNAME, "u"), (names::PASSWORD, "Spice@123")];
            pairs.extend_from_slice(key);
            let staff = read(&pairs).unwrap().staff.unwrap();
            assert_ne!(staff.hash.as_str(), staff.wrong_hash.as_str());
            staff.hash.as_str()[..8].to_owned()
        };
        assert_eq!(hash(&[]), "c33a72b7");
        assert_eq!(hash(&[(names::PASSWORD_KEY, "")]), "f9110ea9");
    }
}
