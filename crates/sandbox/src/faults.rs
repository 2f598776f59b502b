//! Fault injection. A plan is a list; the first entry that names a call and has times left is applied
//! to it. The faults are real ones on the wire: a body that stops, a connection that closes, a
//! stream without an end.

use crate::request::Call;
use crate::response::BufferedResponse;
use anyhow::Context;
use axum::body::Body;
use axum::http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue,
    LOCATION,
};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body::Frame;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;

/// The path that redirects to itself.
pub(crate) const REDIRECT_LOOP_PATH: &str = "/__sandbox/redirect-loop";

/// The time for written bytes to be sent before the connection is closed.
const FLUSH_DELAY: Duration = Duration::from_millis(100);
/// The size at which an endless body ends, so that a reader without a limit does not exhaust memory.
const ENDLESS_BODY_BYTES: usize = 256 << 20;
/// The decompressed size of a gzip bomb.
const GZIP_BOMB_BYTES: usize = 64 << 20;
const CHUNK: usize = 64 << 10;

/// One entry of a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlannedFault {
    call: Call,
    /// The number of calls it applies to; `null` for all of them. Required, so that no default has to
    /// be guessed.
    #[serde(deserialize_with = "Option::deserialize")]
    times: Option<u32>,
    fault: Fault,
}

/// A fault, named by its `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(crate) enum Fault {
    /// A fixed response in place of the service's; the service does not see the call.
    Status {
        status: u16,
        #[serde(default)]
        content_type: Option<String>,
        #[serde(default)]
        body: String,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// The normal response, late.
    Delay { ms: u64 },
    /// The first bytes of the normal body, with a Content-Length that matches them.
    Truncate { bytes: usize },
    /// The normal response with a larger Content-Length; then the connection closes.
    ShortBody,
    /// The connection closes before any byte; the service does not see the call.
    DropBefore,
    /// The same, by a TCP reset, as when a firewall ends a connection.
    Reset,
    /// The normal response's head, then the connection closes.
    DropAfterHeaders,
    /// The normal response, slowly.
    Drip { bytes_per_second: u32 },
    /// The normal response's head, then a body without an end.
    Endless,
    /// The normal response without its CORS headers.
    NoCors,
    /// The normal response without the `Authorization` header.
    NoAuthorization,
    /// The normal response with other headers, such as a wrong media type or a wrong date.
    Headers {
        #[serde(default)]
        set: BTreeMap<String, String>,
        #[serde(default)]
        remove: Vec<String>,
    },
    /// The normal response with each header twice, as a chain of two proxies may send it.
    DuplicateHeaders,
    /// A redirect to a URL that redirects to itself.
    RedirectLoop,
    /// The normal response's head, then 64 KiB that decompress to 64 MiB.
    GzipBomb,
}

