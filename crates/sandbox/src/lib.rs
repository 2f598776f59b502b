//! An HTTP server that implements the two documented services and serves a built portal from the
//! same origin, for tests and for trying the portal without a hospital.
//!
//! It shares no code with the portal. The services' responses are in the JSON files of the sample
//! people; the checks of their requests are written from the documents. It listens on the loopback
//! address only and calls no other server.

mod content_negotiation;
mod control;
mod cors;
mod faults;
mod form;
mod json_object;
mod one_time_codes;
mod patient_service;
pub mod people;
mod portal_files;
mod replay;
mod request;
mod response;
mod routes;
mod server;
mod spice;
mod spice_version;
mod state;
mod wire_log;

use anyhow::{Context, ensure};
use people::People;
use portal_files::PortalFiles;
use replay::Replay;
use spice::StaffService;
pub use spice::{Environment, SpiceVersion, StaffOptions};
use state::SandboxState;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The options of a sandbox. The default listens on a free port and serves no portal.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address of this machine to listen at, such as 127.0.0.1. At another one, everybody who reaches it can
    /// change what the services answer.
    pub listen: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The directory of a built portal.
    pub portal: Option<PathBuf>,
    /// The file served as `/config.json`, in place of the one in the portal's directory. Read on each
    /// request; a missing file is a 404.
    pub config: Option<PathBuf>,
    /// The folder of the files that the configuration names, such as its logo: served where the portal has no
    /// such file. Read on each request; it need not exist.
    pub assets: Option<PathBuf>,
    /// The folder of everything but the control API, such as `/portal`; empty for none.
    pub base: String,
    /// The key of the password hash (HMAC-SHA512); may be empty.
    pub password_key: String,
    /// The staff service.
    pub staff: StaffOptions,
    /// A recording whose answers replace those of both services.
    pub replay: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            portal: None,
            config: None,
            assets: None,
            base: String::new(),
            password_key: "spice_opensource".to_owned(),
            staff: StaffOptions::default(),
            replay: None,
        }
    }
}

/// The server.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Starts a server on threads of its own; it may be called with or without an async runtime.
    ///
    /// # Errors
    /// The port is taken, the recording cannot be read, the portal's directory is not one, or the system refuses threads.
    pub fn start(options: Options) -> anyhow::Result<Running> {
        if let Some(directory) = &options.portal {
            ensure!(
                directory.is_dir(),
                "{} is not a directory: build the portal first",
                directory.display()
            );
        }
        let people = People::embedded()?;
        let staff = StaffService::new(&people, &options.password_key, options.staff)?;
        let replay = match &options.replay {
            Some(file) => Some(Replay::read(file, &options.password_key)?),
            None => None,
        };
        let replayed_people = replay.as_ref().map(Replay::people);
        let listener = bind((options.listen, options.port).into())?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("sandbox")
            .enable_all()
            .build()
            .context("cannot start threads")?;
        let listener = {
            let _guard = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let portal = PortalFiles {
            directory: options.portal,
            config: options.config,
            assets: options.assets,
        };
        let shared = Arc::new(SandboxState::new(
            people.clone(),
            portal,
            options.base,
            staff,
            replay,
        ));
        let (stop, stopped) = watch::channel(());
        let server = runtime.spawn(server::serve(listener, shared, stopped));
        Ok(Running {
            address,
            people,
            replayed_people,
            server: Some((stop, server)),
            runtime: Some(runtime),
        })
    }
}

fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let port = address.port();
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is in use by another program: choose another, or 0 for a free one"
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("this user may not listen on port {port}: choose one above 1023")
        }
        _ => anyhow::Error::new(error).context(format!("cannot listen at {address}")),
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    people: People,
    replayed_people: Option<String>,
    /// The sender that stops the server when dropped, and the task that ends once it has stopped.
    server: Option<(watch::Sender<()>, JoinHandle<()>)>,
    runtime: Option<Runtime>,
}

impl Running {
    /// The socket address that it listens on.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, without a final slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The sample people.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The people of the replayed recording, one a line, as text to print.
    pub fn replayed_people(&self) -> Option<&str> {
        self.replayed_people.as_deref()
    }

    /// Waits for SIGINT or SIGTERM, then stops; open calls have a second to end.
    ///
    /// # Errors
    /// The system cannot report signals.
    pub fn run_until_signal(mut self) -> anyhow::Result<()> {
        let (Some(runtime), Some((stop, server))) = (&self.runtime, self.server.take()) else {
            return Ok(());
        };
        runtime.block_on(async {
            signal().await?;
            drop(stop);
            server.await?;
            Ok(())
        })
    }
}

impl Drop for Running {
    /// Stops at once, without waiting for open calls.
    fn drop(&mut self) {
        self.server = None;
        let Some(runtime) = self.runtime.take() else {
            return;
        };
        // On a thread of its own: Tokio panics when a runtime is dropped inside another one,
        // https://github.com/tokio-rs/tokio/issues/1950
        let shutdown = std::thread::spawn(move || {
            runtime.shutdown_timeout(Duration::from_secs(2));
        });
        let _ = shutdown.join();
    }
}

#[cfg(unix)]
async fn signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signal() -> anyhow::Result<()> {
    tokio::signal::ctrl_c().await?;
    Ok(())
}
