#!lua flags=allow-oom
-- One token bucket in one hash. All times are microseconds of the server's clock.
--
--   full   the instant at which the bucket is full again; beyond now + size while tokens are booked ahead
--   last   the newest time that was seen, to notice a clock that goes back
--   quiet  nothing is booked before this instant
--   epoch  counts the holds
--   born   the instant at which the hash was made, to notice that it was lost
--   back   counts what made full smaller
--   free   instants that were booked and given back, "at,each" separated by spaces
--   each, size   the quota that was used last
--   p:ID   what a process booked last: "sequence at each waiting name"
--
-- The flag lets it write to a server whose memory is full: the hash has a fixed size, but
-- for one field for each process.
local key, op = KEYS[1], ARGV[1]
local each, size, empty = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'
local minute = 60000000

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local function text(number) return string.format('%.0f', number) end

local function parse(value)
  local sequence, at, cost, rest = string.match(value or '', '^(%d+) (%d+) (%d+) (.*)$')
  if not sequence then return nil end
  return {sequence = tonumber(sequence), at = tonumber(at), each = tonumber(cost), rest = rest}
end

local function write(field, p)
  redis.call('HSET', key, field, text(p.sequence) .. ' ' .. text(p.at) .. ' ' .. text(p.each) .. ' ' .. p.rest)
end

local state = redis.call('HMGET', key, 'full', 'last', 'quiet', 'epoch', 'born', 'back', 'free')
local full, last, quiet = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]) or 0
local epoch, born, back = tonumber(state[4]) or 0, tonumber(state[5]), tonumber(state[6]) or 0
local free = {}
for at, cost in string.gmatch(state[7] or '', '(%d+),(%d+)') do
  free[#free + 1] = {at = tonumber(at), each = tonumber(cost)}
end
if not (full and born) then
  full, born, last = now, now, now
  if empty then full = now + size end
end

local function processes()
  local list, all = {}, redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    local p = string.sub(all[i], 1, 2) == 'p:' and parse(all[i + 1])
    if p then
      p.field = all[i]
      list[#list + 1] = p
    end
  end
  return list
end

-- A clock that went back takes all instants with it, as if no time had passed meanwhile.
if last and now < last then
  local by = last - now
  full, quiet = full - by, math.max(quiet - by, 0)
  for _, slot in ipairs(free) do slot.at = slot.at - by end
  for _, p in ipairs(processes()) do
    p.at = math.max(p.at - by, 0)
    write(p.field, p)
  end
end

local function save()
  local slots = {}
  for _, slot in ipairs(free) do
    if slot.at > now then slots[#slots + 1] = text(slot.at) .. ',' .. text(slot.each) end
  end
  redis.call('HSET', key, 'full', text(full), 'last', text(now), 'quiet', text(quiet), 'epoch', text(epoch),
    'born', text(born), 'back', text(back), 'free', table.concat(slots, ' '), 'each', text(each), 'size', text(size))
  redis.call('PEXPIRE', key, text(86400000 + math.ceil(math.max(full - now, quiet - now, 0) / 1000)))
end

-- unbook gives a reservation back that nobody uses: at the end of the line by making the line
-- shorter, and else for whoever books next.
local function unbook(slot)
  if slot.at <= now then return end
  free[#free + 1] = {at = slot.at, each = slot.each}
  local shorter = true
  while shorter do
    shorter = false
    for i, s in ipairs(free) do
      if s.at == full - size then
        full, back, shorter = full - s.each, back + 1, true
        table.remove(free, i)
        break
      end
    end
  end
end

-- void makes a process's booking one of the past, so that the same request books anew.
local function void(p, field)
  p.at, p.sequence = now, math.max(p.sequence - 1, 0)
  write(field, p)
end

local function reply(status, wait) return {status, wait, epoch, born, back, full - now} end

if op == 'book' then
  local field, sequence, unused, waiting, name = 'p:' .. ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8], ARGV[9]
  local knewBorn, knewBack, knewFull = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
  local mine = parse(redis.call('HGET', key, field))
  if mine and mine.sequence > sequence then
    save()
    return reply('stale', 0)
  end
  if mine and mine.sequence == sequence then
    save()
    return reply('booked', math.max(mine.at - now, 0)) -- the client asks again because it lost the answer
  end
  if mine and mine.sequence <= unused then unbook(mine) end
  if now < quiet then
    save()
    return reply('held', quiet - now)
  end
  -- What the client knew about the bucket, less the time on its own watch, still holds unless tokens were
  -- given back: it outlives a lost hash and a clock that went ahead.
  if knewFull > 0 and (knewBorn ~= born or knewBack >= back) then full = math.max(full, now + knewFull) end
  local slot, first
  for i, s in ipairs(free) do
    if s.at > now and (not first or s.at < free[first].at) then first = i end
  end
  if first then
    slot = table.remove(free, first)
  else
    local from = math.max(full, now)
    slot = {at = math.max(now, from + each - size), each = each}
    full = from + each
  end
  write(field, {sequence = sequence, at = slot.at, each = slot.each, rest = waiting .. ' ' .. name})
  save()
  if redis.call('HLEN', key) > 64 then
    for _, p in ipairs(processes()) do
      if p.at + minute < now then redis.call('HDEL', key, p.field) end
    end
  end
  return reply('booked', slot.at - now)
elseif op == 'back' then
  local field, sequence = 'p:' .. ARGV[5], tonumber(ARGV[6])
  local mine = parse(redis.call('HGET', key, field))
  if mine and mine.sequence == sequence then
    unbook(mine)
    void(mine, field)
  end
elseif op == 'hold' then
  local until_ = now + tonumber(ARGV[5])
  if until_ > quiet then
    quiet, epoch, back = until_, epoch + 1, back + 1
    for _, p in ipairs(processes()) do
      if p.at > now then
        unbook(p)
        void(p, p.field)
      end
    end
    local after = {} -- what lies in the hold is for nobody
    for _, slot in ipairs(free) do
      if slot.at >= quiet then after[#after + 1] = slot end
    end
    free = after
    redis.pcall('SPUBLISH', key, text(epoch) .. ' ' .. text(quiet - now) .. ' ' .. ARGV[6])
  end
elseif op == 'throttle' then
  full = math.max(full, now + size)
end
save()
return reply('done', 0)