impl Fault {
    /// The name in the fault plan and the wire record.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Delay { .. } => "delay",
            Self::Truncate { .. } => "truncate",
            Self::ShortBody => "shortBody",
            Self::DropBefore => "dropBefore",
            Self::Reset => "reset",
            Self::DropAfterHeaders => "dropAfterHeaders",
            Self::Drip { .. } => "drip",
            Self::Endless => "endless",
            Self::NoCors => "noCors",
            Self::NoAuthorization => "noAuthorization",
            Self::Headers { .. } => "headers",
            Self::DuplicateHeaders => "duplicateHeaders",
            Self::RedirectLoop => "redirectLoop",
            Self::GzipBomb => "gzipBomb",
        }
    }

    /// The end of the connection, for faults that leave the call without a response.
    pub(crate) fn disconnect(&self) -> Option<Disconnect> {
        match self {
            Self::DropBefore => Some(Disconnect::Close),
            Self::Reset => Some(Disconnect::Reset),
            _ => None,
        }
    }

    /// The response in place of the service's, for faults that keep the call from it.
    pub(crate) fn replacement(&self) -> Option<anyhow::Result<BufferedResponse>> {
        match self {
            Self::Status {
                status,
                content_type,
                body,
                headers,
            } => Some(fixed_response(
                *status,
                content_type.as_deref(),
                body,
                headers,
            )),
            Self::RedirectLoop => Some(Ok(BufferedResponse::empty(StatusCode::TEMPORARY_REDIRECT)
                .with(LOCATION, HeaderValue::from_static(REDIRECT_LOOP_PATH)))),
            _ => None,
        }
    }

    /// Applies the fault to the normal response, which may take a while.
    pub(crate) async fn apply(&self, mut response: BufferedResponse) -> Response<Body> {
        match self {
            // Applied before the service; their replacement is sent as it is.
            Self::Status { .. } | Self::RedirectLoop | Self::DropBefore | Self::Reset => {}
            Self::Delay { ms } => sleep(Duration::from_millis(*ms)).await,
            Self::Truncate { bytes } => response.body.truncate(*bytes),
            Self::NoCors => {
                let names: Vec<HeaderName> = response.headers.keys().cloned().collect();
                for name in names {
                    if name.as_str().starts_with("access-control-") {
                        response.headers.remove(name);
                    }
                }
            }
            Self::NoAuthorization => {
                response.headers.remove(AUTHORIZATION);
            }
            Self::Headers { set, remove } => {
                for name in remove {
                    response.headers.remove(name.as_str());
                }
                // `FaultPlan::parse` has checked these headers.
                let _ = set_headers(&mut response, set);
            }
            Self::DuplicateHeaders => {
                for (name, value) in response.headers.clone() {
                    if let Some(name) = name {
                        response.headers.append(name, value);
                    }
                }
            }
            Self::ShortBody => {
                let content_length = response.body.len() + 64;
                return stream(response, Some(content_length), async |body, out| {
                    let _ = out.send(Ok(body)).await;
                    abort(&out).await;
                });
            }
            Self::DropAfterHeaders => {
                let content_length = response.body.len().max(1);
                return stream(response, Some(content_length), async |_, out| {
                    abort(&out).await;
                });
            }
            Self::Drip { bytes_per_second } => {
                let speed = *bytes_per_second;
                let length = response.body.len();
                return stream(response, Some(length), async move |body, out| {
                    drip(body, speed, &out).await;
                });
            }
            Self::Endless => {
                return stream(response, None, async |_, out| endless(&out).await);
            }
            Self::GzipBomb => match gzip_bomb() {
                Ok(bomb) => {
                    response.body = bomb;
                    response.set(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                }
                Err(error) => response.body = Bytes::from(error.to_string()),
            },
        }
        response.into_response()
    }
}

/// The response of [`Fault::Status`], if its values are valid HTTP.
fn fixed_response(
    status: u16,
    content_type: Option<&str>,
    body: &str,
    headers: &BTreeMap<String, String>,
) -> anyhow::Result<BufferedResponse> {
    let status = StatusCode::from_u16(status)?;
    // After an informational status the client would wait for the final one.
    anyhow::ensure!(status.as_u16() >= 200, "{status} is not a final status");
    let mut response = BufferedResponse::empty(status);
    response.body = Bytes::from(body.to_owned());
    if let Some(content_type) = content_type {
        response.set(CONTENT_TYPE, HeaderValue::from_str(content_type)?);
    }
    set_headers(&mut response, headers)?;
    Ok(response)
}

fn set_headers(
    response: &mut BufferedResponse,
    headers: &BTreeMap<String, String>,
) -> anyhow::Result<()> {
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes())
            .with_context(|| format!("{name:?} is not a header name"))?;
        response.set(name, HeaderValue::from_str(value)?);
    }
    Ok(())
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan(Vec<PlannedFault>);

impl FaultPlan {
    /// Parses a plan and checks each of its faults.
    pub(crate) fn parse(json: &[u8]) -> anyhow::Result<Self> {
        let plan: Vec<PlannedFault> = serde_json::from_slice(json)?;
        for planned in &plan {
            if let Some(response) = planned.fault.replacement() {
                response?;
            }
            if let Fault::Headers { set, .. } = &planned.fault {
                set_headers(&mut BufferedResponse::empty(StatusCode::OK), set)?;
            }
            if let Fault::Drip { bytes_per_second } = planned.fault {
                anyhow::ensure!(bytes_per_second > 0, "bytesPerSecond is at least 1");
            }
        }
        Ok(Self(plan))
    }

    /// The fault for this call, if any; its remaining times are decremented.
    pub(crate) fn take(&mut self, call: Call) -> Option<Fault> {
        let planned = self
            .0
            .iter_mut()
            .find(|planned| planned.call == call && planned.times != Some(0))?;
        if let Some(times) = &mut planned.times {
            *times -= 1;
        }
        Some(planned.fault.clone())
    }

    /// Returns `true` while the plan may close a connection before a response. On a connection that has
    /// served before, browsers then retry the request by themselves (RFC 9112, section 9.3.1), so
    /// with such a plan each connection serves one request only.
    pub(crate) fn plans_disconnect(&self) -> bool {
        self.0
            .iter()
            .any(|planned| planned.fault.disconnect().is_some() && planned.times != Some(0))
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.0)
    }
}

