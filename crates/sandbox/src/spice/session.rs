//! The sessions of the staff service, and how a request proves one.

use super::clock::{Millis, http_date};
use super::settings::StaffOptions;
use super::token::{self, BEARER};
use crate::request::BufferedRequest;
use crate::spice_version::{CLIENT_WEB, SpiceVersion};
use std::collections::HashMap;

/// The session cookie of SPICE 2.0.
pub(crate) const COOKIE: &str = "AuthCookie";
/// The lifetime of a session after its last use.
const LIFETIME: Millis = 120 * 60_000;
/// The lifetime of the cookie in the browser, in seconds.
const COOKIE_SECONDS: Millis = 7200;

/// A session of an account.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) version: SpiceVersion,
    /// The `client` of the sign-in.
    pub(crate) client: String,
    /// The index of the account.
    pub(crate) account: usize,
    /// The body of the sign-in.
    pub(crate) user: serde_json::Value,
    /// The names of the roles in that body.
    pub(crate) roles: Vec<String>,
    /// The moment at which it ends unless it is used.
    ends: Millis,
}

/// All sessions since the start or the last reset, ended ones too: signing out of one is possible again.
#[derive(Debug, Default)]
pub(crate) struct Sessions(HashMap<String, Session>);

impl Sessions {
    /// Starts a session; returns its token, without `Bearer`.
    pub(crate) fn start(
        &mut self,
        version: SpiceVersion,
        client: &str,
        account: usize,
        user: serde_json::Value,
        roles: Vec<String>,
        now: Millis,
    ) -> anyhow::Result<String> {
        let token = token::issue(version, &user, now)?;
        let session = Session {
            version,
            client: client.to_owned(),
            account,
            user,
            roles,
            ends: now + LIFETIME,
        };
        self.0.insert(token.clone(), session);
        Ok(token)
    }

    /// The sessions that are alive, in no order.
    pub(crate) fn alive(&self, now: Millis) -> impl Iterator<Item = &Session> {
        self.0.values().filter(move |session| now < session.ends)
    }

    /// The session of an `Authorization`, alive or not.
    pub(crate) fn issued(&self, authorization: &str) -> Option<&Session> {
        self.0.get(authorization.strip_prefix(BEARER)?)
    }

    /// Uses a session that is alive, which extends it.
    pub(crate) fn in_use(&mut self, authorization: &str, now: Millis) -> Option<&Session> {
        let session = self.0.get_mut(authorization.strip_prefix(BEARER)?)?;
        if now >= session.ends {
            return None;
        }
        session.ends = now + LIFETIME;
        Some(session)
    }

    pub(crate) fn end(&mut self, authorization: &str) {
        let token = authorization.strip_prefix(BEARER).unwrap_or_default();
        if let Some(session) = self.0.get_mut(token) {
            session.ends = 0;
        }
    }

    /// The version of a request's session, alive or not.
    pub(crate) fn version_of(&self, request: &BufferedRequest) -> Option<SpiceVersion> {
        let by_header = self.issued(request.header("authorization"));
        let by_cookie = || {
            let authorization = token::from_cookie(request.cookie(COOKIE)?)?;
            self.issued(&authorization).map(|session| session.version)
        };
        by_header.map(|session| session.version).or_else(by_cookie)
    }
}

/// What a request proves its session with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// An `Authorization` header.
    Header(String),
    /// The `Authorization` that the session cookie stands for.
    Cookie(String),
    None,
}

impl Proof {
    /// The `Authorization`; empty for none.
    pub(crate) fn authorization(&self) -> &str {
        match self {
            Self::Header(authorization) | Self::Cookie(authorization) => authorization,
            Self::None => "",
        }
    }
}

/// The proof that a user service looks at. SPICE 2.0 looks at the cookies of a request only where
/// `client: web` comes with them, and then at nothing else.
pub(crate) fn proof(version: SpiceVersion, request: &BufferedRequest) -> Proof {
    let has_cookies = !request.header("cookie").is_empty();
    if version == SpiceVersion::V2 && request.header("client") == CLIENT_WEB && has_cookies {
        return by_cookie(request);
    }
    by_header(request)
}

/// The proof that a sign-out looks at: with `client: web` the cookie alone.
pub(crate) fn proof_of_sign_out(version: SpiceVersion, request: &BufferedRequest) -> Proof {
    if version == SpiceVersion::V2 && request.header("client") == CLIENT_WEB {
        by_cookie(request)
    } else {
        by_header(request)
    }
}

fn by_cookie(request: &BufferedRequest) -> Proof {
    request
        .cookie(COOKIE)
        .and_then(token::from_cookie)
        .map_or(Proof::None, Proof::Cookie)
}

fn by_header(request: &BufferedRequest) -> Proof {
    match request.header("authorization") {
        "" => Proof::None,
        authorization => Proof::Header(authorization.to_owned()),
    }
}

/// The `Set-Cookie` that gives a browser a session.
pub(crate) fn set_cookie(settings: &StaffOptions, authorization: &str, now: Millis) -> String {
    let token = authorization.strip_prefix(BEARER).unwrap_or_default();
    let expires = http_date(now + COOKIE_SECONDS * 1000);
    cookie(settings, &token::to_cookie(token), COOKIE_SECONDS, &expires)
}

/// The `Set-Cookie` that takes a session back.
pub(crate) fn remove_cookie(settings: &StaffOptions) -> String {
    cookie(settings, "", 0, &http_date(0))
}

fn cookie(settings: &StaffOptions, value: &str, max_age: u64, expires: &str) -> String {
    let domain = settings
        .cookie_domain
        .as_ref()
        .map(|domain| format!(" Domain={domain};"))
        .unwrap_or_default();
    let same_site = settings.environment.same_site();
    format!(
        "{COOKIE}={value}; Path=/;{domain} Max-Age={max_age}; Expires={expires}; Secure; HttpOnly; \
         SameSite={same_site}"
    )
}
