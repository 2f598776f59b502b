//! What a deployment decides, read from `/config.json` at start. Every key is optional; a value
//! of the wrong kind stops the portal with a [`Problem`] that names the key, since a portal that
//! half-works is worse than one that says what is wrong.

use contract::{
    json::{self, Value},
    staff::Client,
};

use crate::{
    accent::Accent,
    i18n::{self, Words},
    route::Entrances,
};

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Whose portal it is.
    pub brand: Brand,
    /// The languages offered, the default first. Never empty.
    pub languages: Vec<Tag>,
    /// Patient sign-in.
    pub patient: Patient,
    /// Staff sign-in.
    pub staff: Staff,
    /// How long a patient's sign-in lasts.
    pub patient_session: Session,
    /// How long a member of staff's does.
    pub staff_session: Session,
    /// How long to wait for an answer, in seconds.
    pub timeout_seconds: u32,
    /// Whether hints block like errors: for a site where every number must be Saudi.
    pub strict: bool,
    /// Whether others use the same device: browsers are asked to remember nothing.
    pub shared_device: bool,
    /// Where a link on an address leads.
    pub map_link: MapLink,
    /// Whether the portal's own files are kept on the device, so that a start without a network says
    /// so in the portal's words.
    pub offline_start: bool,
}

/// A language's table, compared by its tag.
#[derive(Clone, Copy)]
pub struct Tag(pub &'static Words);

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        self.0.code == other.0.code
    }
}
impl Eq for Tag {}
impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.code)
    }
}

/// `brand`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The hospital's name in Latin script.
    pub name: String,
    /// The hospital's name in Arabic; the Latin one where absent.
    pub name_ar: Option<String>,
    /// Path of the logo on the portal's own origin.
    pub logo: Option<String>,
    /// The hospital's colour, instead of the portal's own.
    pub accent: Option<Accent>,
    /// A phone number to call for help, as it is to be read.
    pub help_phone: Option<String>,
}

impl Brand {
    /// The name in the page's language.
    pub fn name_in(&self, words: &Words) -> &str {
        match &self.name_ar {
            Some(name) if words.code == "ar" => name,
            _ => &self.name,
        }
    }
}

/// `patient`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Whether `/` is open.
    pub enabled: bool,
    /// Where the middleware is; empty for the page's own origin.
    pub base_url: String,
    /// The word for a Patient ID in the sign-in request. Only `nationalId` is documented.
    pub patient_id_type: String,
    /// Calling codes a number may carry, digits only.
    pub country_codes: Vec<String>,
    /// Whether the phone is looked up before the identifier is sent.
    pub check_exists: bool,
    /// Whether a one-time code may be asked for between sign-in and record.
    pub one_time_code: bool,
    /// After how many seconds another code can be asked for.
    pub resend_seconds: u32,
    /// What codes mean that have no public list.
    pub labels: Labels,
}

/// `patient.labels`: code to label, per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// Of `maritalStatus`.
    pub marital_status: Vec<(String, Label)>,
    /// Of `idType`.
    pub id_type: Vec<(String, Label)>,
    /// Of `gender`.
    pub gender: Vec<(String, Label)>,
}

/// A text a deployment gives: one for all languages, or one each, by tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label(Vec<(String, String)>);

impl Label {
    fn everywhere(text: &str) -> Self {
        Self(vec![(String::new(), text.to_owned())])
    }

    /// The text in the page's language, else in the first one given.
    pub fn text_in(&self, words: &Words) -> &str {
        let own = self.0.iter().find(|(tag, _)| tag == words.code);
        own.or(self.0.first()).map_or("", |(_, text)| text)
    }
}

/// `staff`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Whether `/staff` is open.
    pub enabled: bool,
    /// Where the auth-service is; empty for the page's own origin.
    pub base_url: String,
    /// The ways in. Never empty.
    pub entrances: Vec<StaffEntrance>,
    /// Key of the password's HMAC; may be empty.
    pub password_key: String,
    /// How the server wants sign-out to be called.
    pub logout_method: contract::request::Method,
}

/// One of `staff.entrances`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntrance {
    /// Which SPICE (`protocol`), by which `client` header.
    pub client: Client,
    /// What the person reads.
    pub label: Label,
}

