-- A booking in a slot of its own each time, far in the future: five minutes each, one chair and one doctor.
local n = 0
local base = os.time() + 500 * 86400
math.randomseed(base)
local prefix = math.random(1000000000)

request = function()
    n = n + 1
    local starts = base + n * 300
    local body = string.format(
        '{"patient_id":"%s","doctor_id":"%s","chair_id":"%s","starts_at":"%s","ends_at":"%s","reason":"bench"}',
        os.getenv("BENCH_PATIENT"), os.getenv("BENCH_DOCTOR"), os.getenv("BENCH_CHAIR"),
        os.date("!%Y-%m-%dT%H:%M:00Z", starts), os.date("!%Y-%m-%dT%H:%M:00Z", starts + 300))
    return wrk.format("POST", nil, {
        ["Content-Type"] = "application/json",
        ["Authorization"] = wrk.headers["Authorization"],
        ["Idempotency-Key"] = string.format("bench-%d-%d", prefix, n)
    }, body)
end
