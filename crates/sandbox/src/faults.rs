//! What can go wrong between a portal and a service, on order. A plan is a list; the first entry
//! that names a call and has tries left meets it. The faults are real ones, as the network makes
//! them: a body that stops, a connection that closes, a stream without an end.

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

/// Where a redirect loop goes round.
pub(crate) const REDIRECT_LOOP_PATH: &str = "/__sandbox/redirect-loop";

/// How long what was written may take to leave before the connection is cut.
const FLUSH_DELAY: Duration = Duration::from_millis(100);
/// An endless answer ends here all the same, lest a careless reader fill the machine's memory.
const ENDLESS_BODY_BYTES: usize = 256 << 20;
/// What a gzip bomb unfolds to.
const GZIP_BOMB_BYTES: usize = 64 << 20;
const CHUNK: usize = 64 << 10;

/// One line of a plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlannedFault {
    call: Call,
    /// How many calls it meets; `null` for all of them. Must be written: nobody should have to
    /// guess what its absence means.
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
    /// A canned answer in the service's place; the service never hears of the call.
    Status {
        status: u16,
        #[serde(default)]
        content_type: Option<String>,
        #[serde(default)]
        body: String,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// The normal answer, late.
    Delay { ms: u64 },
    /// The first bytes of the normal answer, as if they were all.
    Truncate { bytes: usize },
    /// The normal answer under a Content-Length that promises more; then the connection closes.
    ShortBody,
    /// The connection closes before any byte; the service never hears of the call.
    DropBefore,
    /// The same, by a reset: what was on its way is lost, as where a firewall ends a connection.
    Reset,
    /// The normal answer's head, then the connection closes.
    DropAfterHeaders,
    /// The normal answer, slowly.
    Drip { bytes_per_second: u32 },
    /// The normal answer's head, then a body that goes on and on.
    Endless,
    /// The normal answer without its CORS headers.
    NoCors,
    /// The normal answer without the `Authorization` header.
    NoAuthorization,
    /// The normal answer with other headers: a wrong type, a clock that is off, a header that no
    /// page may read.
    Headers {
        #[serde(default)]
        set: BTreeMap<String, String>,
        #[serde(default)]
        remove: Vec<String>,
    },
    /// The normal answer with each header twice, as two proxies in a row may write it.
    DuplicateHeaders,
    /// A redirect to a place that redirects to itself.
    RedirectLoop,
    /// The normal answer's head, then 64 KiB that unfold to 64 MiB.
    GzipBomb,
}

impl Fault {
    /// The word the plan and the wire record use.
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

    /// How the connection ends, for faults that leave the call without an answer.
    pub(crate) fn disconnect(&self) -> Option<Disconnect> {
        match self {
            Self::DropBefore => Some(Disconnect::Close),
            Self::Reset => Some(Disconnect::Reset),
            _ => None,
        }
    }

    /// The answer that stands in for the service's own, for faults that come before it.
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

    /// The normal answer, spoilt. May take its time.
    pub(crate) async fn apply(&self, mut response: BufferedResponse) -> Response<Body> {
        match self {
            // These came before the service, and what stands in its place is left alone.
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
                // A plan with a slip was refused; here there is none.
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
                let promised = response.body.len() + 64;
                return pipe(response, Some(promised), async |body, out| {
                    let _ = out.send(Ok(body)).await;
                    cut(&out).await;
                });
            }
            Self::DropAfterHeaders => {
                let promised = response.body.len().max(1);
                return pipe(response, Some(promised), async |_, out| cut(&out).await);
            }
            Self::Drip { bytes_per_second } => {
                let speed = *bytes_per_second;
                let length = response.body.len();
                return pipe(response, Some(length), async move |body, out| {
                    drip(body, speed, &out).await;
                });
            }
            Self::Endless => {
                return pipe(response, None, async |_, out| endless(&out).await);
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

/// A canned answer. AllowedOrigin to be read from any origin, as the services' own are, unless its own
/// headers say otherwise.
fn fixed_response(
    status: u16,
    content_type: Option<&str>,
    body: &str,
    headers: &BTreeMap<String, String>,
) -> anyhow::Result<BufferedResponse> {
    let status = StatusCode::from_u16(status)?;
    // An informational status does not end a call: the connection would hang.
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
            .with_context(|| format!("{name:?} is no header name"))?;
        response.set(name, HeaderValue::from_str(value)?);
    }
    Ok(())
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan(Vec<PlannedFault>);

impl FaultPlan {
    /// Reads a plan, all of it or none.
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

    /// The fault that meets this call, if any; one of its times is used up.
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

    /// Whether a connection may soon close before it answers. Browsers send a request again by
    /// themselves when that happens on a connection that served before, so such a plan needs
    /// every connection to serve once.
    pub(crate) fn plans_disconnect(&self) -> bool {
        self.0
            .iter()
            .any(|planned| planned.fault.disconnect().is_some() && planned.times != Some(0))
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&self.0)
    }
}

/// Marks a response that must not be sent: the connection ends in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disconnect {
    /// In order.
    Close,
    /// By a reset.
    Reset,
}

type Out = mpsc::Sender<io::Result<Bytes>>;

/// A response whose body a script writes, under a Content-Length of its own choice.
fn pipe<Script, Running>(
    mut response: BufferedResponse,
    content_length: Option<usize>,
    script: Script,
) -> Response<Body>
where
    Script: FnOnce(Bytes, Out) -> Running,
    Running: Future<Output = ()> + Send + 'static,
{
    if let Some(length) = content_length {
        response.set(CONTENT_LENGTH, HeaderValue::from(length));
    }
    let (out, pipe) = mpsc::channel(1);
    tokio::spawn(script(std::mem::take(&mut response.body), out));
    let (parts, _) = response.into_response().into_parts();
    Response::from_parts(parts, Body::new(ChannelBody(pipe)))
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

/// Ends the connection, once what was written has left. An error in a body makes the server
/// close the connection: that is the only way to end one that promised more.
async fn cut(out: &Out) {
    sleep(FLUSH_DELAY).await;
    let _ = out.send(Err(io::Error::other("cut off on order"))).await;
}

async fn drip(mut body: Bytes, bytes_per_second: u32, out: &Out) {
    // Ten drops a second; fewer when there are not ten bytes.
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

async fn endless(out: &Out) {
    // It might be JSON until the very end: only a limit on the size can stop a reader.
    let mut piece = Bytes::from_static(b"{\"fileNo\":\"");
    let more = Bytes::from(vec![b'1'; CHUNK]);
    for _ in 0..ENDLESS_BODY_BYTES / CHUNK {
        if out.send(Ok(piece)).await.is_err() {
            return;
        }
        piece = more.clone();
    }
    cut(out).await;
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
    fn a_plan_is_used_up_in_order() {
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
    fn a_plan_with_a_slip_is_refused() {
        for slip in [
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
            assert!(FaultPlan::parse(slip.as_bytes()).is_err(), "{slip}");
        }
    }
}