/// `session`, and over it `session.patient` and `session.staff`; in seconds
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Sign-out after this long without activity.
    pub idle_seconds: u32,
    /// A warning this long before.
    pub warn_seconds: u32,
    /// Sign-out after this long in any case.
    pub absolute_seconds: u32,
}

/// `mapLink`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapLink {
    /// No link: coordinates leave the page for nobody.
    None,
    /// `geo:`, for whatever map the device has.
    Geo,
    /// openstreetmap.org
    OpenStreetMap,
    /// google.com/maps
    Google,
}

impl Session {
    const DEFAULT: Self = Self {
        idle_seconds: 900,
        warn_seconds: 120,
        absolute_seconds: 28_800,
    };
}

impl Default for Config {
    fn default() -> Self {
        Self {
            brand: Brand {
                name: "Logistration".to_owned(),
                name_ar: None,
                logo: None,
                accent: None,
                help_phone: None,
            },
            languages: i18n::ALL.iter().copied().map(Tag).collect(),
            patient: Patient {
                enabled: true,
                base_url: String::new(),
                patient_id_type: "patientId".to_owned(),
                country_codes: vec!["966".to_owned()],
                check_exists: true,
                one_time_code: false,
                resend_seconds: 60,
                labels: Labels::default(),
            },
            staff: Staff {
                enabled: true,
                base_url: String::new(),
                entrances: vec![StaffEntrance {
                    client: Client::One("spice mobile".to_owned()),
                    label: Label(vec![
                        ("en".to_owned(), "Clinical staff".to_owned()),
                        ("ar".to_owned(), "الطاقم الطبي".to_owned()),
                    ]),
                }],
                password_key: "spice_opensource".to_owned(),
                logout_method: contract::request::Method::Get,
            },
            patient_session: Session::DEFAULT,
            staff_session: Session::DEFAULT,
            timeout_seconds: 15,
            strict: false,
            shared_device: false,
            map_link: MapLink::None,
            offline_start: false,
        }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file could not be fetched.
    Unreachable,
    /// The file is not JSON.
    NotJson,
    /// A value is not of the right kind.
    Value {
        /// The key's path, such as `staff.entrances.0.client`.
        key: String,
        /// What would be right.
        expected: Expected,
    },
}

/// What would be right, where a value is not.
#[allow(missing_docs, reason = "each is told by `text`")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    SomebodyComesIn,
    Accent,
    Languages,
    Entrances,
    AnyText,
    Method,
    CountryCodes,
    Object,
    Text,
    YesOrNo,
    Seconds,
    FewerThanIdle,
    BaseUrl,
    Path,
    Label,
    Labels,
    Protocol,
    ClientOf2,
    ClientOf1,
    MapLink,
}

impl Expected {
    /// In English: whoever edits the file reads it.
    pub fn text(self) -> &'static str {
        match self {
            Self::SomebodyComesIn => {
                "true, unless patient.enabled is true: somebody must be able to sign in"
            }
            Self::Accent => {
                "a colour such as \"#0b5f66\", dark enough for white text: a contrast of 4.5 to 1 at least"
            }
            Self::Languages => "a list of language codes the portal has, such as [\"en\", \"ar\"]",
            Self::Entrances => "a list of at least one { \"client\", \"label\" }",
            Self::AnyText => "a text; it may be empty",
            Self::Method => "\"GET\" or \"POST\"",
            Self::CountryCodes => "a list of calling codes, digits only, such as [\"966\"]",
            Self::Object => "an object",
            Self::Text => "a text that is not empty",
            Self::YesOrNo => "true or false",
            Self::Seconds => "a whole number of seconds, 1 to 604800",
            Self::FewerThanIdle => "fewer than idleSeconds",
            Self::BaseUrl => {
                "an address that starts with https://, or empty for the portal's own origin; http:// for localhost only"
            }
            Self::Path => "a path on the portal's own origin, such as \"/logo.svg\"",
            Self::Label => "a text, or one for each language: { \"en\": \"…\", \"ar\": \"…\" }",
            Self::Labels => "an object of code and label, such as { \"1\": \"Single\" }",
            Self::Protocol => "\"1\" or \"2\"",
            Self::ClientOf2 => "\"web\" or \"mob\"",
            Self::ClientOf1 => "the value of the client header, such as \"spice mobile\"",
            Self::MapLink => "\"none\", \"geo\", \"openstreetmap\" or \"google\"",
        }
    }
}

