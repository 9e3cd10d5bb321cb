//! HTTP/1.1 on 127.0.0.1, in a thread of its own, until it is dropped.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Context;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::error::Result;
use crate::system::spawn;

use super::fault::{Fault, FaultKind};
use super::payload::Payload;
use super::tls::Tls;
use super::{Options, Received, Reply, Service};

/// The largest request that is read.
const MAX_REQUEST: usize = 1 << 20;

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    service: Box<dyn Service>,
    options: Options,
    /// What remains of the faults.
    faults: Mutex<Vec<Fault>>,
    requests: AtomicU32,
    /// For a service that demands a client certificate.
    tls: Option<Tls>,
}

impl Server {
    /// Listens on a loopback port; `0` takes any free one.
    pub fn start(service: Box<dyn Service>, options: Options, port: u16) -> Result<Self> {
        let failed = || format!("the sandbox cannot listen on 127.0.0.1:{port}");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .with_context(failed)?;
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))
            .with_context(failed)?;
        let address = listener.local_addr().with_context(failed)?;
        let tls = match service.demands_certificate() {
            true => Some(Tls::new().with_context(failed)?),
            false => None,
        };
        let faults = Mutex::new(options.faults.clone());
        let shared = Arc::new(Shared {
            service,
            options,
            faults,
            requests: AtomicU32::new(0),
            tls,
        });
        let (stop, stopped) = oneshot::channel();
        let serving = shared.clone();
        let thread = spawn(move || {
            runtime.spawn(accept(listener, serving));
            // Ends when the server is dropped; what is under way ends with the runtime.
            let _ = runtime.block_on(stopped);
        })?;
        Ok(Server {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    pub fn url(&self) -> String {
        let scheme = self.shared.tls.as_ref().map_or("http", |_| "https");
        format!("{scheme}://{}/", self.address)
    }

    /// The profile that talks to it.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let mut settings = self.shared.service.settings(&self.url());
        settings.extend(self.shared.tls.iter().flat_map(Tls::settings));
        settings
    }

    /// How many requests came, refused ones included.
    pub fn requests(&self) -> u32 {
        self.shared.requests.load(Ordering::SeqCst)
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// How long nobody is let in where the machine has no file to give.
const PAUSE: Duration = Duration::from_millis(20);

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, shared.clone()))),
            // Too many open files: it passes when others have had their turn, and not before.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    match &shared.tls {
        None => converse(stream, &shared).await,
        // A client that shows no certificate, or a wrong one, has been told by an alert.
        Some(tls) => {
            if let Ok(stream) = tls.acceptor.accept(stream).await {
                converse(stream, &shared).await;
            }
        }
    }
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, shared: &Shared) {
    let service = service_fn(|request| answer(request, shared));
    // A client that goes away, or a fault that cuts it off, ends the connection: nothing to tell.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// A connection that is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("closed on purpose")]
struct Closed;

async fn answer(
    request: hyper::Request<Incoming>,
    shared: &Shared,
) -> Result<hyper::Response<Payload>, Closed> {
    shared.requests.fetch_add(1, Ordering::SeqCst);
    let received = receive(request).await.ok_or(Closed)?;
    tokio::time::sleep(shared.options.latency).await;
    let fault = shared.next_fault();
    let reply = match fault {
        Some(FaultKind::Reset) => return Err(Closed),
        Some(FaultKind::Status(status)) => shared.service.failure(status, &received),
        Some(FaultKind::Spoilt(encoding)) => shared.service.spoilt(encoding, &received),
        Some(FaultKind::Html) => {
            let page =
                "<!DOCTYPE html><html><title>Sign in</title><body>Please sign in.</body></html>";
            Reply::new(200, "text/html", page)
        }
        Some(FaultKind::Cut | FaultKind::Slow) | None => shared.service.answer(&received),
    };
    let mut response = hyper::Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response
        .body(Payload::new(reply.body, fault))
        .map_err(|_| Closed)
}

async fn receive(request: hyper::Request<Incoming>) -> Option<Received> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, MAX_REQUEST).collect().await.ok()?;
    let headers = head.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_string(), value.into_owned())
    });
    Some(Received {
        method: head.method.to_string(),
        path: head.uri.path().to_string(),
        query: head.uri.query().unwrap_or_default().to_string(),
        headers: headers.collect(),
        body: body.to_bytes().to_vec(),
    })
}

impl Shared {
    fn next_fault(&self) -> Option<FaultKind> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.retain(|fault| fault.times != Some(0));
        let fault = faults.first_mut()?;
        fault.times = fault.times.map(|times| times - 1);
        Some(fault.kind)
    }
}
