//! The number by which a patient is identified.

use crate::{NationalId, PatientId};

/// Number by which a patient is identified, besides the phone.
pub enum Identifier {
    /// National ID or Iqama number.
    NationalId(NationalId),
    /// The hospital's file number, which patients know as Patient ID.
    PatientId(PatientId),
}

impl Identifier {
    /// The number.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NationalId(id) => id.as_str(),
            Self::PatientId(number) => number.as_str(),
        }
    }

    /// `true` if a number of the same kind is valid and differs: it is certainly another person's. Leading zeros
    /// and the case of letters do not count, and a number of zeros only is none.
    ///
    /// ```
    /// use input::Identifier;
    ///
    /// let typed = Identifier::PatientId(input::patient_id("12345").unwrap().value);
    /// assert!(!typed.differs_from("0012345"));
    /// assert!(!typed.differs_from("not: a number"));
    /// assert!(!typed.differs_from("0000000"));
    /// assert!(typed.differs_from("12346"));
    /// ```
    pub fn differs_from(&self, other: &str) -> bool {
        let differ = |other: &str| {
            let other = other.trim_start_matches('0');
            let own = self.as_str().trim_start_matches('0');
            !other.is_empty() && !other.chars().map(fold).eq(own.chars().map(fold))
        };
        match self {
            Self::NationalId(_) => {
                crate::national_id(other).is_ok_and(|other| differ(other.value.as_str()))
            }
            Self::PatientId(_) => {
                crate::patient_id(other).is_ok_and(|other| differ(other.value.as_str()))
            }
        }
    }
}

/// The small letter, of ASCII and Latin-1. The tables of Unicode for all others would add 3 KB to a first visit.
fn fold(letter: char) -> char {
    match letter {
        '\u{c0}'..='\u{de}' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        _ => letter.to_ascii_lowercase(),
    }
}
