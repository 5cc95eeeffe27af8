//! The postmaster process: started, waited for, watched, stopped.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Child;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::cluster::Cluster;
use super::{ClusterState, EmbeddedPostgresError, Result};

/// Recovery after a crash may replay a lot of log.
const START_TIMEOUT: Duration = Duration::from_secs(300);
const POLL: Duration = Duration::from_millis(20);
const FAST_STOP: Duration = Duration::from_secs(60);
const IMMEDIATE_STOP: Duration = Duration::from_secs(15);
const FIRST_BACK_OFF: Duration = Duration::from_millis(200);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(10);
/// A postmaster that lived this long was well: the next back-off is short again.
const HEALTHY_AFTER: Duration = Duration::from_secs(60);

/// Starts PostgreSQL and returns when it accepts connections.
async fn launch(cluster: &Cluster, stop: &CancellationToken) -> Result<Child> {
    let mut child = cluster
        .postmaster_command()?
        .spawn()
        .map_err(|e| EmbeddedPostgresError::NotStarted(format!("{}: {e}", cluster.binaries.display())))?;
    let pid = child_pid(&child)?;
    let deadline = Instant::now() + START_TIMEOUT;
    loop {
        if cluster.is_ready(pid) {
            return Ok(child);
        }
        let exited = child.try_wait().map_err(|e| EmbeddedPostgresError::NotStarted(e.to_string()))?;
        if exited.is_some() {
            return Err(EmbeddedPostgresError::NotStarted(cluster.start_problem()));
        }
        if Instant::now() >= deadline || stop.is_cancelled() {
            stop_child(&mut child, pid).await?;
            return Err(EmbeddedPostgresError::NotStarted(cluster.start_problem()));
        }
        sleep(POLL).await;
    }
}

fn child_pid(child: &Child) -> Result<i32> {
    child
        .id()
        .and_then(|pid| i32::try_from(pid).ok())
        .ok_or_else(|| EmbeddedPostgresError::NotStarted("it ended at once".to_owned()))
}

/// Fast: sessions are cut and rolled back, then a checkpoint. Immediate, and kill, only if that hangs.
async fn stop_child(child: &mut Child, pid: i32) -> Result<()> {
    for (signal, patience) in [(Signal::SIGINT, FAST_STOP), (Signal::SIGQUIT, IMMEDIATE_STOP)] {
        send(pid, signal);
        if timeout(patience, child.wait()).await.is_ok() {
            return Ok(());
        }
        tracing::warn!(%signal, "PostgreSQL did not stop in time");
    }
    child.kill().await.map_err(|_| EmbeddedPostgresError::NotStopped(FAST_STOP.as_secs()))
}

fn send(pid: i32, signal: Signal) {
    match kill(Pid::from_raw(pid), signal) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => tracing::warn!(%error, pid, %signal, "PostgreSQL could not be signalled"),
    }
}

/// Stops what a killed dentpro left running on this cluster, and clears a stale `postmaster.pid`.
pub async fn stop_leftovers(cluster: &Cluster) -> Result<()> {
    let Some(pid) = cluster.recorded_pid() else { return Ok(()) };
    if is_postmaster_of(pid, &cluster.data) {
        tracing::warn!(pid, "stopping the PostgreSQL that a killed dentpro left behind");
        for (signal, patience) in [(Signal::SIGINT, FAST_STOP), (Signal::SIGQUIT, IMMEDIATE_STOP)] {
            send(pid, signal);
            let deadline = Instant::now() + patience;
            while Instant::now() < deadline {
                if !is_postmaster_of(pid, &cluster.data) {
                    return Ok(());
                }
                sleep(POLL).await;
            }
        }
        return Err(EmbeddedPostgresError::NotStopped(FAST_STOP.as_secs() + IMMEDIATE_STOP.as_secs()));
    }
    // PostgreSQL would refuse to start if the recorded id belongs to some other process by now. It still
    // finds backends that outlived their postmaster, by the shared memory of the directory.
    let path = cluster.pid_file();
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(super::file_error(&path)(e)),
        _ => Ok(()),
    }
}

