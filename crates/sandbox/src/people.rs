//! The sample people: their credentials and the services' responses about them. One JSON file a
//! person, embedded so that the program runs anywhere. In each file `sandbox` is for this server
//! alone and `answer` is the body of the response, kept as the text it was written in. No file was
//! made with the portal's types, so that a mistake in them shows in a test.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A person's file, and the file of the response where it must be exact to the byte.
type Source = (&'static str, Option<&'static str>);

const SOURCES: [Source; 18] = [
    (
        include_str!("../people/patient_sample.json"),
        Some(include_str!("../people/patient_sample.answer.json")),
    ),
    (include_str!("../people/patient_saudi.json"), None),
    (include_str!("../people/patient_resident.json"), None),
    (include_str!("../people/patient_arabic_only.json"), None),
    (include_str!("../people/patient_wrapped.json"), None),
    (include_str!("../people/patient_no_address.json"), None),
    (include_str!("../people/patient_one_time_code.json"), None),
    (
        include_str!("../people/staff_sample.json"),
        Some(include_str!("../people/staff_sample.answer.json")),
    ),
    (include_str!("../people/staff_nurse.json"), None),
    (include_str!("../people/staff_many_roles.json"), None),
    (include_str!("../people/staff_web_admin.json"), None),
    (include_str!("../people/staff_locked.json"), None),
    (include_str!("../people/staff_disabled.json"), None),
    (include_str!("../people/staff_other_client.json"), None),
    (include_str!("../people/staff_expired.json"), None),
    (include_str!("../people/staff_2_web.json"), None),
    (include_str!("../people/staff_2_mobile.json"), None),
    (include_str!("../people/staff_2_other_client.json"), None),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sandbox: Person,
    answer: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Person {
    Patient(PatientCredentials),
    Staff(StaffCredentials),
}

/// The credentials of a sample patient.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PatientCredentials {
    /// The name shown in the table of people.
    pub name: String,
    /// The case that this patient covers.
    pub note: String,
    /// The national mobile number, digits only.
    pub phone: String,
    /// The national ID or residence number.
    pub national_id: String,
    /// The hospital's Patient ID; absent where the documents give no usable one.
    pub patient_id: Option<String>,
    /// The one-time code that this patient must enter; absent where none is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_time_code: Option<String>,
}

/// The credentials of a sample member of staff.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffCredentials {
    /// The name shown in the table of people.
    pub name: String,
    /// The case that this account covers.
    pub note: String,
    /// The user name.
    pub username: String,
    /// The password as a person types it.
    pub password: String,
    /// The `client` that admits this account's role. `web` and `mob` are those of SPICE 2.0, which has
    /// accounts of its own.
    pub client: String,
    /// The state that the account starts in.
    pub state: AccountState,
}

/// The state an account starts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountState {
    /// May sign in.
    Active,
    /// Locked by failed attempts: "Disabled Account".
    Locked,
    /// Switched off: treated as unknown.
    Inactive,
}

/// A patient and the exact body of the middleware's response.
#[derive(Clone, Debug)]
pub struct Patient {
    /// The credentials.
    pub credentials: PatientCredentials,
    /// The body of a successful `login`.
    pub response: String,
}

/// A member of staff and the exact body of the service's response with all roles.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The credentials.
    pub credentials: StaffCredentials,
    /// The body of a successful `session` call.
    pub response: String,
}

/// All sample people.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The patients, in the order of the documentation.
    pub patients: Vec<Patient>,
    /// The staff, in the order of the documentation.
    pub staff: Vec<Staff>,
}

impl People {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// Only when a file does not describe a person; the error contains the JSON parser's message.
    pub fn embedded() -> anyhow::Result<Self> {
        let mut people = Self::default();
        for (person, exact_response) in SOURCES {
            let file: File = serde_json::from_str(person)
                .with_context(|| format!("a sample person does not parse: {person}"))?;
            let response = match (exact_response, file.answer) {
                // Editors end a file with a line feed; the documented sample has none.
                (Some(exact), None) => exact.trim_end().to_owned(),
                (None, Some(inline)) => inline.get().to_owned(),
                _ => anyhow::bail!("a sample person needs exactly one `answer`: {person}"),
            };
            match file.sandbox {
                Person::Patient(credentials) => people.patients.push(Patient {
                    credentials,
                    response,
                }),
                Person::Staff(credentials) => people.staff.push(Staff {
                    credentials,
                    response,
                }),
            }
        }
        Ok(people)
    }

    /// The people as JSON, with passwords and responses. All are fictional.
    /// `recorded` are the people of the staff service who are in no file of their own.
    pub(crate) fn to_json(&self, recorded: serde_json::Value) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Entry<'a, Credentials> {
            #[serde(flatten)]
            credentials: &'a Credentials,
            answer: serde_json::Value,
        }
        #[derive(Serialize)]
        struct List<'a> {
            patients: Vec<Entry<'a, PatientCredentials>>,
            staff: Vec<Entry<'a, StaffCredentials>>,
            recorded: serde_json::Value,
        }
        let list = List {
            patients: self
                .patients
                .iter()
                .map(|patient| {
                    Ok(Entry {
                        credentials: &patient.credentials,
                        answer: serde_json::from_str(&patient.response)?,
                    })
                })
                .collect::<serde_json::Result<_>>()?,
            staff: self
                .staff
                .iter()
                .map(|staff| {
                    Ok(Entry {
                        credentials: &staff.credentials,
                        answer: serde_json::from_str(&staff.response)?,
                    })
                })
                .collect::<serde_json::Result<_>>()?,
            recorded,
        };
        serde_json::to_string_pretty(&list)
    }
}