impl Config {
    /// How long to wait for an answer, in milliseconds.
    pub fn timeout(&self) -> u32 {
        self.timeout_seconds.saturating_mul(1000)
    }

    /// Reads the bytes of a `config.json`.
    ///
    /// # Errors
    /// [`Problem::NotJson`], or the first value that is not of the right kind.
    pub fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        let value = json::parse(bytes).map_err(|_| Problem::NotJson)?;
        let root = At {
            value: Some(&value),
            from: None,
        };
        let mut config = Self::default();
        read_brand(&mut config.brand, root.below("brand")?)?;
        read_patient(&mut config.patient, root.below("patient")?)?;
        read_staff(&mut config.staff, root.below("staff")?)?;

        root.then("languages", &mut config.languages, |at| {
            at.list(Expected::Languages, |tag| {
                tag.text()
                    .and_then(i18n::find)
                    .map(Tag)
                    .ok_or_else(|| tag.wrong(Expected::Languages))
            })
        })?;
        let mut seen: Vec<Tag> = Vec::new();
        config.languages.retain(|tag| {
            let new = !seen.contains(tag);
            seen.push(*tag);
            new
        });
        let at = root.below("session")?;
        let both = session(at, Session::DEFAULT)?;
        config.patient_session = session(at.below("patient")?, both)?;
        config.staff_session = session(at.below("staff")?, both)?;
        let at = root.below("request")?;
        at.then("timeoutSeconds", &mut config.timeout_seconds, seconds)?;
        let at = root.below("validation")?;
        at.then("strict", &mut config.strict, yes_or_no)?;
        root.then("sharedDevice", &mut config.shared_device, yes_or_no)?;
        root.then("mapLink", &mut config.map_link, map_link)?;
        root.then("offlineStart", &mut config.offline_start, yes_or_no)?;
        if !(config.patient.enabled || config.staff.enabled) {
            return Err(root
                .below("staff")?
                .below("enabled")?
                .wrong(Expected::SomebodyComesIn));
        }
        Ok(config)
    }

    /// Which sign-in pages are open.
    pub fn entrances(&self) -> Entrances {
        Entrances {
            patient: self.patient.enabled,
            staff: self.staff.enabled,
        }
    }
}

fn read_brand(brand: &mut Brand, at: At) -> Result<(), Problem> {
    at.then("name", &mut brand.name, name)?;
    at.then("nameAr", &mut brand.name_ar, |at| name(at).map(Some))?;
    at.then("logo", &mut brand.logo, |at| image(at).map(Some))?;
    at.then("accent", &mut brand.accent, |at| {
        at.text()
            .and_then(Accent::parse)
            .map(Some)
            .ok_or_else(|| at.wrong(Expected::Accent))
    })?;
    at.then("helpPhone", &mut brand.help_phone, |at| name(at).map(Some))
}

fn read_patient(patient: &mut Patient, at: At) -> Result<(), Problem> {
    at.then("enabled", &mut patient.enabled, yes_or_no)?;
    at.then("baseUrl", &mut patient.base_url, base_url)?;
    at.then("patientIdType", &mut patient.patient_id_type, name)?;
    at.then("countryCodes", &mut patient.country_codes, |at| {
        at.list(Expected::CountryCodes, country_code)
    })?;
    at.then("checkExists", &mut patient.check_exists, yes_or_no)?;
    at.then("oneTimeCode", &mut patient.one_time_code, yes_or_no)?;
    at.then("resendSeconds", &mut patient.resend_seconds, seconds)?;
    let (at, to) = (at.below("labels")?, &mut patient.labels);
    at.then("maritalStatus", &mut to.marital_status, labels)?;
    at.then("idType", &mut to.id_type, labels)?;
    at.then("gender", &mut to.gender, labels)
}

