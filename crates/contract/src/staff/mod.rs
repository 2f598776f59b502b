//! Staff side: sign-in, session and sign-out of "SPICE 1.x Mobile – Login", and the differences of
//! SPICE 2.0.
//!
//! Which roles a client admits, and what a role may do, is up to the service.

mod probe;
mod readers;
mod requests;
mod role;
mod types;

pub use probe::{SessionOwner, probe_request, profile_is_allowed, read_probe};
pub use readers::{is_sign_in_race, read_bearer_token, read_session, read_sign_in};
pub use requests::{profile_request, sign_in_request, sign_out_request, validate_request};
pub use role::{KnownRole, title_case};
pub use types::{
    BearerToken, Country, Culture, Organization, Role, RoleTitle, SessionAuth, SignedIn, Staff,
    StaffClient, TimeZone,
};
