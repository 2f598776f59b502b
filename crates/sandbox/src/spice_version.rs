//! The versions of SPICE.

use serde::{Deserialize, Serialize};

/// The `client` of SPICE 2.0 in a browser, whose session is a cookie.
pub(crate) const CLIENT_WEB: &str = "web";
/// The `client` of SPICE 2.0 on a phone, whose session is a token.
const CLIENT_MOBILE: &str = "mob";

/// A version of SPICE. Each has accounts of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum SpiceVersion {
    /// SPICE 1.x.
    V1,
    /// SPICE 2.0.
    V2,
}

impl SpiceVersion {
    /// The version that a `client` header means where both are served: 2.0 for `web` and `mob`, written
    /// exactly so, 1.x for all others.
    pub(crate) fn of_client(client: &str) -> Self {
        match client {
            CLIENT_WEB | CLIENT_MOBILE => Self::V2,
            _ => Self::V1,
        }
    }
}

impl TryFrom<u8> for SpiceVersion {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::V1),
            2 => Ok(Self::V2),
            _ => Err(format!("SPICE is 1 or 2, not {number}")),
        }
    }
}

impl From<SpiceVersion> for u8 {
    fn from(version: SpiceVersion) -> Self {
        match version {
            SpiceVersion::V1 => 1,
            SpiceVersion::V2 => 2,
        }
    }
}
