#!/usr/bin/env bash
# Everything that must hold before a change lands. Each part says what it does and how long it took.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh

database() {
    eval "$(scripts/test-postgres.sh start)"
    export DENTPRO_TEST_DATABASE_URL
}

step "install what is missing" scripts/install.sh test
step "web packages" scripts/web.sh packages
step "web lint" npm --prefix web run --silent lint
step "web types" npm --prefix web run --silent typecheck
step "web tests" npm --prefix web test --silent
step "web build" scripts/web.sh build
step "web size" npm --prefix web run --silent size
step "rust format" cargo fmt --all --check
step "tidy" cargo xtask tidy
export SQLX_OFFLINE=true
step "clippy" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "cargo-deny" scripts/deny.sh
step "test database" database
trap 'scripts/test-postgres.sh stop' EXIT
step "rust tests" cargo test --workspace
step "generated files are fresh" scripts/gen.sh --check
step "e2e" scripts/e2e.sh
total
