-- A booking in a slot of its own each time, from BENCH_FIRST on: five minutes each, one chair and one doctor.
local first = tonumber(os.getenv("BENCH_FIRST"))
local n = 0

request = function()
    n = n + 1
    local starts = first + n * 300
    local body = string.format(
        '{"patient_id":"%s","doctor_id":"%s","chair_id":"%s","starts_at":"%s","ends_at":"%s","reason":"bench"}',
        os.getenv("BENCH_PATIENT"), os.getenv("BENCH_DOCTOR"), os.getenv("BENCH_CHAIR"),
        os.date("!%Y-%m-%dT%H:%M:%SZ", starts), os.date("!%Y-%m-%dT%H:%M:%SZ", starts + 300))
    return wrk.format("POST", nil, {
        ["Content-Type"] = "application/json",
        ["Authorization"] = wrk.headers["Authorization"],
        ["Idempotency-Key"] = "bench-" .. starts
    }, body)
end
