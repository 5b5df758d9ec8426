import type { QueuePlan } from '../../../plan/types';

/**
 * A script that the broker itself runs each time that the exporter is asked: how many jobs wait in each queue, and how
 * long the oldest has. A list that is empty is no key, so the length is asked and not the key. BullMQ adds on the left and
 * takes on the right, so the oldest is the last; its hash beside the list has the time in milliseconds. It writes
 * nothing, so a broker that is full answers it too.
 */
export function queueScript(queues: QueuePlan[]): string {
  return `local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local told = {}
local function tell(what, number)
  told[#told + 1] = what
  told[#told + 1] = tostring(number)
end
local function wait(key, jobs)
  local oldest = redis.call('LINDEX', key, -1)
  local added = oldest and redis.call('HGET', jobs .. oldest, 'timestamp')
  return added and math.max(0, now - tonumber(added) / 1000) or 0
end
${queues.map(linesOf).join('\n')}
return told
`;
}

function linesOf({ name, key, library }: QueuePlan): string {
  const depth = `tell(${text(`depth/${name}`)}, redis.call('LLEN', ${text(key)}))`;
  if (library !== 'bullmq') return depth;
  const jobs = key.slice(0, key.lastIndexOf(':') + 1);
  return `${depth}\ntell(${text(`wait/${name}`)}, wait(${text(key)}, ${text(jobs)}))`;
}

/** As Lua writes it; names of keys have no line breaks. */
function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
