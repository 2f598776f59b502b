//! One exchange over fetch: deadline, abort and size limit, until there are whole bytes or a
//! [`Failure`].

use std::{cell::Cell, future::poll_fn, pin::Pin, rc::Rc, task::Poll, time::Duration};

use contract::{
    MAX_BODY,
    personal::Personal,
    request::{Body, Method, Request, join},
    response::{self, Headers},
    service_error::{ResponseError, ServiceError},
};
use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Date, Math, Object, Promise};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle, window};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, FormData, ReadableStreamDefaultReader, ReferrerPolicy,
    RequestCache, RequestCredentials, RequestRedirect,
};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// Stops the calls made under it when it is dropped: when the page is left, or the form is sent
/// anew.
pub struct Abort(Option<AbortController>);

impl Abort {
    /// A handle for calls to come. Where the browser has no `AbortController` nothing is stopped.
    pub fn new() -> Self {
        Self(AbortController::new().ok())
    }

    /// What the calls listen to.
    pub fn signal(&self) -> Listener {
        Listener(self.0.clone())
    }
}

impl Default for Abort {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            // Without a reason: gloo-net panics on a rejection that is not an `Error`.
            controller.abort();
        }
    }
}

/// The listening end of an [`Abort`].
#[derive(Clone)]
pub struct Listener(Option<AbortController>);

/// Stops the call when time is up; forgotten when the call ends before.
struct Deadline {
    timer: Option<TimeoutHandle>,
    passed: Rc<Cell<bool>>,
}

impl Deadline {
    /// A timer rather than `AbortSignal.any`, which phones of 2022 do not have.
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

    /// Why a call broke off.
    fn failure(&self) -> Failure {
        if self.passed.get() {
            Failure::TimedOut
        } else {
            unanswered()
        }
    }
}

/// Why nothing came back, as far as the browser knows.
fn unanswered() -> Failure {
    if window().navigator().on_line() {
        Failure::Unreachable
    } else {
        Failure::Offline
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.clear();
        }
    }
}

/// What came back. The bytes are a person's data, and are wiped on drop.
pub struct Reply {
    status: u16,
    headers: Headers,
    body: Zeroizing<Vec<u8>>,
    /// Why the body is not whole, if it is not.
    broken: Option<Failure>,
}

impl Reply {
    /// The answer as `contract` reads it, if it came whole.
    pub fn answer(&mut self) -> Result<response::Response<'_>, Failure> {
        let (answer, whole) = self.so_far();
        whole.map(|()| answer)
    }

    /// The answer as far as it came, for what its headers say, and whether it came whole.
    pub fn so_far(&mut self) -> (response::Response<'_>, Result<(), Failure>) {
        let answer = response::Response {
            status: self.status,
            headers: std::mem::take(&mut self.headers),
            body: &self.body,
        };
        (answer, self.broken.take().map_or(Ok(()), Err))
    }
}

/// How long to pause before each further try, on average, in milliseconds: as many tries as pauses.
const PAUSES: [f64; 2] = [300.0, 900.0];

/// Sends a question that does no harm if it is asked again, and asks it again where the network or a
/// gateway failed: never after the service has said something. The deadline is one for all
/// tries, and the pauses are uneven, lest all who were cut off come back at the same moment.
pub(super) async fn ask(
    base: &str,
    request: impl Fn() -> Request,
    millis: u32,
    signal: &Listener,
) -> Result<Reply, Failure> {
    let begun = Date::now();
    let mut left = millis;
    let mut pauses = PAUSES.into_iter();
    loop {
        let outcome = send(base, request(), left, Some(signal)).await;
        let may_change = match &outcome {
            Ok(reply) => {
                matches!(reply.status, 502..=504) || reply.broken == Some(Failure::Unreachable)
            }
            Err(failure) => *failure == Failure::Unreachable,
        };
        let Some(pause) = pauses.next().filter(|_| may_change) else {
            return outcome;
        };
        let pause = pause * (0.5 + Math::random());
        let rest = f64::from(millis) - (Date::now() - begun) - pause;
        if rest < 1.0 {
            return outcome;
        }
        left = whole(rest);
        sleep(whole(pause)).await;
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some seconds; what does not fit becomes the nearest that does"
)]
fn whole(millis: f64) -> u32 {
    millis as u32
}

