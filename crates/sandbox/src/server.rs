//! The accept loop. It is our own, since faults must be able to hang up on a connection, and to
//! end the ones a browser keeps.

use crate::faults::Disconnect;
use crate::routes;
use crate::state::SandboxState;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

/// How long the calls at hand may take once the server is asked to stop.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);

/// Serves until `stop` changes or its sender is gone.
pub(crate) async fn serve(
    listener: TcpListener,
    shared: Arc<SandboxState>,
    mut stop: watch::Receiver<()>,
) {
    let router = routes::router(shared.clone());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let drain = shared.drain();
                    connections.spawn(connection(stream, router.clone(), drain, stop.clone()));
                }
                // Out of file handles, mostly: wait for some to come back.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    // What is not done by then ends with the runtime.
    let _ = timeout(SHUTDOWN_GRACE, all_ended).await;
}

async fn connection(
    stream: TcpStream,
    router: Router,
    mut drain: watch::Receiver<()>,
    mut stop: watch::Receiver<()>,
) {
    // Drops and truncated bodies shall arrive as they were written.
    let _ = stream.set_nodelay(true);
    // A second handle, since the first is hyper's. The connection is over when both are gone.
    let Ok(socket) = SockRef::from(&stream).try_clone() else {
        return;
    };
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let responding = router.clone().oneshot(request.map(Body::new));
        let socket = &socket;
        async move {
            let Ok(response) = responding.await;
            match response.extensions().get::<Disconnect>() {
                None => Ok(response),
                Some(how) => {
                    if *how == Disconnect::Reset {
                        // Not to linger means to end by a reset.
                        let _ = socket.set_linger(Some(Duration::ZERO));
                    }
                    Err(io::Error::other("hung up on order"))
                }
            }
        }
    });
    let mut serving = pin!(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = serving.as_mut() => return,
        _ = drain.changed() => {}
        _ = stop.changed() => {}
    }
    serving.as_mut().graceful_shutdown();
    let _ = serving.await;
}
