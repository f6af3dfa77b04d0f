-- SPDX-License-Identifier: GPL-3.0-or-later
-- Load for wrk: the address itself, or paths of a file in random order, with an Authorization if one is given.
-- Ends with lines that the driver reads.
local requests = nil
local count = 0
local threads = 0

function setup(thread)
  thread:set("seed", threads)
  threads = threads + 1
end

function init(arguments)
  if arguments[1] == nil then return end
  math.randomseed(os.time() * 10 + seed)
  if arguments[2] ~= nil then wrk.headers["Authorization"] = arguments[2] end
  requests = {}
  for path in io.lines(arguments[1]) do requests[#requests + 1] = wrk.format("GET", path) end
  count = #requests
  request = function() return requests[math.random(count)] end
end

function done(summary, latency, _)
  local e = summary.errors
  print(string.format("bench rate %.1f", summary.requests / summary.duration * 1e6))
  print(string.format("bench p50 %.1f", latency:percentile(50)))
  print(string.format("bench p95 %.1f", latency:percentile(95)))
  print(string.format("bench errors %d", e.connect + e.read + e.write + e.status + e.timeout))
end
