//! Requests to other servers: the middleware, and the one with the portal's files.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, CONTENT_TYPE, HeaderName, RETRY_AFTER,
    SET_COOKIE, TRANSFER_ENCODING,
};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use ureq::Agent;
use zeroize::Zeroizing;

use crate::Application;

/// Shorter than the portal's own timeout, so that a patient gets a message and not a timeout.
const TIMEOUT: Duration = Duration::from_secs(13);

/// The size limit of an answer.
const MAX_BODY: u64 = 8 << 20;

/// A server.
pub(crate) struct Upstream {
    agent: Agent,
    url: String,
}

/// Its answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Upstream {
    /// The server at this URL.
    pub(crate) fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            // A status is passed on, and a redirect is not the middleware's to make.
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        Self {
            agent: config.build().into(),
            url: url.trim_end_matches('/').to_owned(),
        }
    }

    /// Posts JSON. The answer has the headers that the portal reads, and no others: no cookie, no name of a
    /// server.
    pub(crate) async fn post_json(&self, path: &str, body: Bytes) -> Result<Answer> {
        let request = self.agent.post(format!("{}{path}", self.url));
        let mut answer = answer(move || {
            request
                .header(CONTENT_TYPE, "application/json")
                .header(ACCEPT, "application/json")
                .send(&body[..])
        })
        .await?;
        answer.keep(&[
            CONTENT_TYPE,
            RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
        ]);
        Ok(answer)
    }

    /// Gets a file or a page of the portal.
    async fn get(&self, path: &str, headers: &HeaderMap) -> Result<Answer> {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for name in [ACCEPT, ACCEPT_LANGUAGE] {
            if let Some(value) = headers.get(&name) {
                request = request.header(name, value);
            }
        }
        // The client would decompress it.
        let request = request.header(ACCEPT_ENCODING, "identity");
        let mut answer = answer(move || request.call()).await?;
        for name in [CONNECTION, TRANSFER_ENCODING, SET_COOKIE] {
            answer.headers.remove(name);
        }
        Ok(answer)
    }
}

/// Waits for an answer on a thread, because the client blocks.
async fn answer(
    send: impl FnOnce() -> Result<axum::http::Response<ureq::Body>, ureq::Error> + Send + 'static,
) -> Result<Answer> {
    let received = tokio::task::spawn_blocking(move || {
        let mut response = send()?;
        let body = response.body_mut().with_config().limit(MAX_BODY);
        let body = Zeroizing::new(body.read_to_vec()?);
        let (head, _) = response.into_parts();
        anyhow::Ok(Answer {
            status: head.status,
            headers: head.headers,
            body,
        })
    });
    received.await.context("the request panicked")?
}

impl Answer {
    /// Removes all headers but these.
    fn keep(&mut self, names: &[HeaderName]) {
        let headers = std::mem::take(&mut self.headers);
        for name in names {
            if let Some(value) = headers.get(name) {
                self.headers.insert(name, value.clone());
            }
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (self.status, self.headers, self.body.to_vec()).into_response()
    }
}

/// A file or a page of the portal.
pub(crate) async fn portal_file(
    State(application): State<Arc<Application>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    match application.portal.get(path, &headers).await {
        Ok(answer) => answer.into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}
