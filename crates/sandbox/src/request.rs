//! The documented calls of the two services, and a received request with its body in memory.

use axum::http::header::HeaderMap;
use axum::http::{Method, Uri};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A documented call, by the name that the fault plan and the wire record use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Call {
    /// `POST /api/customer/is_patient_exists`
    Exists,
    /// `POST /api/customer/login`
    Login,
    /// `POST /api/customer/verify_otp`
    Verify,
    /// `POST /api/customer/resend_otp`
    Resend,
    /// `POST /api/customer/logout`. Not of the middleware: an application in front of it answers.
    PatientLogout,
    /// `POST /auth-service/session`
    Session,
    /// `GET` or `POST /auth-service/logout`
    Logout,
    /// `GET /user-service/user/validate`
    Validate,
    /// `GET /user-service/user/profile` of SPICE 1.x, `POST` of 2.0
    Profile,
    /// A browser's CORS preflight (`OPTIONS`) for any of these.
    Preflight,
    /// `GET /config.json`. Not a service's call, but a portal must handle its faults too.
    Config,
}

impl Call {
    /// The documented calls of the services, with their paths.
    pub(crate) const SERVICE_CALLS: [(Self, &'static str); 9] = [
        (Self::Exists, "/api/customer/is_patient_exists"),
        (Self::Login, "/api/customer/login"),
        (Self::Verify, "/api/customer/verify_otp"),
        (Self::Resend, "/api/customer/resend_otp"),
        (Self::PatientLogout, "/api/customer/logout"),
        (Self::Session, "/auth-service/session"),
        (Self::Logout, "/auth-service/logout"),
        (Self::Validate, "/user-service/user/validate"),
        (Self::Profile, "/user-service/user/profile"),
    ];

    /// Returns `true` for a call of the staff service.
    pub(crate) fn is_staff(self) -> bool {
        matches!(
            self,
            Self::Session | Self::Logout | Self::Validate | Self::Profile
        )
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Login => "login",
            Self::Verify => "verify",
            Self::Resend => "resend",
            Self::PatientLogout => "patientLogout",
            Self::Session => "session",
            Self::Logout => "logout",
            Self::Validate => "validate",
            Self::Profile => "profile",
            Self::Preflight => "preflight",
            Self::Config => "config",
        }
    }
}

/// Returns `true` for a path below a service's prefix, documented or not. No page of the portal has
/// one.
pub(crate) fn is_service_path(path: &str) -> bool {
    ["/api", "/auth-service", "/user-service"]
        .iter()
        .any(|prefix| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// Returns `true` for a path below a prefix of the staff service.
pub(crate) fn is_staff_path(path: &str) -> bool {
    path.starts_with("/auth-service/") || path.starts_with("/user-service/")
}

/// A request with its complete body in memory.
#[derive(Debug)]
pub(crate) struct BufferedRequest {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl BufferedRequest {
    /// A header's text; empty when absent or not text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.header("cookie")
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(found, value)| (found == name).then_some(value))
    }

    /// The media type of the body, without parameters, in lower case.
    pub(crate) fn media_type(&self) -> String {
        let whole = self.header("content-type");
        whole
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }
}
