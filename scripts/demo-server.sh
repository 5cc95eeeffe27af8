# Sourced: a demo server of this build (or of $E2E_BINARY) on a data directory of its own, gone when the script ends.

start_demo() {
    local port=$1
    if curl --silent --output /dev/null "http://127.0.0.1:$port/"; then
        echo "another server listens on port $port: choose one with E2E_PORT"
        return 1
    fi
    demo_data=$(mktemp -d /var/tmp/dentpro-e2e-XXXXXX)
    chmod 755 "$demo_data"
    if [ -z "${E2E_BINARY:-}" ]; then
        cargo build --quiet --package dentpro-server --bin dentpro
        export E2E_BINARY=$PWD/target/debug/dentpro
    fi
    "$E2E_BINARY" demo --listen "127.0.0.1:$port" --data "$demo_data" >"$demo_data.log" 2>&1 &
    demo_pid=$!
    trap stop_demo EXIT
    for _ in $(seq 600); do
        if curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; then return 0; fi
        kill -0 "$demo_pid" 2>/dev/null || { cat "$demo_data.log"; return 1; }
        sleep 0.2
    done
    cat "$demo_data.log"
    return 1
}

stop_demo() {
    kill -TERM "$demo_pid" 2>/dev/null || true
    wait "$demo_pid" 2>/dev/null || true
    rm -rf "$demo_data" "$demo_data.log"
}
