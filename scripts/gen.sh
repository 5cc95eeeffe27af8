#!/usr/bin/env bash
# Writes what is generated: the checked SQL (.sqlx), the OpenAPI document, the web's types and error texts,
# the table of the chart's vocabulary.
# With --check it fails when one of them was not fresh.
set -euo pipefail
cd "$(dirname "$0")/.."
generated=(.sqlx crates/server/openapi.json web/src/api/schema.gen.ts web/src/i18n/en/errors.json web/src/i18n/ar/errors.json docs/chart-vocabulary.md)

fingerprint() {
    find "${generated[@]}" -type f -print0 2>/dev/null | sort -z | xargs -0 sha256sum
}

checked_sql() {
    eval "$(scripts/test-postgres.sh schema)"
    rm -rf target/sqlx
    mkdir -p target/sqlx .sqlx
    # The macros write while they are expanded, so the crate has to be expanded again.
    touch crates/server/src/lib.rs
    SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$PWD/target/sqlx" DATABASE_URL="$DATABASE_URL" \
        cargo check --quiet --package dentpro-server --all-targets
    rm -rf .sqlx
    mv target/sqlx .sqlx
}

scripts/web.sh packages
before=$(fingerprint)
checked_sql
SQLX_OFFLINE=true cargo run --quiet --package dentpro-server --bin dentpro -- openapi >target/openapi.json
mv target/openapi.json crates/server/openapi.json
(cd web && npm run --silent gen)
node web/scripts/error-texts.mjs
SQLX_OFFLINE=true cargo run --quiet --package dentpro-core --example chart_vocabulary >target/chart-vocabulary.md
mv target/chart-vocabulary.md docs/chart-vocabulary.md
if [ "${1:-}" = --check ] && [ "$before" != "$(fingerprint)" ]; then
    echo "Generated files were not fresh: run \`make gen\` and commit what it wrote."
    exit 1
fi
