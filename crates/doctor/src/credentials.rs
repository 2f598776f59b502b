//! The credentials of a test patient and a test user, from the environment: arguments of a command line
//! are visible to all users of the machine and stay in the shell's history.

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

/// The test people; none by default.
#[derive(Default)]
pub struct Credentials {
    /// The test patient.
    pub patient: Option<PatientCredentials>,
    /// The test user of the staff service.
    pub staff: Option<StaffCredentials>,
}

/// A phone and an identifier.
pub struct PatientCredentials {
    /// The national number.
    pub phone: Personal,
    /// The identifier.
    pub identifier: Identifier,
}

/// A patient's identifier.
pub enum Identifier {
    /// A national ID.
    NationalId(Personal),
    /// The hospital's Patient ID.
    PatientId(Personal),
}

/// A user name and a hashed password.
pub struct StaffCredentials {
    /// The user name.
    pub username: Personal,
    /// The password's hash.
    pub hash: PasswordHash,
    /// The hash of another password.
    pub wrong_hash: PasswordHash,
}

impl Credentials {
    /// Reads the variables through `read`, which is [`std::env::var`] outside tests. An empty variable
    /// counts as absent, except the key, which may be empty; without one it is the portal's.
    ///
    /// # Errors
    /// A message, when a required variable is missing or one is not UTF-8.
    pub fn read(
        read: impl Fn(&str) -> Result<String, VarError>,
        portal_key: &str,
    ) -> Result<Self, String> {
        let get = |name: &str| match read(name) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
        };
        let set = |name| Ok::<_, String>(get(name)?.filter(|text| !text.is_empty()));
        let identifier = match (set(names::NATIONAL_ID)?, set(names::PATIENT_ID)?) {
            (Some(id), _) => Some(Identifier::NationalId(Personal::from(id.as_str()))),
            (None, Some(id)) => Some(Identifier::PatientId(Personal::from(id.as_str()))),
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
                    "set {} together with {} or {}",
                    names::PHONE,
                    names::NATIONAL_ID,
                    names::PATIENT_ID
                ));
            }
        };
        let key = get(names::PASSWORD_KEY)?;
        let key = key.as_ref().map_or(portal_key, |key| key.as_str());
        let staff = match (set(names::USERNAME)?, set(names::PASSWORD)?) {
            (None, None) => None,
            (Some(username), Some(password)) => Some(StaffCredentials {
                username: Personal::from(username.as_str()),
                hash: PasswordHash::of(&password, key),
                // Longer than the password, so never equal to it.
                wrong_hash: PasswordHash::of(
                    &Zeroizing::new(format!("{} wrong", password.as_str())),
                    key,
                ),
            }),
            _ => {
                return Err(format!(
                    "set {} together with {}",
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
        let variable = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found
                .map(|(_, value)| (*value).to_owned())
                .ok_or(VarError::NotPresent)
        };
        Credentials::read(variable, "spice_opensource")
    }

    #[test]
    fn incomplete_credentials_are_an_error_that_does_not_repeat_their_values() {
        let message = read(&[(names::USERNAME, "me@x.example")]).err().unwrap();
        assert!(message.contains(names::PASSWORD) && !message.contains("me@x"));
        assert!(read(&[(names::PHONE, "501234567")]).is_err());
        assert!(read(&[(names::PATIENT_ID, "1"), (names::PHONE, "")]).is_err());
        let none = read(&[(names::PASSWORD_KEY, "k")]).unwrap();
        assert!(none.patient.is_none() && none.staff.is_none());
    }

    #[test]
    fn password_is_hashed_with_the_given_key_or_the_portal_s() {
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
