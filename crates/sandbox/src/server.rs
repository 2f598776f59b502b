//! The accept loop. `axum::serve` cannot close a connection without a response, nor end the
//! connections that a browser keeps alive; faults need both.

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

/// The time that open calls have to end after the stop signal.
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
                // Usually too many open files: wait until some are closed.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    // Connections that are still open after that end with the runtime.
    let _ = timeout(SHUTDOWN_GRACE, all_ended).await;
}

async fn connection(
    stream: TcpStream,
    router: Router,
    mut drain: watch::Receiver<()>,
    mut stop: watch::Receiver<()>,
) {
    // Without it, Nagle's algorithm would merge the pieces of a slow or truncated body.
    let _ = stream.set_nodelay(true);
    // hyper owns the stream; this second handle sets the linger option. Both must be dropped to
    // close the connection.
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
                Some(disconnect) => {
                    if *disconnect == Disconnect::Reset {
                        // SO_LINGER of zero makes the close send RST.
                        let _ = socket.set_linger(Some(Duration::ZERO));
                    }
                    Err(io::Error::other("connection closed by a fault"))
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
