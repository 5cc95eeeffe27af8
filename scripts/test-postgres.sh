#!/usr/bin/env bash
# A throw-away PostgreSQL for tests and for the checked SQL: fast, not durable, on a socket only.
# Usage: eval "$(scripts/test-postgres.sh start)"   scripts/test-postgres.sh stop
set -euo pipefail
cd "$(dirname "$0")/.."

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
dir=/var/tmp/dentpro-test-$(id -u)-$(pwd | cksum | cut -d' ' -f1)

# PostgreSQL refuses to run as root.
as_user() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start() {
    if [ ! -e "$dir/data/PG_VERSION" ]; then
        rm -rf "$dir"
        mkdir -p "$dir"
        [ "$(id -u)" = 0 ] && chown postgres "$dir"
        as_user "$bin/initdb" -D "$dir/data" -U dentpro -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    fi
    if ! as_user "$bin/pg_ctl" -D "$dir/data" status >/dev/null; then
        as_user "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses= -c fsync=off \
            -c full_page_writes=off -c synchronous_commit=off -c max_connections=400 -c shared_buffers=256MB" start >/dev/null
    fi
    echo "export DENTPRO_TEST_DATABASE_URL='postgres://dentpro@localhost/postgres?host=$dir'"
}

# A database with the schema of ./migrations, for the macros that check SQL while compiling.
schema() {
    start >/dev/null
    local psql=("$bin/psql" -h "$dir" -U dentpro -q -v ON_ERROR_STOP=1)
    PGOPTIONS='-c client_min_messages=warning' "${psql[@]}" postgres -c 'drop database if exists dentpro_schema with (force)' -c 'create database dentpro_schema'
    for file in migrations/*.sql; do
        PGOPTIONS='-c client_min_messages=warning' "${psql[@]}" dentpro_schema -1 -f "$file"
    done
    echo "export DATABASE_URL='postgres://dentpro@localhost/dentpro_schema?host=$dir'"
}

case ${1:-start} in
start) start ;;
schema) schema ;;
stop)
    as_user "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$dir"
    ;;
esac
