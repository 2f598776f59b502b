//! What a walk is asked for.

use std::time::Duration;

use config::BaseUrl;
use contract::request::Method;

use crate::credentials::Credentials;

/// What to look at, and from where.
pub struct Plan {
    /// The patient middleware's address.
    pub patient: Option<BaseUrl>,
    /// The staff service's address.
    pub staff: Option<BaseUrl>,
    /// The origin the portal is served from. Without one, nothing is said of other origins.
    pub origin: Option<String>,
    /// The word for a Patient ID in a sign-in.
    pub patient_id_type: String,
    /// The entrance of the staff: which SPICE, by which `client` header.
    pub client: contract::staff::StaffClient,
    /// How the portal signs staff out.
    pub logout_method: Method,
    /// How long the portal waits for an answer.
    pub timeout: Duration,
    /// Someone to sign in.
    pub credentials: Credentials,
}
