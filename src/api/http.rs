//! One HTTP exchange over fetch: timeout, cancellation and size limit, up to a complete body or an
//! [`ApiError`].

use std::{cell::Cell, future::poll_fn, pin::Pin, rc::Rc, task::Poll, time::Duration};

use contract::{
    MAX_BODY,
    personal::Personal,
    reference::Call,
    request::{Body, Credentials, Method, Request, join},
    response::{self, Headers},
    service_error::{ResponseError, ServiceError},
};
use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Math, Object, Promise};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, window};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, FormData, ReadableStreamDefaultReader, ReferrerPolicy,
    RequestCache, RequestCredentials, RequestRedirect,
};
use zeroize::Zeroizing;

use super::error::{ApiError, Failure};
use crate::platform::Moment;

/// Cancels its requests when dropped: when the page is left, or the form is submitted again.
pub struct AbortGuard(Option<AbortController>);

impl AbortGuard {
    /// A guard for requests to come. Without `AbortController` in the browser nothing is cancelled.
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// The token to pass to requests.
    pub fn signal(&self) -> AbortToken {
        AbortToken(self.0.clone())
    }
}

impl Default for AbortGuard {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            // Without a reason: gloo-net panics on a rejection that is not an `Error`.
            controller.abort();
        }
    }
}

/// Token of an [`AbortGuard`], for a request.
#[derive(Clone)]
pub struct AbortToken(Option<AbortController>);

/// Aborts a request when its time is up; dropped with the request.
struct Deadline {
    timer: Option<TimeoutHandle>,
    passed: Rc<Cell<bool>>,
}

impl Deadline {
    /// A timer and not `AbortSignal.any`, which browsers have since 2023 only.
    fn after(millis: u32, controller: Option<AbortController>) -> Self {
        let passed = Rc::new(Cell::new(false));
        let timer = after(millis, {
            let passed = Rc::clone(&passed);
            move || {
                passed.set(true);
                if let Some(controller) = &controller {
                    controller.abort();
                }
            }
        });
        Self { timer, passed }
    }

    /// The error of a request that broke off.
    fn error(&self) -> ApiError {
        if self.passed.get() {
            ApiError::TimedOut
        } else {
            connection_error()
        }
    }
}

/// The error of a request without a response: the browser tells offline from the rest.
fn connection_error() -> ApiError {
    if window().navigator().on_line() {
        ApiError::Unreachable
    } else {
        ApiError::Offline
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.clear();
        }
    }
}

/// A response as received. Its body is personal data, and wiped on drop.
pub struct HttpResponse {
    status: u16,
    headers: Headers,
    body: Zeroizing<Vec<u8>>,
    /// The error that cut the body short.
    error: Option<ApiError>,
    request_id: Option<String>,
}

impl HttpResponse {
    /// The result of a reader of `contract`, or the failure of this call.
    pub(super) fn read<T>(
        mut self,
        call: Call,
        reader: impl FnOnce(&response::Response<'_>) -> Result<T, ServiceError>,
    ) -> Result<T, Failure> {
        let (received, complete) = self.partial();
        let outcome = complete.and_then(|()| Ok(reader(&received)?));
        outcome.map_err(|error| self.failure(call, error))
    }

    /// The failure of this call with the gateway's ID of the request.
    pub(super) fn failure(&mut self, call: Call, error: ApiError) -> Failure {
        Failure {
            error,
            call,
            request_id: self.request_id.take(),
        }
    }

    /// True for a status of success.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Status and body, without the headers.
    pub(super) fn peek(&self) -> response::Response<'_> {
        response::Response {
            status: self.status,
            headers: Headers::default(),
            body: &self.body,
        }
    }

    /// The response for `contract`, if it is complete.
    pub fn complete(&mut self) -> Result<response::Response<'_>, ApiError> {
        let (response, complete) = self.partial();
        complete.map(|()| response)
    }

    /// The response as far as it came, for its headers, and the error that cut it short.
    pub fn partial(&mut self) -> (response::Response<'_>, Result<(), ApiError>) {
        let response = response::Response {
            status: self.status,
            headers: std::mem::take(&mut self.headers),
            body: &self.body,
        };
        (response, self.error.take().map_or(Ok(()), Err))
    }
}

/// Average pause before each further attempt, in milliseconds.
const RETRY_PAUSES: [f64; 2] = [300.0, 900.0];

/// Sends an idempotent request, and repeats it where the network or a gateway failed, never after the
/// service itself responded or said when it is back. One timeout holds for all attempts. Pauses are random, so that
/// clients which were cut off together do not come back together. `signal` as for [`send`].
pub(super) async fn send_with_retry(
    base: &str,
    request: impl Fn() -> Request,
    millis: u32,
    signal: Option<&AbortToken>,
) -> Result<HttpResponse, ApiError> {
    let begun = Moment::now();
    let mut left = millis;
    let mut pauses = RETRY_PAUSES.into_iter();
    loop {
        let outcome = send(base, request(), left, signal).await;
        let may_change = match &outcome {
            Ok(response) => {
                (matches!(response.status, 502..=504) && response.headers.retry_after.is_none())
                    || response.error == Some(ApiError::Unreachable)
            }
            Err(error) => *error == ApiError::Unreachable,
        };
        let Some(pause) = pauses.next().filter(|_| may_change) else {
            return outcome;
        };
        let pause = pause * (0.5 + Math::random());
        let rest = f64::from(millis) - begun.elapsed() - pause;
        if rest < 1.0 {
            return outcome;
        }
        left = to_u32(rest);
        sleep(to_u32(pause)).await;
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some seconds; what does not fit becomes the nearest that does"
)]
fn to_u32(millis: f64) -> u32 {
    millis as u32
}

