//! A server that answers as the two documented services do, and serves a built portal from the
//! same origin: for tests, and for a first look at the portal without a hospital behind it.
//!
//! It shares no code with the portal. What the services say lies in the JSON files of the sample
//! people; what they ask for is written here from the documents. It listens on the loopback
//! address only and calls nobody.

mod control;
mod cors;
mod faults;
mod form;
mod json_object;
mod one_time_codes;
mod patient_service;
pub mod people;
mod portal_files;
mod request;
mod response;
mod routes;
mod security_headers;
mod server;
mod staff_accounts;
mod staff_service;
mod state;
mod wire_log;

use anyhow::{Context, ensure};
use people::People;
use portal_files::PortalFiles;
pub use security_headers::security_headers;
use staff_accounts::StaffAccounts;
use state::SandboxState;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What a sandbox is started with. The default listens on a free port and serves no portal.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The directory of a built portal.
    pub portal: Option<PathBuf>,
    /// A file to answer `/config.json` with, in place of the one in the portal's directory. Read
    /// on each request; a missing file is a 404.
    pub config: Option<PathBuf>,
    /// The folder that everything but the control API is in, such as `/portal`; empty for none.
    pub base: String,
    /// The key of the password hash (HMAC-SHA512). Empty is legal.
    pub password_key: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            portal: None,
            config: None,
            base: String::new(),
            password_key: "spice_opensource".to_owned(),
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
    /// The port is taken, the portal's directory is not one, or the system refuses threads.
    pub fn start(options: Options) -> anyhow::Result<Running> {
        if let Some(directory) = &options.portal {
            ensure!(
                directory.is_dir(),
                "{} is no directory: build the portal first",
                directory.display()
            );
        }
        let people = People::embedded()?;
        let accounts = StaffAccounts::new(&people, &options.password_key)?;
        let listener = bind(options.port)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("sandbox")
            .enable_all()
            .build()
            .context("the system gives no threads")?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let portal = PortalFiles {
            directory: options.portal,
            config: options.config,
        };
        let shared = Arc::new(SandboxState::new(
            people.clone(),
            portal,
            options.base,
            accounts,
        ));
        let (stop, stopped) = watch::channel(());
        let server = runtime.spawn(server::serve(listener, shared, stopped));
        Ok(Running {
            address,
            people,
            server: Some((stop, server)),
            runtime: Some(runtime),
        })
    }
}

fn bind(port: u16) -> anyhow::Result<TcpListener> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {port} is taken by another program: choose another, or 0 for a free one"
            ),
            io::ErrorKind::PermissionDenied => {
                anyhow::anyhow!("port {port} needs rights this user has not: choose one above 1023")
            }
            _ => anyhow::Error::new(error).context(format!("cannot listen on port {port}")),
        })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// A running server; it stops when dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    people: People,
    /// What stops the server when dropped, and what ends once it has stopped.
    server: Option<(watch::Sender<()>, JoinHandle<()>)>,
    runtime: Option<Runtime>,
}

impl Running {
    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Its address for a browser, without a final slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The people one may sign in as.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Waits for Ctrl-C or a request to terminate, then stops: calls at hand have a second to end.
    ///
    /// # Errors
    /// The system refuses to report signals.
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
    /// Stops at once: whoever drops it has no more calls at hand.
    fn drop(&mut self) {
        self.server = None;
        let Some(runtime) = self.runtime.take() else {
            return;
        };
        // On a thread of its own: a runtime may not end inside another one.
        let ending = std::thread::spawn(move || {
            runtime.shutdown_timeout(Duration::from_secs(2));
        });
        let _ = ending.join();
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