fn read_staff(staff: &mut Staff, at: At) -> Result<(), Problem> {
    at.then("enabled", &mut staff.enabled, yes_or_no)?;
    at.then("baseUrl", &mut staff.base_url, base_url)?;
    at.then("entrances", &mut staff.entrances, |at| {
        at.list(Expected::Entrances, staff_entrance)
    })?;
    at.then("passwordKey", &mut staff.password_key, |at| {
        at.text()
            .map(str::to_owned)
            .ok_or_else(|| at.wrong(Expected::AnyText))
    })?;
    at.then("logoutMethod", &mut staff.logout_method, |at| {
        match at.text() {
            Some("GET") => Ok(contract::request::Method::Get),
            Some("POST") => Ok(contract::request::Method::Post),
            _ => Err(at.wrong(Expected::Method)),
        }
    })
}

/// A value and where it stands, so that a wrong one can be named. The path is only spelt out when
/// it is needed.
#[derive(Clone, Copy)]
struct At<'a> {
    /// `None` where the key is absent or `null`.
    value: Option<&'a Value>,
    /// What it stands in, and under which key; `None` for the whole configuration.
    from: Option<(&'a At<'a>, &'a str)>,
}

impl At<'_> {
    fn wrong(self, expected: Expected) -> Problem {
        Problem::Value {
            key: self.path(),
            expected,
        }
    }

    fn path(self) -> String {
        let Some((outer, key)) = self.from else {
            return String::new();
        };
        match outer.path() {
            start if start.is_empty() => key.to_owned(),
            start => [&start, ".", key].concat(),
        }
    }

    /// What stands below `key`, in an object if there is one at all.
    fn below<'a>(&'a self, key: &'a str) -> Result<At<'a>, Problem> {
        let value = match self.value {
            None => None,
            Some(Value::Object(_)) => self.value.and_then(|value| value.get(key)),
            Some(_) => return Err(self.wrong(Expected::Object)),
        };
        Ok(At {
            value: value.filter(|value| !matches!(value, Value::Null)),
            from: Some((self, key)),
        })
    }

    /// Reads the value at `key` into `target`, which keeps its default where there is none.
    fn then<T>(
        self,
        key: &str,
        target: &mut T,
        read: fn(At) -> Result<T, Problem>,
    ) -> Result<(), Problem> {
        let at = self.below(key)?;
        if at.value.is_some() {
            *target = read(at)?;
        }
        Ok(())
    }

    /// A list of at least one.
    fn list<T>(
        self,
        expected: Expected,
        read: fn(At) -> Result<T, Problem>,
    ) -> Result<Vec<T>, Problem> {
        let items = match self.value {
            Some(Value::Array(items)) if !items.is_empty() => items,
            _ => return Err(self.wrong(expected)),
        };
        let mut list = Vec::new();
        for (index, item) in items.iter().enumerate() {
            list.push(read(At {
                value: Some(item),
                from: Some((&self, &index.to_string())),
            })?);
        }
        Ok(list)
    }

    fn text(&self) -> Option<&str> {
        self.value.and_then(Value::as_str)
    }
}