async fn sleep(millis: u32) {
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

/// An answer on its way. Boxed: all who wait for one share the code that drops it.
type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + 'a>>;

/// Sends a request to a service and waits for the answer. Without a `signal` nothing stops it but
/// the deadline: not even the end of the page, since the browser goes on with it then. Fails where
/// not even the answer's head came.
pub(super) fn send<'a>(
    base: &'a str,
    request: Request,
    millis: u32,
    signal: Option<&'a Listener>,
) -> Sending<'a> {
    Box::pin(async move {
        let controller = match signal {
            Some(signal) => signal.0.clone(),
            None => AbortController::new().ok(),
        };
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
        };
        let listener = controller.as_ref().map(AbortController::signal);
        let mut builder = private(&join(base, request.path), listener.as_ref()).method(method);
        for (name, value) in &request.headers {
            builder = builder.header(name, value.as_str());
        }
        if request.cookies {
            builder = builder.credentials(RequestCredentials::Include);
        }
        let ready = match &request.body {
            Body::None => builder.build(),
            Body::Json(text) => builder.body(text.as_str()),
            Body::Form(fields) => builder.body(form(fields).ok_or(Failure::Unreachable)?),
        };
        let deadline = Deadline::after(millis, controller);
        let request: web_sys::Request = ready.map_err(|_| deadline.failure())?.into();
        let how: How = Object::new().unchecked_into();
        how.set_keepalive(signal.is_none());
        // Whoever says how to fetch a request has to say this again: it counts as not said.
        how.set_referrer_policy("no-referrer");
        let answered = JsFuture::from(fetch(&request, &how)).await;
        let response: web_sys::Response =
            answered.map_err(|_| deadline.failure())?.unchecked_into();
        Ok(read(response.into(), &deadline).await)
    })
}

#[wasm_bindgen]
extern "C" {
    /// Options that `web_sys` does not have.
    type How;

    #[wasm_bindgen(method, setter)]
    fn set_keepalive(this: &How, yes: bool);

    #[wasm_bindgen(method, setter, js_name = referrerPolicy)]
    fn set_referrer_policy(this: &How, policy: &str);

    #[wasm_bindgen(js_name = fetch)]
    fn fetch(request: &web_sys::Request, how: &How) -> Promise;
}

/// A request whose address and answer stay out of caches, and whose body no redirect can carry
/// elsewhere.
fn private(url: &str, listener: Option<&AbortSignal>) -> RequestBuilder {
    RequestBuilder::new(url)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(listener)
}

fn form(fields: &[(&'static str, Personal)]) -> Option<JsValue> {
    let form = FormData::new().ok()?;
    for (name, value) in fields {
        form.append_with_str(name, value.as_str()).ok()?;
    }
    Some(form.into())
}

/// Reads the body as it streams in.
async fn read(response: Response, deadline: &Deadline) -> Reply {
    let headers = response.headers();
    let mut reply = Reply {
        status: response.status(),
        headers: Headers {
            authorization: headers.get("authorization").map(Personal::from),
            retry_after: headers.get("retry-after"),
        },
        body: Zeroizing::default(),
        broken: None,
    };
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        reply.broken = fill(&mut reply.body, &reader, deadline).await.err();
    }
    reply
}

/// Stops at [`MAX_BODY`]: an endless answer must not fill the memory of a cheap phone.
async fn fill(
    body: &mut Zeroizing<Vec<u8>>,
    reader: &ReadableStreamDefaultReader,
    deadline: &Deadline,
) -> Result<(), Failure> {
    loop {
        let step = JsFuture::from(reader.read())
            .await
            .map_err(|_| deadline.failure())?;
        let part = |name: &str| js_sys::Reflect::get(&step, &name.into()).unwrap_or_default();
        if part("done").is_truthy() {
            return Ok(());
        }
        let chunk = js_sys::Uint8Array::new(&part("value"));
        let (start, length) = (body.len(), chunk.length() as usize);
        if start + length > MAX_BODY {
            // Whether the other end hears of it makes no difference here.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(ServiceError::InvalidResponse(ResponseError::TooLarge).into());
        }
        if start + length > body.capacity() {
            // Into a larger place, and the old one wiped; a vector that grows by itself would leave
            // a person's data behind in freed memory.
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
