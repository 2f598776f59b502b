//! What a deployment decides, for the portal: the types of the crate `config`, and what only a browser
//! adds to them.

use crate::route::Entrances;

pub use ::config::{
    BaseUrl, Brand, Config, ConfigError, Label, Language, MapLink, Mistake, Remedy, RequestConfig,
    SessionLimits, StaffClientConfig, Validation,
};

/// Why the portal cannot start with its configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// It cannot be used.
    Unusable(ConfigError),
}

/// Which sign-in pages are open.
pub fn entrances(config: &Config) -> Entrances {
    Entrances {
        patient: config.patient.enabled,
        staff: config.staff.enabled,
    }
}