fn name(at: At) -> Result<String, Problem> {
    match at.text() {
        Some(text) if !is_blank(text) => Ok(text.to_owned()),
        _ => Err(at.wrong(Expected::Text)),
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

fn yes_or_no(at: At) -> Result<bool, Problem> {
    match at.value {
        Some(Value::Bool(value)) => Ok(*value),
        _ => Err(at.wrong(Expected::YesOrNo)),
    }
}

fn seconds(at: At) -> Result<u32, Problem> {
    const WEEK: u32 = 604_800;
    match at.value {
        Some(value) => value.as_u32(),
        None => None,
    }
    .filter(|seconds| (1..=WEEK).contains(seconds))
    .ok_or_else(|| at.wrong(Expected::Seconds))
}

fn session(at: At, mut session: Session) -> Result<Session, Problem> {
    at.then("idleSeconds", &mut session.idle_seconds, seconds)?;
    at.then("warnSeconds", &mut session.warn_seconds, seconds)?;
    at.then("absoluteSeconds", &mut session.absolute_seconds, seconds)?;
    if session.warn_seconds < session.idle_seconds {
        Ok(session)
    } else {
        Err(at.below("warnSeconds")?.wrong(Expected::FewerThanIdle))
    }
}

/// Personal data goes there, so plain http only where it cannot leave the machine.
fn base_url(at: At) -> Result<String, Problem> {
    let expected = Expected::BaseUrl;
    match at.text() {
        Some("") => Ok(String::new()),
        Some(url) if is_secure(url) => Ok(url.to_owned()),
        _ => Err(at.wrong(expected)),
    }
}

/// The portal loads nothing from anywhere else, and its policy forbids it.
fn image(at: At) -> Result<String, Problem> {
    match at.text() {
        Some(path) if is_own_path(path) => Ok(path.to_owned()),
        _ => Err(at.wrong(Expected::Path)),
    }
}

fn country_code(at: At) -> Result<String, Problem> {
    match at.text() {
        Some(code) if (1..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(code.to_owned())
        }
        _ => Err(at.wrong(Expected::CountryCodes)),
    }
}

fn label(at: At) -> Result<Label, Problem> {
    let expected = Expected::Label;
    match at.value {
        Some(Value::Text(text)) => Ok(Label::everywhere(text.as_str())),
        Some(Value::Object(texts)) if !texts.is_empty() => {
            let mut label = Vec::new();
            for (tag, text) in texts {
                let text = text.as_str().ok_or_else(|| at.wrong(expected))?;
                label.push((tag.clone(), text.to_owned()));
            }
            Ok(Label(label))
        }
        _ => Err(at.wrong(expected)),
    }
}

fn labels(at: At) -> Result<Vec<(String, Label)>, Problem> {
    let Some(Value::Object(texts)) = at.value else {
        return Err(at.wrong(Expected::Labels));
    };
    let mut labels = Vec::new();
    for (code, _) in texts {
        labels.push((code.clone(), label(at.below(code)?)?));
    }
    Ok(labels)
}

fn staff_entrance(at: At) -> Result<StaffEntrance, Problem> {
    let mut two = false;
    at.then("protocol", &mut two, |at| match at.text() {
        Some("1") => Ok(false),
        Some("2") => Ok(true),
        _ => Err(at.wrong(Expected::Protocol)),
    })?;
    Ok(StaffEntrance {
        client: client(at.below("client")?, two)?,
        label: label(at.below("label")?)?,
    })
}

fn client(at: At, two: bool) -> Result<Client, Problem> {
    match at.text() {
        Some(client) if two => Client::two(client).ok_or_else(|| at.wrong(Expected::ClientOf2)),
        // It travels as a header: anything but visible ASCII would break the call.
        Some(client) if !is_blank(client) && client.bytes().all(|b| (b' '..=b'~').contains(&b)) => {
            Ok(Client::One(client.to_owned()))
        }
        _ => Err(at.wrong(Expected::ClientOf1)),
    }
}

fn map_link(at: At) -> Result<MapLink, Problem> {
    match at.text() {
        Some("none") => Ok(MapLink::None),
        Some("geo") => Ok(MapLink::Geo),
        Some("openstreetmap") => Ok(MapLink::OpenStreetMap),
        Some("google") => Ok(MapLink::Google),
        _ => Err(at.wrong(Expected::MapLink)),
    }
}

fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\")
}

fn is_secure(url: &str) -> bool {
    let (Some(rest), encrypted) = (match url.strip_prefix("https://") {
        None => (url.strip_prefix("http://"), false),
        rest => (rest, true),
    }) else {
        return false;
    };
    let authority = before(b'/', rest);
    // A user name in an address is how `localhost@evil.example` gets past a careless reader.
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '\\');
    if authority.is_empty() || authority.bytes().any(|b| b == b'@') || rest.chars().any(odd) {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => before(b']', v6),
        None => before(b':', authority),
    };
    encrypted || matches!(host, "localhost" | "127.0.0.1" | "::1")
}

