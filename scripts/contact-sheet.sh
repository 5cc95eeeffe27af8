#!/usr/bin/env bash
# Every term of the dental chart, drawn wherever it is legal, as pictures to look at: web/screenshots/chart-terms-N.png
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh test
scripts/web.sh build
. scripts/demo-server.sh
start_demo 8094
cd web
DENTPRO_URL=http://127.0.0.1:8094 node e2e/contact-sheet.mjs
