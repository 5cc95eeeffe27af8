# Sourced by the other scripts: says what is being done and how long each part took.

summary=()
began=$SECONDS

# step NAME COMMAND…: runs one part and stops everything when it fails.
step() {
    local name=$1 at=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then
        summary+=("$(printf '%5d s  %s' $((SECONDS - at)) "$name")")
    else
        local code=$?
        printf '\n== %s FAILED after %d s\n' "$name" $((SECONDS - at))
        exit "$code"
    fi
}

# total: how long each part took.
total() {
    printf '\n== done in %d s\n' $((SECONDS - began))
    printf '   %s\n' "${summary[@]}"
}