pub(super) async fn sleep(millis: u32) {
    let over = Rc::new(Cell::new(false));
    let mut timer = None;
    poll_fn(move |context| {
        // Without a timer there is no pause.
        let set = timer.get_or_insert_with(|| {
            let (over, waker) = (Rc::clone(&over), context.waker().clone());
            after(millis, move || {
                over.set(true);
                waker.wake_by_ref();
            })
            .is_some()
        });
        if over.get() || !*set {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

fn after(millis: u32, act: impl Fn() + 'static) -> Option<TimeoutHandle> {
    set_timeout_with_handle(act, Duration::from_millis(millis.into())).ok()
}

/// A pending response. Boxed: all callers share the code that drops it.
type Pending<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, ApiError>> + 'a>>;

/// Sends a request and waits for the response. Without a `signal` only the timeout cancels it, not even
/// leaving the page (`keepalive`). An error where not even the headers came.
pub(super) fn send<'a>(
    base: &'a str,
    request: Request,
    millis: u32,
    signal: Option<&'a AbortToken>,
) -> Pending<'a> {
    Box::pin(async move {
        let controller = match signal {
            Some(signal) => signal.0.clone(),
            None => AbortController::new().ok(),
        };
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
        };
        let abort_signal = controller.as_ref().map(AbortController::signal);
        let mut builder =
            request_builder(&join(base, request.path), abort_signal.as_ref()).method(method);
        for (name, value) in &request.headers {
            builder = builder.header(name, value.as_str());
        }
        builder = builder.credentials(match request.credentials {
            Credentials::Omit => RequestCredentials::Omit,
            Credentials::SameOrigin => RequestCredentials::SameOrigin,
            Credentials::Include => RequestCredentials::Include,
        });
        let built = match &request.body {
            Body::None => builder.build(),
            Body::Json(text) => builder.body(text.as_str()),
            Body::Form(fields) => builder.body(form(fields).ok_or(ApiError::Unreachable)?),
        };
        let deadline = Deadline::after(millis, controller);
        let request: web_sys::Request = built.map_err(|_| deadline.error())?.into();
        let options: FetchOptions = Object::new().unchecked_into();
        options.set_keepalive(signal.is_none());
        // Fetch takes the policy of its options, not of the request, when it gets options.
        options.set_referrer_policy("no-referrer");
        let response: web_sys::Response = JsFuture::from(fetch(&request, &options))
            .await
            .map_err(|_| deadline.error())?
            .unchecked_into();
        if response.status() == 0 {
            return Err(ApiError::Redirected);
        }
        Ok(read(response.into(), &deadline).await)
    })
}

#[wasm_bindgen]
extern "C" {
    /// `RequestInit` with the members that `web_sys` lacks.
    type FetchOptions;

    #[wasm_bindgen(method, setter)]
    fn set_keepalive(this: &FetchOptions, yes: bool);

    #[wasm_bindgen(method, setter, js_name = referrerPolicy)]
    fn set_referrer_policy(this: &FetchOptions, policy: &str);

    #[wasm_bindgen(js_name = fetch)]
    fn fetch(request: &web_sys::Request, options: &FetchOptions) -> Promise;
}

/// A request that no cache keeps and no redirect forwards.
fn request_builder(url: &str, signal: Option<&AbortSignal>) -> RequestBuilder {
    RequestBuilder::new(url)
        .cache(RequestCache::NoStore)
        // Nothing follows it: the response has no status, no headers and no body.
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal)
}

fn form(fields: &[(&'static str, Personal)]) -> Option<JsValue> {
    let form = FormData::new().ok()?;
    for (name, value) in fields {
        form.append_with_str(name, value.as_str()).ok()?;
    }
    Some(form.into())
}

/// Reads the body chunk by chunk.
async fn read(response: Response, deadline: &Deadline) -> HttpResponse {
    let headers = response.headers();
    let mut body = Zeroizing::default();
    let mut error = None;
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        error = fill(&mut body, &reader, deadline).await.err();
    }
    HttpResponse {
        status: response.status(),
        headers: Headers {
            authorization: headers.get("authorization").map(Personal::from),
            retry_after: headers.get("retry-after"),
            date: headers.get("date"),
            content_type: headers.get("content-type"),
        },
        body,
        error,
        request_id: headers.get("x-request-id").filter(|id| is_request_id(id)),
    }
}

/// `true` for a short text of letters, digits and hyphens: it is shown and read out.
fn is_request_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(is_plain)
}

/// Stops at [`MAX_BODY`]: an endless body must not exhaust the memory of a phone.
async fn fill(
    body: &mut Zeroizing<Vec<u8>>,
    reader: &ReadableStreamDefaultReader,
    deadline: &Deadline,
) -> Result<(), ApiError> {
    loop {
        let step = JsFuture::from(reader.read())
            .await
            .map_err(|_| deadline.error())?;
        let part = |name: &str| js_sys::Reflect::get(&step, &name.into()).unwrap_or_default();
        if part("done").is_truthy() {
            return Ok(());
        }
        let chunk = js_sys::Uint8Array::new(&part("value"));
        let (start, length) = (body.len(), chunk.length() as usize);
        if start + length > MAX_BODY {
            // The outcome is an error whether or not the cancellation succeeds.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(ServiceError::InvalidResponse(ResponseError::TooLarge).into());
        }
        if start + length > body.capacity() {
            // Grown by hand, with the old buffer wiped: a growing vector leaves copies of personal data in
            // freed memory.
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * (start + length)));
            larger.extend_from_slice(body);
            *body = larger;
        }
        body.resize(start + length, 0);
        if let Some(room) = body.get_mut(start..) {
            chunk.copy_to(room);
        }
    }
}
