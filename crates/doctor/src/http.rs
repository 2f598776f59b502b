//! The HTTP client: one request at a time, as the portal would send it, each on a connection of its
//! own. Redirects are not followed, as browsers do not follow them after a preflight.

use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::rc::Rc;
use std::time::{Duration, Instant};

use config::BaseUrl;
use contract::MAX_BODY;
use contract::personal::Personal;
use contract::request::{Body, Method, Request, join};
use contract::response::{Headers, Response};
use ureq::Agent;
use ureq::http::HeaderMap;
use ureq::tls::TlsConfig;
use zeroize::Zeroizing;

use crate::record::{Answer, Recorder};
use crate::roots::Roots;

/// The boundary of a multipart form, long enough not to occur in a field by chance.
const BOUNDARY: &str = "----doctor-7d1f0c2b9e5a4836";

/// The client of one service.
pub struct Client {
    agent: Agent,
    address: BaseUrl,
    /// The portal's origin, if the service has another one.
    origin: Option<String>,
    /// The portal's origin was given.
    pub(crate) origin_known: bool,
    recorder: Option<Rc<Recorder>>,
}

/// A response.
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, up to one byte more than the portal reads, or the error that ended it.
    pub body: Result<Zeroizing<Vec<u8>>, TransportError>,
    /// The time to the last byte.
    pub elapsed: Duration,
}

impl HttpResponse {
    /// The text of a header; `None` when absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The comma-separated values of all headers of this name, in lower case.
    pub fn header_list(&self, name: &str) -> Vec<String> {
        self.headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(|word| word.trim().to_ascii_lowercase())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// The response as the contract's readers take it.
    pub(crate) fn to_contract<'a>(&self, body: &'a [u8]) -> Response<'a> {
        Response {
            status: self.status,
            headers: Headers {
                authorization: self.header("authorization").map(Personal::from),
                retry_after: self.header("retry-after").map(str::to_owned),
                date: self.header("date").map(str::to_owned),
                content_type: self.header("content-type").map(str::to_owned),
            },
            body,
        }
    }
}

/// The cause of a missing or incomplete response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The name does not resolve.
    HostNotFound,
    /// No program listens at the address.
    ConnectionRefused,
    /// No complete response within the portal's timeout.
    Timeout,
    /// The certificate has expired or is not valid yet.
    CertificateValidity,
    /// The certificate is for another host name.
    CertificateName,
    /// No authority that this machine trusts has issued the certificate, or not for this use.
    CertificateUntrusted,
    /// Another TLS error.
    Tls,
    /// The connection closed before a response.
    ConnectionClosed,
    /// The response ended before its last byte.
    IncompleteBody,
    /// The response is not HTTP.
    NotHttp,
    /// Any other error.
    Other,
}

impl fmt::Display for TransportError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::HostNotFound => "the host name does not resolve",
            Self::ConnectionRefused => "no program listens at this address",
            Self::Timeout => "no complete response within the portal's timeout",
            Self::CertificateValidity => "the certificate has expired or is not valid yet",
            Self::CertificateName => "the certificate is for another host name",
            Self::CertificateUntrusted => {
                "the certificate is not trusted on this machine: it is self-signed or its issuer is \
                 unknown"
            }
            Self::Tls => "the TLS handshake failed",
            Self::ConnectionClosed => "the connection closed before a response",
            Self::IncompleteBody => "the response is incomplete",
            Self::NotHttp => "the response is not HTTP",
            Self::Other => "the request failed",
        })
    }
}