/// Marks a response that must not be sent; the connection is closed instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disconnect {
    /// By a normal close.
    Close,
    /// By a reset.
    Reset,
}

type BodySender = mpsc::Sender<io::Result<Bytes>>;

/// A response whose body `write` streams, with any Content-Length.
fn stream<Write, Writing>(
    mut response: BufferedResponse,
    content_length: Option<usize>,
    write: Write,
) -> Response<Body>
where
    Write: FnOnce(Bytes, BodySender) -> Writing,
    Writing: Future<Output = ()> + Send + 'static,
{
    if let Some(length) = content_length {
        response.set(CONTENT_LENGTH, HeaderValue::from(length));
    }
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(write(std::mem::take(&mut response.body), sender));
    let (parts, _) = response.into_response().into_parts();
    Response::from_parts(parts, Body::new(ChannelBody(receiver)))
}

struct ChannelBody(mpsc::Receiver<io::Result<Bytes>>);

impl http_body::Body for ChannelBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        self.0
            .poll_recv(context)
            .map(|next| next.map(|piece| piece.map(Frame::data)))
    }
}

/// Closes the connection after the written bytes have been sent. hyper closes it on an error of the
/// body, the only way to end a body shorter than its Content-Length.
async fn abort(body: &BodySender) {
    sleep(FLUSH_DELAY).await;
    let _ = body.send(Err(io::Error::other("cut off by a fault"))).await;
}

async fn drip(mut body: Bytes, bytes_per_second: u32, out: &BodySender) {
    // Ten drops a second; fewer below ten bytes a second.
    let drops = bytes_per_second.clamp(1, 10);
    let size = usize::try_from(bytes_per_second / drops).unwrap_or(1);
    while !body.is_empty() {
        let drop = body.split_to(size.min(body.len()));
        if out.send(Ok(drop)).await.is_err() {
            return;
        }
        sleep(Duration::from_secs(1) / drops).await;
    }
}

async fn endless(out: &BodySender) {
    // A valid prefix of JSON at any length, so that only a size limit stops a reader.
    let mut piece = Bytes::from_static(b"{\"fileNo\":\"");
    let more = Bytes::from(vec![b'1'; CHUNK]);
    for _ in 0..ENDLESS_BODY_BYTES / CHUNK {
        if out.send(Ok(piece)).await.is_err() {
            return;
        }
        piece = more.clone();
    }
    abort(out).await;
}

fn gzip_bomb() -> io::Result<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let spaces = vec![b' '; CHUNK];
    for _ in 0..GZIP_BOMB_BYTES / CHUNK {
        encoder.write_all(&spaces)?;
    }
    encoder.finish().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultPlan};
    use crate::request::Call;

    #[test]
    fn planned_faults_are_taken_in_order_until_their_times_are_used_up() {
        let mut plan = FaultPlan::parse(
            br#"[{"call":"login","times":2,"fault":{"kind":"dropBefore"}},
                 {"call":"login","times":null,"fault":{"kind":"delay","ms":3}}]"#,
        )
        .unwrap();
        assert!(plan.plans_disconnect());
        assert_eq!(plan.take(Call::Exists), None);
        assert_eq!(plan.take(Call::Login), Some(Fault::DropBefore));
        assert_eq!(plan.take(Call::Login), Some(Fault::DropBefore));
        assert!(!plan.plans_disconnect());
        assert_eq!(plan.take(Call::Login), Some(Fault::Delay { ms: 3 }));
        assert_eq!(plan.take(Call::Login), Some(Fault::Delay { ms: 3 }));
    }

    #[test]
    fn plan_with_a_mistake_is_rejected() {
        for plan in [
            "{}",
            r#"[{"call":"sessions","times":1,"fault":{"kind":"noCors"}}]"#,
            r#"[{"call":"session","fault":{"kind":"noCors"}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"noCORS"}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"delay"}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"delay","ms":1,"s":1}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"status","status":1000}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"status","status":100}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"drip","bytesPerSecond":0}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"headers","set":{"a b":""}}}]"#,
            r#"[{"call":"session","times":1,"fault":{"kind":"status","status":200,"headers":{"a b":""}}}]"#,
        ] {
            assert!(FaultPlan::parse(plan.as_bytes()).is_err(), "{plan}");
        }
    }
}
