//! References of service faults: a short constant text such as `P2-SHAPE`, which a person can read out and
//! support can look up. It says which call failed and how, and nothing about anybody.

/// A call of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// Look-up of a phone number, `is_patient_exists`.
    PatientLookUp,
    /// Sign-in of a patient, `login`.
    PatientSignIn,
    /// Verification of a one-time code, `verify_otp`.
    CodeCheck,
    /// Request of another one-time code, `resend_otp`.
    CodeResend,
    /// Sign-in of staff, `session`.
    StaffSignIn,
    /// Check of a staff session, `profile` or `validate`.
    StaffProbe,
}

impl Call {
    /// All calls, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::PatientLookUp,
        Self::PatientSignIn,
        Self::CodeCheck,
        Self::CodeResend,
        Self::StaffSignIn,
        Self::StaffProbe,
    ];

    /// First part of a reference: P for the patient service, S for the staff service, and a number.
    pub fn code(self) -> &'static str {
        match self {
            Self::PatientLookUp => "P1",
            Self::PatientSignIn => "P2",
            Self::CodeCheck => "P3",
            Self::CodeResend => "P4",
            Self::StaffSignIn => "S1",
            Self::StaffProbe => "S2",
        }
    }
}

/// Kind of a service fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// No response, or one that broke off.
    Network,
    /// No complete response in time.
    Timeout,
    /// 5xx, or the staff service's 401 without a body.
    Down,
    /// 429.
    Limit,
    /// A web page with an error status, as a firewall sends it.
    Firewall,
    /// A status that no document explains.
    Status,
    /// A body that is not JSON, or nested too deeply.
    NotJson,
    /// A body that is too large.
    Size,
    /// JSON in none of the documented shapes, or with a key twice.
    Shape,
    /// A refusal with an unknown message.
    Message,
    /// A record of another patient than the one who signed in.
    OtherPatient,
    /// A sign-in without a token.
    Token,
    /// A refusal of the portal's origin.
    Origin,
    /// A session cookie that the browser does not hold.
    Cookie,
}

impl FaultKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 14] = [
        Self::Network,
        Self::Timeout,
        Self::Down,
        Self::Limit,
        Self::Firewall,
        Self::Status,
        Self::NotJson,
        Self::Size,
        Self::Shape,
        Self::Message,
        Self::OtherPatient,
        Self::Token,
        Self::Origin,
        Self::Cookie,
    ];

    /// Second part of a reference.
    pub fn code(self) -> &'static str {
        match self {
            Self::Network => "NETWORK",
            Self::Timeout => "TIMEOUT",
            Self::Down => "DOWN",
            Self::Limit => "LIMIT",
            Self::Firewall => "FIREWALL",
            Self::Status => "STATUS",
            Self::NotJson => "JSON",
            Self::Size => "SIZE",
            Self::Shape => "SHAPE",
            Self::Message => "MESSAGE",
            Self::OtherPatient => "OTHER",
            Self::Token => "TOKEN",
            Self::Origin => "ORIGIN",
            Self::Cookie => "COOKIE",
        }
    }
}

/// A call and the kind of its fault, as in `P2-SHAPE`.
///
/// ```
/// use contract::reference::{Call, FaultKind, Reference};
///
/// let reference = Reference { call: Call::PatientSignIn, kind: FaultKind::Shape };
/// assert_eq!(reference.to_text(), "P2-SHAPE");
/// assert_eq!(Reference::parse("p2-shape"), Some(reference));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The call.
    pub call: Call,
    /// The kind of its fault.
    pub kind: FaultKind,
}

impl Reference {
    /// The reference as a text.
    pub fn to_text(self) -> String {
        [self.call.code(), "-", self.kind.code()].concat()
    }

    /// Parses a reference, in letters of any case and with white space around it.
    pub fn parse(text: &str) -> Option<Self> {
        let (call, kind) = text.trim().split_once('-')?;
        let same = |code: &str, written: &str| code.eq_ignore_ascii_case(written);
        Some(Self {
            call: Call::ALL.into_iter().find(|it| same(it.code(), call))?,
            kind: FaultKind::ALL
                .into_iter()
                .find(|it| same(it.code(), kind))?,
        })
    }
}
