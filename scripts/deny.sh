#!/usr/bin/env bash
# Licences, bans and sources of every dependency. Advisories need the internet's database: `scripts/deny.sh advisories`.
set -euo pipefail
cd "$(dirname "$0")/.."
version=0.20.2
tool=target/tools/bin/cargo-deny
if ! "$tool" --version 2>/dev/null | grep -q "$version"; then
    cargo install --quiet --locked --debug cargo-deny --version "$version" --root target/tools --target-dir target/tools/build
    rm -rf target/tools/build
fi
# Every crate of the lock file, those of other systems too: the check itself asks nobody.
cargo fetch --locked --quiet
if [ $# -gt 0 ]; then "$tool" check "$@"; else "$tool" --offline check bans licenses sources; fi
