-- wrk's side of bench/agents.  Environment: TOKEN; DOOR rest or mcp; KIND read or insert;
-- MRNS, separated by blanks.
local door, kind = os.getenv("DOOR"), os.getenv("KIND")
local headers = { ["Authorization"] = "Bearer " .. os.getenv("TOKEN"), ["Content-Type"] = "application/json",
  ["Accept"] = "application/json, text/event-stream" }
local vitals = '"systolic_bp":121,"diastolic_bp":79,"heart_rate":64,"temperature":98.1,"weight":155.5,"oxygen_saturation":98,"notes":"bench"'
local call = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{"mrn":"%s"%s}}}'
local mrns, wrong = {}, 0

for mrn in os.getenv("MRNS"):gmatch("%S+") do mrns[#mrns + 1] = mrn end
math.randomseed(os.time())

function request()
  local mrn = mrns[math.random(#mrns)]
  if door == "rest" and kind == "read" then return wrk.format("GET", "/clinic/v1/patients/" .. mrn, headers) end
  if door == "rest" then return wrk.format("POST", "/clinic/v1/vital-signs", headers,
    string.format('{"patient_mrn":"%s","recorded_date":"2026-01-15T10:00:00Z",%s}', mrn, vitals)) end
  if kind == "read" then return wrk.format("POST", "/mcp", headers, call:format("get_patient", mrn, "")) end
  return wrk.format("POST", "/mcp", headers, call:format("record_vital_signs", mrn,
    ',"recorded_date":"2026-01-15T10:00:00Z",' .. vitals))
end

-- A tool says by its result that it has failed, with status 200.
local threads = {}
function setup(thread) threads[#threads + 1] = thread end
function init() refused = 0 end
function response(status, _, body)
  if status >= 300 or (door == "mcp" and not body:find('"isError":false', 1, true)) then refused = refused + 1 end
end

function done(summary, latency)
  local e = summary.errors
  for _, thread in ipairs(threads) do wrong = wrong + thread:get("refused") end
  io.write(string.format("RESULT %d %d %.3f %.3f %d\n", summary.requests, summary.duration,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    wrong + e.connect + e.read + e.write + e.timeout))
end
