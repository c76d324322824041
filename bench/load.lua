-- wrk's side of the benchmarks.  Environment: TOKEN; KIND list, read or insert; FORM
-- charthouse or yardstick; FIRST and LAST of the patients (read: the rows) to ask for.
local token, kind, form = os.getenv("TOKEN"), os.getenv("KIND"), os.getenv("FORM")
local first, last = tonumber(os.getenv("FIRST") or 1), tonumber(os.getenv("LAST") or 10000)
local headers = { ["Authorization"] = "Bearer " .. token }
local read, write, body
local one = "/api/v1/medications/%d"

math.randomseed(os.time())
if form == "charthouse" then
  read = "/api/v1/medications/?limit=50&patient_id=%d"
  write = "/api/v1/vitals/"
  body = '{"patient_id":%d,"recorded_date":"2026-11-22T10:00:00Z","systolic_bp":121,"diastolic_bp":79,"heart_rate":64,"temperature":98.1,"weight":155.5,"oxygen_saturation":98,"notes":"bench"}'
else
  read = "/api/v1/patients/%d/medications?limit=50"
  write = "/api/v1/patients/%d/vitals"
  body = '{"recorded_at":"2026-11-22T10:00:00Z","systolic":121,"diastolic":79,"heart_rate":64,"temperature":36.7,"weight":70.5,"oxygen":98,"notes":"bench"}'
end
if kind == "insert" then headers["Content-Type"] = "application/json" end

function request()
  local patient = math.random(first, last)
  if kind == "read" then return wrk.format("GET", one:format(patient), headers) end
  if kind == "list" then return wrk.format("GET", read:format(patient), headers) end
  return wrk.format("POST", write:format(patient), headers, body:format(patient))
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %.3f %.3f %d\n", summary.requests, summary.duration,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    e.status + e.connect + e.read + e.write + e.timeout))
end