/// What comes before the first `end`, or all of it.
fn before(end: u8, text: &str) -> &str {
    let length = text.bytes().position(|b| b == end);
    length.and_then(|length| text.get(..length)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(json: &str) -> (String, &'static str) {
        match Config::parse(json.as_bytes()) {
            Err(Problem::Value { key, expected }) => (key, expected.text()),
            other => panic!("{json}: {other:?}"),
        }
    }

    #[test]
    fn an_empty_object_is_the_defaults() {
        assert_eq!(Config::parse(b"{}"), Ok(Config::default()));
    }

    #[test]
    fn null_is_the_same_as_absent() {
        let nulls = br#"{"brand":null,"languages":null,"patient":{"baseUrl":null},"session":null}"#;
        assert_eq!(Config::parse(nulls), Ok(Config::default()));
    }

    #[test]
    fn the_documented_example_is_the_defaults() {
        let documented = r#"{
          "brand": { "name": "Logistration" },
          "languages": ["en", "ar"],
          "patient": { "enabled": true, "baseUrl": "", "patientIdType": "patientId", "countryCodes": ["966"], "checkExists": true,
                       "oneTimeCode": false, "resendSeconds": 60,
                       "labels": { "maritalStatus": {}, "idType": {}, "gender": {} } },
          "staff": { "enabled": true, "baseUrl": "", "entrances": [{ "client": "spice mobile", "protocol": "1", "label": { "en": "Clinical staff", "ar": "الطاقم الطبي" } }],
                     "passwordKey": "spice_opensource", "logoutMethod": "GET" },
          "session": { "idleSeconds": 900, "warnSeconds": 120, "absoluteSeconds": 28800 },
          "request": { "timeoutSeconds": 15 },
          "validation": { "strict": false },
          "sharedDevice": false,
          "mapLink": "none",
          "offlineStart": false
        }"#;
        assert_eq!(Config::parse(documented.as_bytes()), Ok(Config::default()));
    }

    #[test]
    fn what_is_no_json_is_said_to_be_none() {
        for bytes in [&b""[..], b"{", b"brand: x", b"\xff"] {
            assert_eq!(Config::parse(bytes), Err(Problem::NotJson));
        }
    }

    #[test]
    fn a_value_of_the_wrong_kind_names_its_key() {
        for (json, key) in [
            ("[]", ""),
            (r#"{"brand":[]}"#, "brand"),
            (r#"{"offlineStart":"yes"}"#, "offlineStart"),
            (r#"{"brand":{"name":3}}"#, "brand.name"),
            (r#"{"brand":{"logo":"javascript:alert(1)"}}"#, "brand.logo"),
            (r##"{"brand":{"accent":"#ffcc00"}}"##, "brand.accent"),
            (r#"{"brand":{"logo":"//evil.example/x.svg"}}"#, "brand.logo"),
            (r#"{"languages":[]}"#, "languages"),
            (r#"{"languages":["en","xx"]}"#, "languages.1"),
            (r#"{"patient":{"enabled":"yes"}}"#, "patient.enabled"),
            (
                r#"{"patient":{"baseUrl":"http://hospital.example"}}"#,
                "patient.baseUrl",
            ),
            (
                r#"{"patient":{"baseUrl":"http://localhost@evil.example"}}"#,
                "patient.baseUrl",
            ),
            (
                r#"{"patient":{"baseUrl":"http://localhost.evil.example"}}"#,
                "patient.baseUrl",
            ),
            (
                r#"{"patient":{"countryCodes":["+966"]}}"#,
                "patient.countryCodes.0",
            ),
            (
                r#"{"patient":{"labels":{"gender":{"1":2}}}}"#,
                "patient.labels.gender.1",
            ),
            (r#"{"staff":{"entrances":[]}}"#, "staff.entrances"),
            (
                r#"{"staff":{"entrances":[{"label":"x"}]}}"#,
                "staff.entrances.0.client",
            ),
            (
                r#"{"staff":{"entrances":[{"client":"a\nb","label":"x"}]}}"#,
                "staff.entrances.0.client",
            ),
            (
                r#"{"staff":{"entrances":[{"client":"web","label":"x","protocol":2}]}}"#,
                "staff.entrances.0.protocol",
            ),
            (
                r#"{"staff":{"entrances":[{"client":"a","label":"x"},{"client":"web","label":"x","protocol":"2.0"}]}}"#,
                "staff.entrances.1.protocol",
            ),
            (
                r#"{"staff":{"entrances":[{"client":"Web","label":"x","protocol":"2"}]}}"#,
                "staff.entrances.0.client",
            ),
            (
                r#"{"patient":{"oneTimeCode":"yes"}}"#,
                "patient.oneTimeCode",
            ),
            (
                r#"{"patient":{"resendSeconds":0}}"#,
                "patient.resendSeconds",
            ),
            (r#"{"staff":{"passwordKey":1}}"#, "staff.passwordKey"),
            (r#"{"staff":{"logoutMethod":"PUT"}}"#, "staff.logoutMethod"),
            (r#"{"session":{"idleSeconds":0}}"#, "session.idleSeconds"),
            (r#"{"session":{"idleSeconds":1.5}}"#, "session.idleSeconds"),
            (r#"{"session":{"idleSeconds":60}}"#, "session.warnSeconds"),
            (
                r#"{"session":{"staff":{"idleSeconds":120}}}"#,
                "session.staff.warnSeconds",
            ),
            (
                r#"{"request":{"timeoutSeconds":"15"}}"#,
                "request.timeoutSeconds",
            ),
            (r#"{"validation":{"strict":1}}"#, "validation.strict"),
            (r#"{"sharedDevice":"no"}"#, "sharedDevice"),
            (r#"{"mapLink":"bing"}"#, "mapLink"),
            (
                r#"{"patient":{"enabled":false},"staff":{"enabled":false}}"#,
                "staff.enabled",
            ),
        ] {
            assert_eq!(problem(json).0, key, "{json}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for url in [
            "https://api.hospital.example/x/",
            "http://localhost:8080",
            "http://127.0.0.1/",
            "http://[::1]:3000",
        ] {
            assert!(is_secure(url), "{url}");
        }
        for url in [
            "http://api.hospital.example",
            "ftp://localhost",
            "localhost",
            "https://",
            "https:///x",
            "http://localhost:80@evil.example",
            "https://api.example/?x=",
            "https://api.example/#x",
            "https://api.example/ x",
        ] {
            assert!(!is_secure(url), "{url}");
        }
    }

    #[test]
    fn patients_and_staff_may_have_other_times() {
        let json = br#"{"session":{"idleSeconds":600,"staff":{"idleSeconds":300}}}"#;
        let config = Config::parse(json).expect("a configuration");
        assert_eq!(config.patient_session.idle_seconds, 600);
        assert_eq!(config.staff_session.idle_seconds, 300);
        assert_eq!(config.staff_session.warn_seconds, 120);
    }

    #[test]
    fn an_entrance_leads_to_spice_1_unless_it_says_2() {
        let client = |entrance: &str| {
            let json = format!(r#"{{"staff":{{"entrances":[{entrance}]}}}}"#);
            let config = Config::parse(json.as_bytes()).expect("a configuration");
            config.staff.entrances.first().map(|one| one.client.clone())
        };
        for (entrance, expected) in [
            (r#"{"client":"web","label":"x"}"#, Client::One("web".into())),
            (
                r#"{"client":"spice web","label":"x","protocol":"1"}"#,
                Client::One("spice web".into()),
            ),
            (
                r#"{"client":"web","label":"x","protocol":"2"}"#,
                Client::Web,
            ),
            (
                r#"{"protocol":"2","client":"mob","label":"x"}"#,
                Client::Mob,
            ),
        ] {
            assert_eq!(client(entrance), Some(expected), "{entrance}");
        }
    }

    #[test]
    fn an_empty_password_key_is_legal() {
        let config = Config::parse(br#"{"staff":{"passwordKey":""}}"#).expect("a configuration");
        assert_eq!(config.staff.password_key, "");
    }

    #[test]
    fn a_label_is_said_in_the_page_s_language_and_falls_back_to_the_first() {
        let json = r#"{"patient":{"labels":{"maritalStatus":{"1":{"en":"Single","ar":"أعزب"},"2":"Married"}}}}"#;
        let config = Config::parse(json.as_bytes()).expect("a configuration");
        let labels = &config.patient.labels.marital_status;
        let arabic = i18n::find("ar").expect("Arabic");
        let said: Vec<_> = labels
            .iter()
            .map(|(code, label)| (code.as_str(), label.text_in(arabic)))
            .collect();
        assert_eq!(said, [("1", "أعزب"), ("2", "Married")]);
    }
}
