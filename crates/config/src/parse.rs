//! Reader of `config.json`, which finds all mistakes.

use contract::json;
use contract::service_error::ResponseError;
use contract::staff::StaffClient;

use crate::error::{ConfigError, Mistake, Remedy};
use crate::types::{Config, Protocol, SessionOverride};
use crate::{Notice, OnwardAudience};

/// Maximum number of mistakes and nulls that are skipped: a file with more is no configuration.
const MAX_SKIPPED: usize = 100;

impl Config {
    /// Reads the bytes of a `config.json`. A `null` is the same as an absent key.
    ///
    /// ```
    /// use config::Config;
    ///
    /// assert_eq!(Config::parse(b"{}"), Ok(Config::default()));
    /// assert!(Config::parse(b"{").is_err());
    /// ```
    ///
    /// # Errors
    /// [`ConfigError::NotJson`], or all mistakes.
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        let mut skipped = Vec::new();
        let mut mistakes: Vec<Mistake> = Vec::new();
        // Derived code stops at the first mistake: it is skipped, and the text is read again.
        loop {
            let error = match json::read_without::<Self>(bytes, &skipped) {
                Ok(config) => {
                    config.check(&mut mistakes);
                    if mistakes.is_empty() {
                        return Ok(config);
                    }
                    return Err(ConfigError::Mistakes(mistakes));
                }
                Err(error) => error,
            };
            if !matches!(
                error.kind,
                ResponseError::WrongShape | ResponseError::DuplicateKey
            ) {
                return Err(ConfigError::NotJson);
            }
            let place = error.place.filter(|_| skipped.len() < MAX_SKIPPED);
            if !error.is_null || place.is_none() {
                add(&mut mistakes, error.into());
            }
            match place {
                Some(place) => skipped.push(place),
                None => return Err(ConfigError::Mistakes(mistakes)),
            }
        }
    }

    /// Checks the rules across keys. A rule is not reported if one of its keys has a mistake already.
    fn check(&self, mistakes: &mut Vec<Mistake>) {
        let mut rules = Vec::new();
        for (index, client) in self.staff.clients.iter().enumerate() {
            if client.protocol == Protocol::SpiceV2
                && StaffClient::spice_v2(&client.client).is_none()
            {
                let path = ["staff.entrances.", &index.to_string(), ".client"].concat();
                rules.push((
                    "staff.entrances",
                    Mistake::value(path, "\"web\" or \"mob\""),
                ));
            }
        }
        let common = SessionOverride::default();
        let limit_before_warning = |audience| {
            let session = self.session.with(audience);
            [
                (session.idle_seconds, "fewer than idleSeconds"),
                (session.absolute_seconds, "fewer than absoluteSeconds"),
            ]
            .into_iter()
            .find_map(|(limit, remedy)| (session.warn_seconds >= limit).then_some(remedy))
        };
        let all = [
            ("session.warnSeconds", common),
            ("session.patient.warnSeconds", self.session.patient),
            ("session.staff.warnSeconds", self.session.staff),
        ];
        let first = if limit_before_warning(common).is_some() {
            1
        } else {
            all.len()
        };
        for (path, audience) in all.into_iter().take(first) {
            if let Some(remedy) = limit_before_warning(audience) {
                rules.push(("session", Mistake::value(path.to_owned(), remedy)));
            }
        }
        if let Some(Notice {
            from: Some(from),
            until: Some(until),
            ..
        }) = &self.brand.notice
            && from.0 >= until.0
        {
            let mistake = Mistake::value("brand.notice.until".to_owned(), "later than from");
            rules.push(("brand.notice", mistake));
        }
        for (path, language) in [
            ("patient.language", self.patient.language),
            ("staff.language", self.staff.language),
        ] {
            if language.is_some_and(|language| !self.languages.contains(&language)) {
                let mistake = Mistake::value(path.to_owned(), "one of languages");
                rules.push(("languages", mistake));
            }
        }
        for (index, link) in self.onward.iter().enumerate() {
            let limited = [(".roles", &link.roles), (".suites", &link.suites)];
            for (key, names) in limited {
                if link.audience == OnwardAudience::Patient && !names.is_empty() {
                    let path = ["onward.", &index.to_string(), key].concat();
                    let mistake = Mistake::value(path, "absent: patients have none");
                    rules.push(("onward", mistake));
                }
            }
        }
        if !(self.patient.enabled || self.staff.enabled) {
            let expected = "true, unless patient.enabled is true: somebody must be able to sign in";
            let mistake = Mistake::value("staff.enabled".to_owned(), expected);
            rules.push(("staff.enabled", mistake));
        }
        for (about, mistake) in rules {
            let is_known =
                |other: &Mistake| is_inside(&other.path, about) || is_inside(about, &other.path);
            if !mistakes.iter().any(is_known) {
                mistakes.push(mistake);
            }
        }
    }
}

/// Returns `true` for the portal's own start page, which some servers send for `config.json` where there is no
/// such file: the portal then has its defaults. The page of a gateway in between is an error.
///
/// ```
/// use config::is_start_page;
///
/// assert!(is_start_page(b"<!doctype html><div id=\"portal\"></div>"));
/// assert!(is_start_page(b"\n<!doctype html><div id=portal></div>"));
/// assert!(!is_start_page(b"<!doctype html><title>Blocked</title>"));
/// assert!(!is_start_page(b"{\"id\":\"id=portal\"}"));
/// ```
pub fn is_start_page(bytes: &[u8]) -> bool {
    let markup = bytes.trim_ascii_start().first() == Some(&b'<');
    markup
        && bytes
            .windows(9)
            .any(|nine| nine == b"id=portal" || nine == b"id=\"porta")
}

/// Adds a mistake, unless it follows from another one: a list that is empty because its only item is
/// wrong, or a key that is missing because it is misspelt.
fn add(mistakes: &mut Vec<Mistake>, mistake: Mistake) {
    let follows = mistakes.iter().any(|other| {
        (is_inside(&other.path, &mistake.path) && mistake.remedy != Remedy::Once)
            || other.remedy == Remedy::Key(mistake.path.clone())
    });
    if !follows && !mistakes.contains(&mistake) {
        mistakes.push(mistake);
    }
}

/// `true` if `path` is `outer` or a key inside it.
fn is_inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
