#!/usr/bin/env bash
# Pictures of every page in both languages, light and dark, at desk and phone width, into web/screenshots/. Usage: scripts/screenshots.sh [part of an address]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh test
scripts/web.sh build
. scripts/demo-server.sh
start_demo 8095
cd web
DENTPRO_URL=http://127.0.0.1:8095 node e2e/screenshots.mjs "$@"