impl TransportError {
    /// The advice to correct it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::HostNotFound => "check the address, and that this network's DNS has the name",
            Self::ConnectionRefused => "check address and port, and that the service is running",
            Self::Timeout => {
                "find the cause in the service or the network; the portal reports a timeout, too"
            }
            Self::CertificateValidity => "renew the certificate, or correct this machine's clock",
            Self::CertificateName => "use a name from the certificate, or add this name to it",
            Self::CertificateUntrusted => {
                "send the intermediate certificates, too; install a hospital's own authority on every \
                 device that opens the portal, and give it to the doctor with --ca"
            }
            Self::Tls => "offer TLS 1.2 or 1.3 with a current cipher suite",
            Self::ConnectionClosed | Self::Other => {
                "check the logs of the service and of the proxy in front of it"
            }
            Self::IncompleteBody => {
                "check for a wrong Content-Length, and the logs of the service and of the proxy for a \
                 failure while the response was sent"
            }
            Self::NotHttp => "check the port: another protocol is spoken there",
        }
    }

    fn from_ureq(error: &ureq::Error) -> Self {
        match error {
            ureq::Error::HostNotFound => Self::HostNotFound,
            ureq::Error::Timeout(_) => Self::Timeout,
            ureq::Error::Io(error) => Self::from_io(error),
            ureq::Error::Rustls(error) => Self::from_tls(&error.to_string()),
            ureq::Error::Tls(message) => Self::from_tls(message),
            ureq::Error::ConnectionFailed => Self::ConnectionRefused,
            ureq::Error::Protocol(_) => Self::NotHttp,
            _ => Self::Other,
        }
    }

    fn from_io(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::ConnectionRefused => Self::ConnectionRefused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::Timeout,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Self::ConnectionClosed,
            ErrorKind::InvalidData => Self::from_tls(&error.to_string()),
            // `ErrorKind` has no stable variant for a failed name lookup.
            _ if error.to_string().starts_with("failed to lookup address") => Self::HostNotFound,
            _ => error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<ureq::Error>())
                .map_or(Self::Other, Self::from_ureq),
        }
    }

    /// Classifies by the message of rustls, which needs no dependency on its error types.
    fn from_tls(message: &str) -> Self {
        let message = message.to_ascii_lowercase();
        let any = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if any(&["expired", "not valid yet", "notvalidyet"]) {
            Self::CertificateValidity
        } else if any(&["not valid for name", "notvalidforname"]) {
            Self::CertificateName
        } else if any(&["invalid peer certificate"]) {
            // An unknown issuer in most cases, or one of several errors for a self-signed one.
            Self::CertificateUntrusted
        } else {
            Self::Tls
        }
    }
}

