//! The server's own accept loop: what `axum::serve` leaves open to a slow, greedy or dead client is closed here.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use tower_http::timeout::TimeoutBody;

/// What a client may take of our time and memory.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; further ones wait in the kernel's queue.
    pub connections: usize,
    /// A request's head must be complete within this time; an idle connection is closed after it.
    pub header_read: Duration,
    /// The longest pause between two pieces of a body.
    pub body_read: Duration,
    /// How long requests that are running may take to finish when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            header_read: Duration::from_secs(10),
            body_read: Duration::from_secs(30),
            drain: Duration::from_secs(20),
        }
    }
}

/// In every request's extensions: cancelled when the server stops, so that endless answers (live events) end.
#[derive(Debug, Clone)]
pub struct ShutdownSignal(pub CancellationToken);

/// A token that is cancelled by SIGTERM or Ctrl-C. A second signal changes nothing.
pub fn shutdown_on_signals() -> io::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let token = CancellationToken::new();
    let shutdown = token.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => tracing::info!("SIGTERM: stopping"),
            _ = interrupt.recv() => tracing::info!("interrupted: stopping"),
        }
        shutdown.cancel();
    });
    Ok(token)
}

/// Serves until `shutdown` is cancelled, then lets running requests finish within `limits.drain`.
pub async fn serve(listener: TcpListener, router: Router, shutdown: CancellationToken, limits: Limits) {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let permit = tokio::select! {
            () = shutdown.cancelled() => break,
            permit = permits.clone().acquire_owned() => permit.expect("the semaphore is never closed"),
        };
        let (stream, peer) = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accept(&listener) => accepted,
        };
        while connections.try_join_next().is_some() {}
        let connection = connection(stream, peer, router.clone(), &shutdown, limits);
        let connection = graceful.watch(connection);
        connections.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(permit);
        });
    }
    // New clients are refused at once instead of waiting for a process that is going.
    drop(listener);
    let open = graceful.count();
    tokio::select! {
        () = graceful.shutdown() => tracing::info!(open, "all connections have finished"),
        () = tokio::time::sleep(limits.drain) => {
            tracing::warn!(remaining = connections.len(), "connections did not finish in time and are cut");
        }
    }
    connections.shutdown().await;
}

/// HTTP/1.1 alone: TLS, and with it HTTP/2, ends at the proxy in front; and hyper waits for the first bytes of
/// an HTTP/2 preface without any timeout.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    shutdown: &CancellationToken,
    limits: Limits,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::HttpService<Incoming, ResBody = Body, Error = Infallible, Future: Send> + use<>,
> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY");
    }
    let shutdown = ShutdownSignal(shutdown.clone());
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(|body| Body::new(TimeoutBody::new(limits.body_read, Box::pin(body))));
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(shutdown.clone());
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read)
        .serve_connection(TokioIo::new(stream), service)
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // The client went away before we came to it.
            Err(error) if is_client_error(&error) => {}
            // Out of file descriptors or memory: others must close first.
            Err(error) => {
                tracing::error!(%error, "accepting connections failed, trying again in a second");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_client_error(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::body::Bytes;
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::{mpsc, oneshot};
    use tokio::task::JoinHandle;

    use super::*;

    struct Running {
        address: SocketAddr,
        shutdown: CancellationToken,
        server: JoinHandle<()>,
    }

    async fn start(router: Router, limits: Limits) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let server = tokio::spawn(serve(listener, router, shutdown.clone(), limits));
        Running { address, shutdown, server }
    }

    impl Running {
        async fn send(&self, text: &str) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            stream
        }
    }

    /// Everything until the server closes the connection.
    async fn rest(mut stream: TcpStream) -> String {
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes).await {
            Ok(_) | Err(_) => String::from_utf8(bytes).unwrap(),
        }
    }

    const GET: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    fn short(connections: usize) -> Limits {
        let brief = Duration::from_millis(200);
        Limits { connections, header_read: brief, body_read: brief, drain: Duration::from_secs(20) }
    }

    #[tokio::test]
    async fn the_peer_is_known_to_handlers() {
        let router = Router::new().route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        );
        let running = start(router, Limits::default()).await;
        assert!(rest(running.send(GET).await).await.ends_with("127.0.0.1"));
    }

    #[tokio::test]
    async fn a_client_that_never_finishes_its_head_is_cut() {
        let running = start(Router::new(), short(8)).await;
        for beginning in ["", "G", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", "PRI * HTTP/2.0\r\n"] {
            let answer = rest(running.send(beginning).await).await;
            assert!(!answer.contains(" 200 "), "{answer}");
        }
    }

    #[tokio::test]
    async fn an_idle_connection_is_closed_and_frees_its_place() {
        let running = start(Router::new().route("/", get(|| async { "hello" })), short(1)).await;
        let idle = running.send("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        let waiting = running.send(GET).await;
        assert!(rest(waiting).await.ends_with("hello"));
        assert!(rest(idle).await.ends_with("hello"));
    }

    #[tokio::test]
    async fn a_body_that_stops_coming_is_an_error_and_not_a_wait() {
        let router = Router::new().route("/", post(|_: Bytes| async { "all of it" }));
        let running = start(router, short(8)).await;
        let stream = running.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc").await;
        let answer = rest(stream).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    }

    #[tokio::test]
    async fn connections_over_the_cap_wait_for_their_turn() {
        let (entered, mut entries) = mpsc::unbounded_channel();
        let gate = Arc::new(Semaphore::new(0));
        let door = gate.clone();
        let router = Router::new().route(
            "/",
            get(move || async move {
                entered.send(()).unwrap();
                door.acquire().await.unwrap().forget();
                "served"
            }),
        );
        let running = start(router, Limits { connections: 2, ..Limits::default() }).await;
        let mut clients = Vec::new();
        for _ in 0..3 {
            clients.push(tokio::spawn(rest(running.send(GET).await)));
        }
        entries.recv().await.unwrap();
        entries.recv().await.unwrap();
        assert!(entries.try_recv().is_err(), "the third is not served beside the two");
        gate.add_permits(1);
        entries.recv().await.unwrap();
        gate.add_permits(2);
        for client in clients {
            assert!(client.await.unwrap().ends_with("served"));
        }
    }

    #[tokio::test]
    async fn stopping_lets_a_running_request_finish_and_accepts_no_other() {
        let (entered, entry) = oneshot::channel();
        let (release, released) = oneshot::channel::<()>();
        let once = Arc::new(std::sync::Mutex::new(Some((entered, released))));
        let router = Router::new().route(
            "/",
            get(move || {
                let (entered, released) = once.lock().unwrap().take().unwrap();
                async move {
                    entered.send(()).unwrap();
                    released.await.unwrap();
                    "finished"
                }
            }),
        );
        let running = start(router, Limits::default()).await;
        let client = tokio::spawn(rest(running.send(GET).await));
        entry.await.unwrap();
        running.shutdown.cancel();
        while TcpStream::connect(running.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(!running.server.is_finished());
        release.send(()).unwrap();
        assert!(client.await.unwrap().ends_with("finished"));
        running.server.await.unwrap();
    }

    #[tokio::test]
    async fn an_endless_answer_hears_of_the_stop() {
        let (entered, entry) = oneshot::channel();
        let once = Arc::new(std::sync::Mutex::new(Some(entered)));
        let router = Router::new().route(
            "/",
            get(move |Extension(ShutdownSignal(stop)): Extension<ShutdownSignal>| {
                once.lock().unwrap().take().unwrap().send(()).unwrap();
                async move {
                    stop.cancelled().await;
                    "goodbye"
                }
            }),
        );
        let running = start(router, Limits::default()).await;
        let client = tokio::spawn(rest(running.send(GET).await));
        entry.await.unwrap();
        running.shutdown.cancel();
        assert!(client.await.unwrap().ends_with("goodbye"));
        running.server.await.unwrap();
    }

    #[tokio::test]
    async fn a_request_that_does_not_end_is_cut_when_the_time_is_over() {
        let (entered, entry) = oneshot::channel();
        let once = Arc::new(std::sync::Mutex::new(Some(entered)));
        let router = Router::new().route(
            "/",
            get(move || {
                once.lock().unwrap().take().unwrap().send(()).unwrap();
                std::future::pending::<&str>()
            }),
        );
        let limits = Limits { drain: Duration::from_millis(100), ..Limits::default() };
        let running = start(router, limits).await;
        let client = tokio::spawn(rest(running.send(GET).await));
        entry.await.unwrap();
        running.shutdown.cancel();
        running.server.await.unwrap();
        assert_eq!(client.await.unwrap(), "");
    }
}
