#!/usr/bin/env bash
# Brings the web app's packages and build up to date; does nothing when they are. Usage: scripts/web.sh packages|build
set -euo pipefail
cd "$(dirname "$0")/../web"

packages() {
    local at=$1
    if [ ! -e "$at/node_modules/.package-lock.json" ] || [ "$at/package-lock.json" -nt "$at/node_modules/.package-lock.json" ]; then
        npm --prefix "$at" ci --no-audit --no-fund
        touch "$at/node_modules/.package-lock.json"
    fi
}

build() {
    if [ ! -e dist/index.html ] || [ -n "$(find src public index.html vite.config.ts package-lock.json scripts -newer dist/index.html -print -quit)" ]; then
        npm run build
        touch dist/index.html
    else
        echo "the web app is built"
    fi
}

packages .
case ${1:-build} in
packages) packages codegen ;;
build) build ;;
esac
