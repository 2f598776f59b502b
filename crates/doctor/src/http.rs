//! One request at a time, each on a connection of its own, as the portal would make it. Redirects
//! are not followed: a browser may not follow them after it had to ask.

use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};

use config::BaseUrl;
use contract::MAX_BODY;
use contract::personal::Personal;
use contract::request::{Body, Method, Request, join};
use contract::response::{Headers, Response};
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::tls::{RootCerts, TlsConfig};
use zeroize::Zeroizing;

/// Separates the fields of a form; longer than anything that could be in one by chance.
const BOUNDARY: &str = "----doctor-7d1f0c2b9e5a4836";

/// What asks one service.
pub struct Client {
    agent: Agent,
    address: BaseUrl,
    /// The portal's origin, if it is another one than the service's.
    origin: Option<String>,
    /// Whether the portal's origin is known.
    pub(crate) origin_known: bool,
}

/// What came back.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as far as the portal would read it, or why it could not be read to its end.
    pub body: Result<Zeroizing<Vec<u8>>, Trouble>,
    /// How long it took to the last byte.
    pub took: Duration,
}

impl Reply {
    /// A header's text; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The words in all headers of this name, split at commas, in lower case.
    pub fn words(&self, name: &str) -> Vec<String> {
        self.headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|word| word.trim().to_ascii_lowercase())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// For the contract's readers.
    pub(crate) fn answer<'a>(&self, body: &'a [u8]) -> Response<'a> {
        Response {
            status: self.status,
            headers: Headers {
                authorization: self.header("authorization").map(Personal::from),
                retry_after: self.header("retry-after").map(str::to_owned),
            },
            body,
        }
    }
}

/// Why there is no answer, or only half of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The name does not resolve.
    NoHost,
    /// Nobody listens there.
    Refused,
    /// No answer, or not all of it, within the portal's patience.
    Timeout,
    /// The certificate has expired or is not valid yet.
    CertificateTime,
    /// The certificate is for another name.
    CertificateName,
    /// Nobody this machine trusts vouches for the certificate, or it may not be used for this.
    CertificateIssuer,
    /// Another failure of TLS.
    Tls,
    /// The connection closed before an answer came.
    Closed,
    /// The answer broke off.
    BrokenOff,
    /// What came is not HTTP.
    NotHttp,
    /// Anything else.
    Other,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NoHost => "the host's name does not resolve",
            Self::Refused => "nobody listens at this address",
            Self::Timeout => "no complete answer within the portal's patience",
            Self::CertificateTime => "the certificate has expired or is not valid yet",
            Self::CertificateName => "the certificate is for another host",
            Self::CertificateIssuer => {
                "the certificate is not trusted on this machine: its issuer is unknown, or itself"
            }
            Self::Tls => "no secure connection could be agreed on",
            Self::Closed => "the connection closed before an answer came",
            Self::BrokenOff => "the answer broke off",
            Self::NotHttp => "what answers does not speak HTTP",
            Self::Other => "the call failed",
        })
    }
}

impl Trouble {
    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::NoHost => "check the address, and that this network knows the name",
            Self::Refused => "check address and port, and that the service runs",
            Self::Timeout => {
                "find out what is slow between here and the service; the portal gives up, too"
            }
            Self::CertificateTime => "renew the certificate, or set this machine's clock",
            Self::CertificateName => "use the name in the certificate, or add this one to it",
            Self::CertificateIssuer => {
                "send the intermediate certificates, too; a hospital's own authority must be \
                 installed on every device that opens the portal"
            }
            Self::Tls => "offer TLS 1.2 or 1.3 with a current cipher",
            Self::Closed | Self::Other => {
                "look into the logs of the service and of the proxy before it"
            }
            Self::BrokenOff => {
                "the Content-Length and the bytes differ, or the service died on the way: look \
                 into its logs and those of the proxy"
            }
            Self::NotHttp => "check the port",
        }
    }

    fn of(error: &ureq::Error) -> Self {
        match error {
            ureq::Error::HostNotFound => Self::NoHost,
            ureq::Error::Timeout(_) => Self::Timeout,
            ureq::Error::Io(error) => Self::of_io(error),
            ureq::Error::Rustls(error) => Self::of_tls(&error.to_string()),
            ureq::Error::Tls(said) => Self::of_tls(said),
            ureq::Error::ConnectionFailed => Self::Refused,
            ureq::Error::Protocol(_) => Self::NotHttp,
            _ => Self::Other,
        }
    }

    fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::ConnectionRefused => Self::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::Timeout,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Self::Closed,
            ErrorKind::InvalidData => Self::of_tls(&error.to_string()),
            // The standard library has no kind for it.
            _ if error.to_string().starts_with("failed to lookup address") => Self::NoHost,
            _ => error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<ureq::Error>())
                .map_or(Self::Other, Self::of),
        }
    }

    /// By the words of the TLS library: its types are not the client's to show.
    fn of_tls(said: &str) -> Self {
        let said = said.to_ascii_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if any(&["expired", "not valid yet", "notvalidyet"]) {
            Self::CertificateTime
        } else if any(&["not valid for name", "notvalidforname"]) {
            Self::CertificateName
        } else if any(&["invalid peer certificate"]) {
            // Mostly an unknown issuer; or self-signed, which has several names.
            Self::CertificateIssuer
        } else {
            Self::Tls
        }
    }
}

