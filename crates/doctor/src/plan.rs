//! The input of a run.

use std::time::Duration;

use config::BaseUrl;
use contract::request::Method;

use crate::configuration::Configured;
use crate::credentials::Credentials;
use crate::roots::Roots;

/// The services to check, and how the portal is going to use them.
pub struct Plan {
    /// What is checked of the portal's configuration.
    pub configured: Configured,
    /// The patient middleware's address.
    pub patient: Option<BaseUrl>,
    /// The staff service's address.
    pub staff: Option<BaseUrl>,
    /// The address where the portal may be; without it the gateway is not checked.
    pub portal: Option<BaseUrl>,
    /// The origin that the portal is served from. Without it CORS is not checked.
    pub origin: Option<String>,
    /// The value of `type` for a Patient ID in a sign-in.
    pub patient_id_type: String,
    /// The patient is looked up before the sign-in: `patient.checkExists`.
    pub check_exists: bool,
    /// A one-time code may be required: `patient.oneTimeCode`. `None` where no configuration says it.
    pub one_time_code: Option<bool>,
    /// The staff clients: the version of SPICE and the `client` header of each. One at least.
    pub clients: Vec<contract::staff::StaffClient>,
    /// The method of the sign-out.
    pub logout_method: Method,
    /// The portal's timeout for a request.
    pub timeout: Duration,
    /// The certificate authorities to trust.
    pub roots: Roots,
    /// A test patient and a test user, if any.
    pub credentials: Credentials,
}
