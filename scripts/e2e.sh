#!/usr/bin/env bash
# The browser against the real binary on real data. Usage: scripts/e2e.sh [playwright arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/demo-server.sh
start_demo "${E2E_PORT:-8097}"
cd web
DENTPRO_URL=http://127.0.0.1:${E2E_PORT:-8097} npx playwright test "$@"
