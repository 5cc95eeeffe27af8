use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::Row;

use super::*;

async fn answer(postgres: &EmbeddedPostgres, sql: &'static str) -> String {
    let mut connection = PgConnection::connect_with(&postgres.connect_options("postgres")).await.unwrap();
    let row = connection.fetch_one(sql).await.unwrap();
    row.get(0)
}

async fn run(postgres: &EmbeddedPostgres, sql: &'static str) {
    let mut connection = PgConnection::connect_with(&postgres.connect_options("postgres")).await.unwrap();
    connection.execute(sql).await.unwrap();
}

fn supervisor(postgres: &EmbeddedPostgres) -> &Supervisor {
    &postgres.owned.as_ref().unwrap().supervisor
}

fn running_pid(state: Option<ClusterState>) -> i32 {
    match state {
        Some(ClusterState::Running { pid }) => pid,
        other => panic!("not running: {other:?}"),
    }
}

#[tokio::test]
async fn data_survive_a_stop_and_the_cluster_is_made_as_promised() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let postgres = EmbeddedPostgres::start(&data).await.unwrap();
    assert!(postgres.is_owner());
    assert_eq!(answer(&postgres, "show data_checksums").await, "on");
    assert_eq!(answer(&postgres, "show listen_addresses").await, "");
    assert_eq!(answer(&postgres, "show password_encryption").await, "scram-sha-256");
    assert_eq!(answer(&postgres, "show server_encoding").await, "UTF8");
    assert_eq!(answer(&postgres, "show synchronous_commit").await, "on");
    run(&postgres, "create table kept (word text)").await;
    run(&postgres, "insert into kept values ('ضرس')").await;
    postgres.ensure_database("clinic").await.unwrap();
    postgres.ensure_database("clinic").await.unwrap();
    assert!(matches!(
        postgres.ensure_database("a\"; drop table kept; --").await,
        Err(EmbeddedPostgresError::DatabaseName(_))
    ));
    postgres.stop().await.unwrap();
    assert!(!data.join("postgres/postmaster.pid").exists());

    let again = EmbeddedPostgres::start(&data).await.unwrap();
    assert_eq!(answer(&again, "select word from kept").await, "ضرس");
    again.stop().await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    let options = postgres.connect_options("postgres").password("wrong");
    let refused = PgConnection::connect_with(&options).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("28P01"));
    let mode = std::fs::metadata(directory.path().join("postgres.password")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_owner_is_refused_and_a_tool_attaches() {
    let directory = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();

    let refused = EmbeddedPostgres::start(directory.path()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedPostgresError::InUse(_, Some(pid)) if pid == std::process::id()));

    let tool = EmbeddedPostgres::attach_or_start(directory.path()).await.unwrap();
    assert!(!tool.is_owner());
    assert_eq!(answer(&tool, "select 'hello'").await, "hello");
    tool.stop().await.unwrap();
    assert_eq!(answer(&postgres, "select 'still here'").await, "still here");
    postgres.stop().await.unwrap();

    let alone = EmbeddedPostgres::attach_or_start(directory.path()).await.unwrap();
    assert!(alone.is_owner());
    alone.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_postgresql_comes_back_with_what_was_committed() {
    let directory = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    run(&postgres, "create table kept as select 'committed'::text as word").await;
    let first = running_pid(postgres.state());
    let mut state = supervisor(&postgres).watch();
    state.mark_unchanged();

    kill(Pid::from_raw(first), Signal::SIGKILL).unwrap();
    state.wait_for(|state| matches!(state, ClusterState::Running { pid } if *pid != first)).await.unwrap();

    assert_eq!(answer(&postgres, "select word from kept").await, "committed");
    postgres.stop().await.unwrap();
    assert_eq!(*state.borrow(), ClusterState::Stopped);
}

/// Not a test by itself: the process that `a_killed_dentpro_…` kills.
#[tokio::test]
#[ignore = "started by another test"]
async fn owner_that_will_be_killed() {
    let directory = std::env::var("DENTPRO_TEST_DIRECTORY").unwrap();
    let postgres = EmbeddedPostgres::start(Path::new(&directory)).await.unwrap();
    run(&postgres, "create table kept as select 'committed'::text as word").await;
    println!("\npostmaster {}", running_pid(postgres.state()));
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_killed_dentpro_starts_again_over_the_postgresql_it_left() {
    let directory = tempfile::tempdir().unwrap();
    let mut owner = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture"])
        .arg("kernel::embedded_postgres::tests::owner_that_will_be_killed")
        .env("DENTPRO_TEST_DIRECTORY", directory.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let orphan: i32 = BufReader::new(owner.stdout.take().unwrap())
        .lines()
        .find_map(|line| line.unwrap().strip_prefix("postmaster ").map(|pid| pid.parse().unwrap()))
        .expect("the owner says that it runs");
    owner.kill().unwrap();
    owner.wait().unwrap();
    kill(Pid::from_raw(orphan), None).expect("the orphan is alive");

    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    assert_ne!(running_pid(postgres.state()), orphan);
    assert_eq!(answer(&postgres, "select word from kept").await, "committed");
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_stale_pid_file_that_names_a_stranger_is_not_obeyed() {
    let directory = tempfile::tempdir().unwrap();
    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    postgres.stop().await.unwrap();
    // After a power cut the recorded id may belong to anybody: here to a process that must survive.
    let mut stranger = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let pid_file = directory.path().join("postgres/postmaster.pid");
    std::fs::write(&pid_file, format!("{}\n/elsewhere\n", stranger.id())).unwrap();

    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    assert_eq!(answer(&postgres, "select 'up'").await, "up");
    postgres.stop().await.unwrap();
    assert!(stranger.try_wait().unwrap().is_none());
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn a_directory_too_long_for_a_socket_works_all_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let deep = directory.path().join("clinic".repeat(20));
    let postgres = EmbeddedPostgres::start(&deep).await.unwrap();
    let tool = EmbeddedPostgres::attach_or_start(&deep).await.unwrap();
    assert_eq!(answer(&tool, "select 'short'").await, "short");
    let socket = tool.socket_directory.clone();
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o700);
    postgres.stop().await.unwrap();
    std::fs::remove_dir(socket).unwrap();
}

#[tokio::test]
async fn a_folder_that_is_no_cluster_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let precious = directory.path().join("postgres/holiday.jpg");
    std::fs::create_dir(precious.parent().unwrap()).unwrap();
    std::fs::write(&precious, "picture").unwrap();
    let refused = EmbeddedPostgres::start(directory.path()).await.unwrap_err();
    assert!(matches!(refused, EmbeddedPostgresError::NotACluster(_)));
    assert!(precious.exists());
}

#[tokio::test]
async fn a_half_made_cluster_is_made_again() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("postgres.new")).unwrap();
    std::fs::write(directory.path().join("postgres.new/PG_VERSION"), "15\n").unwrap();
    let postgres = EmbeddedPostgres::start(directory.path()).await.unwrap();
    assert_eq!(answer(&postgres, "select 'whole'").await, "whole");
    postgres.stop().await.unwrap();
    assert!(!directory.path().join("postgres.new").exists());
}

#[test]
fn a_closed_directory_above_is_named() {
    let root = tempfile::tempdir().unwrap();
    std::fs::set_permissions(root.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    let data = root.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let stranger = installation::RunAs { name: "stranger".to_owned(), uid: 54_321, gid: 54_321 };
    let refused = installation::check_reachable(&data, &stranger).unwrap_err();
    assert!(matches!(&refused, EmbeddedPostgresError::Unreachable { blocked, .. } if blocked == root.path()));
    assert!(refused.to_string().contains("/var/lib/dentpro"));
}