impl Client {
    /// For one service; `origin` is the portal's.
    pub fn new(address: &BaseUrl, origin: Option<&str>, timeout: Duration) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(timeout))
            .user_agent("logistration-doctor")
            .tls_config(
                TlsConfig::builder()
                    .root_certs(RootCerts::PlatformVerifier)
                    .build(),
            );
        if address.is_local() {
            // No proxy stands between a browser and its own machine.
            config = config.proxy(None);
        }
        Self {
            agent: config.build().new_agent(),
            address: address.clone(),
            origin: origin
                .filter(|origin| *origin != address.origin())
                .map(str::to_owned),
            origin_known: origin.is_some(),
        }
    }

    pub(crate) fn address(&self) -> &BaseUrl {
        &self.address
    }

    /// The portal's origin, if the service is on another one.
    pub(crate) fn foreign_origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Sends a request as the portal would.
    pub(crate) fn send(&self, request: &Request) -> Result<Reply, Trouble> {
        self.send_with(request, None)
    }

    /// Sends a request as the portal would, from a browser that has this cookie.
    pub(crate) fn send_with(
        &self,
        request: &Request,
        cookie: Option<&Personal>,
    ) -> Result<Reply, Trouble> {
        let address = join(self.address.as_str(), request.path);
        let mut builder = ureq::http::Request::builder()
            .method(request.method.as_str())
            .uri(address);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value.as_str());
        }
        if let Some(cookie) = cookie {
            builder = builder.header("Cookie", cookie.as_str());
        }
        if let Some(origin) = &self.origin {
            builder = builder.header("Origin", origin);
        }
        let body = match &request.body {
            Body::None => Zeroizing::new(Vec::new()),
            Body::Json(text) => Zeroizing::new(text.as_str().as_bytes().to_vec()),
            Body::Form(fields) => {
                let kind = format!("multipart/form-data; boundary={BOUNDARY}");
                builder = builder.header("Content-Type", kind);
                Zeroizing::new(multipart(fields))
            }
        };
        match request.method {
            Method::Get => self.run(builder.body(())),
            Method::Post => self.run(builder.body(body.as_slice())),
        }
    }

    /// Asks as a browser does before it calls.
    pub(crate) fn preflight(
        &self,
        origin: &str,
        path: &str,
        method: Method,
        headers: &str,
    ) -> Result<Reply, Trouble> {
        self.run(
            ureq::http::Request::builder()
                .method("OPTIONS")
                .uri(join(self.address.as_str(), path))
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method.as_str())
                .header("Access-Control-Request-Headers", headers)
                .body(()),
        )
    }

    fn run(
        &self,
        request: ureq::http::Result<ureq::http::Request<impl ureq::AsSendBody>>,
    ) -> Result<Reply, Trouble> {
        let started = Instant::now();
        let response = self
            .agent
            .run(request.map_err(|_| Trouble::Other)?)
            .map_err(|error| Trouble::of(&error))?;
        let (parts, mut body) = response.into_parts();
        // One byte more than the portal reads: then its reader says that there is too much.
        let limit = MAX_BODY + 1;
        let mut bytes = Zeroizing::new(Vec::with_capacity(16 << 10));
        let read = body
            .with_config()
            .limit(u64::MAX)
            .reader()
            .take(u64::try_from(limit).unwrap_or(u64::MAX))
            .read_to_end(&mut bytes);
        let body = match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(match Trouble::of_io(&error) {
                Trouble::Timeout => Trouble::Timeout,
                _ => Trouble::BrokenOff,
            }),
        };
        Ok(Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            took: started.elapsed(),
        })
    }
}

/// A form as a browser writes it. Names are ours; a value may be anything.
fn multipart(fields: &[(&'static str, Personal)]) -> Vec<u8> {
    let mut body = Vec::with_capacity(1 << 10);
    for (name, value) in fields {
        for part in [
            "--",
            BOUNDARY,
            "\r\nContent-Disposition: form-data; name=\"",
            name,
            "\"\r\n\r\n",
            value.as_str(),
            "\r\n",
        ] {
            body.extend_from_slice(part.as_bytes());
        }
    }
    for part in ["--", BOUNDARY, "--\r\n"] {
        body.extend_from_slice(part.as_bytes());
    }
    body
}

#[cfg(test)]
mod tests {
    use super::Trouble;
    use std::io;

    #[test]
    fn a_name_that_does_not_resolve_is_no_other_failure() {
        let said = "failed to lookup address information: Name or service not known";
        assert_eq!(Trouble::of_io(&io::Error::other(said)), Trouble::NoHost);
        assert_eq!(Trouble::of_io(&io::Error::other("?")), Trouble::Other);
    }

    #[test]
    fn certificates_are_told_apart_by_what_is_wrong_with_them() {
        for (said, trouble) in [
            (
                "invalid peer certificate: certificate expired: verification time 1 (UNIX)",
                Trouble::CertificateTime,
            ),
            (
                "invalid peer certificate: certificate not valid for name \"a.example\"",
                Trouble::CertificateName,
            ),
            (
                "invalid peer certificate: UnknownIssuer",
                Trouble::CertificateIssuer,
            ),
            (
                "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
                Trouble::CertificateIssuer,
            ),
            ("received fatal alert: HandshakeFailure", Trouble::Tls),
        ] {
            assert_eq!(Trouble::of_tls(said), trouble);
        }
    }
}
