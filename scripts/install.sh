#!/usr/bin/env bash
# Installs what the project needs from Debian: with apt as root or through sudo; otherwise it names the packages.
# Usage: scripts/install.sh run|test
set -euo pipefail

need=()
command -v cc >/dev/null || need+=(build-essential)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need+=(postgresql)
if [ "${1:-run}" = test ]; then
    command -v chromium >/dev/null || need+=(chromium)
    command -v pdftotext >/dev/null || need+=(poppler-utils)
fi
command -v cargo >/dev/null || { echo "Rust is missing: install it with rustup, then try again."; exit 1; }
command -v node >/dev/null || { echo "Node.js 20 is missing: install it, then try again."; exit 1; }

[ ${#need[@]} -eq 0 ] && { echo "everything is there"; exit 0; }
if [ "$(id -u)" = 0 ]; then
    apt=(apt-get)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    apt=(sudo apt-get)
else
    echo "Install these packages, then try again: apt-get install ${need[*]}"
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${apt[@]}" update -q
"${apt[@]}" install -q -y --no-install-recommends "${need[@]}"
