# Sourced: a demo server of this build on a data directory of its own, gone when the script ends.

start_demo() {
    local port=$1
    demo_data=$(mktemp -d /var/tmp/dentpro-e2e-XXXXXX)
    chmod 755 "$demo_data"
    cargo build --quiet --package dentpro-server --bin dentpro
    target/debug/dentpro demo --listen "127.0.0.1:$port" --data "$demo_data" >"$demo_data.log" 2>&1 &
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