/// Process ids are used again: only a living `postgres` that was given this directory counts.
fn is_postmaster_of(pid: i32, data: &Path) -> bool {
    // A zombie's command line is empty.
    let Ok(command_line) = std::fs::read(format!("/proc/{pid}/cmdline")) else { return false };
    let mut arguments = command_line.split(|byte| *byte == 0);
    arguments.next().is_some_and(|program| program.ends_with(b"postgres"))
        && arguments.any(|argument| argument == data.as_os_str().as_encoded_bytes())
}

#[derive(Debug)]
pub struct Supervisor {
    state: watch::Receiver<ClusterState>,
    stop: CancellationToken,
    stopped: Arc<AtomicBool>,
    task: Option<JoinHandle<Result<()>>>,
}

impl Supervisor {
    pub async fn start(cluster: Cluster) -> Result<Self> {
        let stop = CancellationToken::new();
        let child = launch_after_leftovers(&cluster, &stop).await?;
        let pid = child_pid(&child)?;
        tracing::info!(pid, directory = %cluster.data.display(), "PostgreSQL is running");
        let (report, state) = watch::channel(ClusterState::Running { pid });
        let task = tokio::spawn(supervise(cluster, child, pid, report, stop.clone()));
        Ok(Self { state, stop, stopped: Arc::default(), task: Some(task) })
    }

    pub fn state(&self) -> ClusterState {
        *self.state.borrow()
    }

    #[cfg(test)]
    pub fn watch(&self) -> watch::Receiver<ClusterState> {
        self.state.clone()
    }

    pub async fn stop(mut self) -> Result<()> {
        self.stop.cancel();
        self.stopped.store(true, Ordering::Relaxed);
        match self.task.take() {
            Some(task) => task.await.unwrap_or(Err(EmbeddedPostgresError::NotStopped(0))),
            None => Ok(()),
        }
    }
}

impl Drop for Supervisor {
    /// Without a proper `stop` (a panic, an early return) nobody waits, but PostgreSQL is told to go.
    fn drop(&mut self) {
        if !self.stopped.load(Ordering::Relaxed) {
            self.stop.cancel();
            if let ClusterState::Running { pid } = self.state() {
                send(pid, Signal::SIGINT);
            }
        }
    }
}

/// Backends that outlived a killed postmaster go by themselves within moments; until then a start is refused.
async fn launch_after_leftovers(cluster: &Cluster, stop: &CancellationToken) -> Result<Child> {
    let mut back_off = FIRST_BACK_OFF;
    loop {
        match launch(cluster, stop).await {
            Err(EmbeddedPostgresError::NotStarted(problem))
                if problem.contains("shared memory block") && back_off < LONGEST_BACK_OFF =>
            {
                tracing::warn!(problem, "waiting for the processes of a killed PostgreSQL");
                sleep(back_off).await;
                back_off *= 2;
            }
            outcome => return outcome,
        }
    }
}

async fn supervise(
    cluster: Cluster,
    mut child: Child,
    mut pid: i32,
    report: watch::Sender<ClusterState>,
    stop: CancellationToken,
) -> Result<()> {
    let mut back_off = FIRST_BACK_OFF;
    let mut started = Instant::now();
    loop {
        let exit = tokio::select! {
            exit = child.wait() => exit,
            () = stop.cancelled() => {
                let outcome = stop_child(&mut child, pid).await;
                report.send_replace(ClusterState::Stopped);
                tracing::info!("PostgreSQL has stopped");
                return outcome;
            }
        };
        let status = exit.map_or_else(|e| e.to_string(), |status| status.to_string());
        tracing::error!(pid, status, "PostgreSQL ended unexpectedly");
        report.send_replace(ClusterState::Restarting);
        if started.elapsed() >= HEALTHY_AFTER {
            back_off = FIRST_BACK_OFF;
        }
        (child, pid) = loop {
            tokio::select! {
                () = sleep(back_off) => {}
                () = stop.cancelled() => {
                    report.send_replace(ClusterState::Stopped);
                    return Ok(());
                }
            }
            back_off = (back_off * 2).min(LONGEST_BACK_OFF);
            let launched = launch(&cluster, &stop).await;
            match launched.and_then(|child| child_pid(&child).map(|pid| (child, pid))) {
                Ok(launched) => break launched,
                Err(error) => tracing::error!(%error, "PostgreSQL could not be started again"),
            }
        };
        started = Instant::now();
        tracing::info!(pid, "PostgreSQL is running again");
        report.send_replace(ClusterState::Running { pid });
    }
}
