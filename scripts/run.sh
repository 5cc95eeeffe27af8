#!/usr/bin/env bash
# From a fresh clone to a running demo: what is missing is installed, web app and binary are built, the demo starts.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/steps.sh

# As root PostgreSQL runs as another user, who must be able to reach the data.
if [ "$(id -u)" = 0 ]; then default_data=/var/tmp/dentpro-demo; else default_data=$PWD/data/demo; fi
data=${DATA:-$default_data}
listen=${LISTEN:-127.0.0.1:8080}
mkdir -p "$data"

step "install what is missing" scripts/install.sh run
step "web app" scripts/web.sh build
step "binary" cargo build --release --quiet --package dentpro-server --bin dentpro
total
exec target/release/dentpro demo --listen "$listen" --data "$data" --scale "${SCALE:-small}"
