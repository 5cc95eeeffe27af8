#!/usr/bin/env bash
# Measures the product against the same PostgreSQL, in one run, and prints a table (also kept in bench/results/).
# Usage: bench/run.sh [figure…]   With names of figures only those, and nothing is kept.
#   SECONDS_EACH=10  ROUNDS=3   how long and how often each throughput is measured
#   BENCH_DATA=DIR              keeps the loaded demo there for the next run
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh

tools() {
    scripts/install.sh test
    command -v wrk >/dev/null && return 0
    if [ "$(id -u)" = 0 ]; then apt-get install -q -y wrk; else sudo apt-get install -q -y wrk; fi
}

step "tools" tools
step "web app" scripts/web.sh build
step "binary" cargo build --release --quiet --package dentpro-server --bin dentpro
step "bench" node bench/bench.mjs "$@"