impl Client {
    /// A client for one service; `origin` is the portal's.
    pub fn new(address: &BaseUrl, origin: Option<&str>, roots: &Roots, timeout: Duration) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(timeout))
            .user_agent("logistration-doctor")
            .tls_config(
                TlsConfig::builder()
                    .root_certs(roots.certificates())
                    .build(),
            );
        if address.is_local() {
            // Browsers use no proxy for the loopback address.
            config = config.proxy(None);
        }
        Self {
            agent: config.build().new_agent(),
            address: address.clone(),
            origin: origin
                .filter(|origin| *origin != address.origin())
                .map(str::to_owned),
            origin_known: origin.is_some(),
            recorder: None,
        }
    }

    /// The same client, with each exchange with the service recorded.
    #[must_use]
    pub fn recorded_by(self, recorder: Option<Rc<Recorder>>) -> Self {
        Self { recorder, ..self }
    }

    pub(crate) fn address(&self) -> &BaseUrl {
        &self.address
    }

    /// The portal's origin, if the service is on another one.
    pub(crate) fn cross_origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Sends a request as the portal would.
    pub(crate) fn send(&self, request: &Request) -> Result<HttpResponse, TransportError> {
        self.send_with_cookie(request, None)
    }

    /// Sends a request as the portal would, with this cookie.
    pub(crate) fn send_with_cookie(
        &self,
        request: &Request,
        cookie: Option<&Personal>,
    ) -> Result<HttpResponse, TransportError> {
        let own = match &self.origin {
            // Browsers send `Origin` with every POST, to the page's own origin too.
            None if self.origin_known && request.method == Method::Post => {
                Some(self.address.origin())
            }
            other => other.clone(),
        };
        self.send_from(own.as_deref(), request, cookie)
    }

    /// Sends a request as a page of this origin would.
    pub(crate) fn send_from(
        &self,
        origin: Option<&str>,
        request: &Request,
        cookie: Option<&Personal>,
    ) -> Result<HttpResponse, TransportError> {
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
        if let Some(origin) = origin {
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
        let sent = builder.headers_ref().cloned().unwrap_or_default();
        let response = match request.method {
            Method::Get => self.run(builder.body(())),
            Method::Post => self.run(builder.body(body.as_slice())),
        };
        let method = request.method.as_str();
        self.record(method, request.path, &sent, &request.body, &response);
        response
    }

    /// Gets a file of the portal.
    pub(crate) fn get(&self, path: &str) -> Result<HttpResponse, TransportError> {
        let address = join(self.address.as_str(), path);
        self.run(ureq::http::Request::get(address).body(()))
    }

    /// Gets the page at the address itself, as a browser does that opens it.
    pub(crate) fn page(&self) -> Result<HttpResponse, TransportError> {
        let request = ureq::http::Request::get(join(self.address.as_str(), ""));
        self.run(request.header("Accept", "text/html").body(()))
    }

    /// Sends a CORS preflight as a browser would.
    pub(crate) fn preflight(
        &self,
        origin: &str,
        path: &str,
        method: Method,
        headers: &str,
    ) -> Result<HttpResponse, TransportError> {
        let builder = ureq::http::Request::builder()
            .method("OPTIONS")
            .uri(join(self.address.as_str(), path))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method.as_str())
            .header("Access-Control-Request-Headers", headers);
        let sent = builder.headers_ref().cloned().unwrap_or_default();
        let response = self.run(builder.body(()));
        self.record("OPTIONS", path, &sent, &Body::None, &response);
        response
    }

    fn record(
        &self,
        method: &str,
        path: &str,
        sent: &HeaderMap,
        body: &Body,
        response: &Result<HttpResponse, TransportError>,
    ) {
        let Some(recorder) = &self.recorder else {
            return;
        };
        let answer = match response {
            Ok(response) => response.body.as_deref().map(|body| Answer {
                status: response.status,
                headers: &response.headers,
                body,
            }),
            Err(error) => Err(error),
        };
        let answer = answer.map_err(ToString::to_string);
        recorder.record(method, path, sent, body, answer);
    }

    fn run(
        &self,
        request: ureq::http::Result<ureq::http::Request<impl ureq::AsSendBody>>,
    ) -> Result<HttpResponse, TransportError> {
        let started = Instant::now();
        let response = self
            .agent
            .run(request.map_err(|_| TransportError::Other)?)
            .map_err(|error| TransportError::from_ureq(&error))?;
        let (parts, mut body) = response.into_parts();
        // One byte more than the portal reads, so that its reader reports a body that is too large.
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
            Err(error) => Err(match TransportError::from_io(&error) {
                TransportError::Timeout => TransportError::Timeout,
                _ => TransportError::IncompleteBody,
            }),
        };
        Ok(HttpResponse {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            elapsed: started.elapsed(),
        })
    }
}

/// A multipart form as a browser encodes it. The names need no escaping; values may be any text.
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
    use super::TransportError;
    use std::io;

    #[test]
    fn failed_name_lookup_is_recognised_by_its_message() {
        let message = "failed to lookup address information: Name or service not known";
        assert_eq!(
            TransportError::from_io(&io::Error::other(message)),
            TransportError::HostNotFound
        );
        assert_eq!(
            TransportError::from_io(&io::Error::other("?")),
            TransportError::Other
        );
    }

    #[test]
    fn certificate_errors_are_classified_by_their_message() {
        for (message, error) in [
            (
                "invalid peer certificate: certificate expired: verification time 1 (UNIX)",
                TransportError::CertificateValidity,
            ),
            (
                "invalid peer certificate: certificate not valid for name \"a.example\"",
                TransportError::CertificateName,
            ),
            (
                "invalid peer certificate: UnknownIssuer",
                TransportError::CertificateUntrusted,
            ),
            (
                "invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))",
                TransportError::CertificateUntrusted,
            ),
            (
                "received fatal alert: HandshakeFailure",
                TransportError::Tls,
            ),
        ] {
            assert_eq!(TransportError::from_tls(message), error);
        }
    }
}
