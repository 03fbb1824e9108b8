-- wrk ... -- METHOD PATH TOKENS-FILE BODY-BYTES: the tokens in turn; a file "-" stands for no token
local requests, turn = {}, 0

function init(args)
  local bytes = tonumber(args[4])
  local body = bytes > 0 and string.rep("x", bytes) or nil
  local function add(token)
    local headers = {}
    if token then headers["Kinto-Authorization"] = "Bearer " .. token end
    if body then headers["Content-Type"] = "application/octet-stream" end
    requests[#requests + 1] = wrk.format(args[1], args[2], headers, body)
  end
  if args[3] == "-" then add() else for token in io.lines(args[3]) do add(token) end end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("RESULT %d %d %d", summary.requests, e.connect + e.read + e.write + e.timeout, e.status))
end
