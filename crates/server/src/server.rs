//! The running server: listener, background work, clean stop.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use axum::routing::get;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app;
use crate::flows::send_reminders;
use crate::kernel::accept_loop::{self, Limits};
use crate::kernel::audit_heads::HeadsFile;
use crate::kernel::blob::BlobStore;
use crate::kernel::clock::Clock;
use crate::kernel::config::{Config, Secret};
use crate::kernel::db::Db;
use crate::kernel::error::ApiResult;
use crate::kernel::live::{self, Live};
use crate::kernel::mail::Mailer;
use crate::kernel::state::{AppState, Settings};
use crate::kernel::throttle::Throttle;
use crate::kernel::{audit_seal, error, health, outbox, spa, telemetry};
use crate::slices::{identity, scheduling};

/// A bound server, ready to run.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    state: AppState,
    https: bool,
    limits: Limits,
    closing: CancellationToken,
}

/// Why a server cannot start.
pub type BindError = Box<dyn std::error::Error + Send + Sync>;

impl Server {
    /// Binds the address and puts the state together.
    pub async fn bind(config: &Config, data: &Path, db: Db, demo: bool) -> Result<Self, BindError> {
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|e| format!("cannot listen on {}: {e}", config.listen))?;
        std::fs::create_dir_all(data)?;
        let closing = CancellationToken::new();
        let state = AppState {
            db,
            clock: Clock::system(),
            live: Live::new(closing.clone()),
            mailer: Mailer::from_config(config.smtp.as_ref())?,
            blobs: BlobStore::new(data),
            heads: HeadsFile::in_directory(data),
            throttle: Throttle::default(),
            settings: Arc::new(Settings {
                public_url: config.public_url.as_str().trim_end_matches('/').to_owned(),
                secure_cookies: config.is_https(),
                demo,
                trusted_proxies: config.trusted_proxies.clone(),
                metrics_token: config.metrics_token.as_ref().map(Secret::expose).map(str::to_owned),
            }),
        };
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            state,
            https: config.is_https(),
            limits: Limits { connections: config.max_connections, ..Limits::default() },
            closing,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `shutdown`; running requests finish, then the background work stops.
    pub async fn run(self, shutdown: CancellationToken) {
        telemetry::Metrics::install();
        let db = self.state.db.clone();
        let background = [
            tokio::spawn(live::run_hub(db.clone(), self.state.live.clone())),
            tokio::spawn(audit_seal::run_sealer(db.clone(), self.state.heads.clone(), self.closing.clone())),
            tokio::spawn(outbox::run_worker(db.clone(), self.state.mailer.clone(), self.closing.clone())),
            tokio::spawn(send_reminders::run(self.state.clone(), self.closing.clone())),
            tokio::spawn(sweep(db.clone(), self.state.clock.clone(), self.closing.clone())),
        ];
        // Open event streams would hold the stop up: they end as soon as it is asked for.
        let closing = self.closing.clone();
        let asked = shutdown.clone();
        tokio::spawn(async move {
            asked.cancelled().await;
            closing.cancel();
        });
        let router = with_everything(self.state, self.https);
        accept_loop::serve(self.listener, router, shutdown, self.limits).await;
        self.closing.cancel();
        for task in background {
            let _ = tokio::time::timeout(Duration::from_secs(5), task).await;
        }
        db.close();
    }
}

/// The API, the health checks and the web app, with the layers that every answer passes.
pub fn with_everything(state: AppState, https: bool) -> Router {
    let tls = spa::Tls { always: https, proxies: state.settings.trusted_proxies.clone().into() };
    let checks = Router::new()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .with_state(state.clone());
    app::router(state)
        .merge(checks)
        .merge(spa::router())
        .layer(middleware::from_fn(telemetry::catch_panics))
        .layer(middleware::from_fn(error::render_problems))
        .layer(middleware::from_fn_with_state(tls, spa::security_headers))
        .layer(middleware::from_fn(telemetry::observe))
}

async fn sweep(db: Db, clock: Clock, stop: CancellationToken) {
    loop {
        if let Err(e) = sweep_once(&db, &clock).await {
            tracing::debug!(error = ?e, "old rows cannot be swept now");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(3600)) => {}
        }
    }
}

/// Forgets what has served its time: idempotency keys after 72 h, live events after 24 h, and what identity forgets.
pub async fn sweep_once(db: &Db, clock: &Clock) -> ApiResult<()> {
    let now = clock.now();
    let keys = (now - SignedDuration::from_hours(72)).to_sqlx();
    let events = (now - SignedDuration::from_hours(24)).to_sqlx();
    db.sweep(keys, events).await?;
    scheduling::sweep_holds(db, clock).await?;
    identity::sweep(db, clock).await
}
