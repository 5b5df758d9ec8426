/*
 * Makes sure that indexes exist. Plain JavaScript without dependencies, because it runs in two places from this one
 * text: in Node.js with the MongoDB driver (cli/commands/indexes.ts), and inside the script for mongosh (script.ts).
 * It reads, it creates, and it never drops or changes what is there.
 */

/** Fields of listIndexes that say nothing about what an index does. */
const DESCRIPTIVE = ['v', 'key', 'name', 'ns', 'background', 'collection'];
const NAMESPACE_NOT_FOUND = 26;
const DUPLICATE_KEY = 11000;

/**
 * Creates what is missing, one index after the other, and prints one line for each. Resolves to the exit code: 0, or
 * 1 where an index is in conflict or was refused. Rejects where the server cannot be reached.
 */
async function ensureIndexes(runCommand, wanted, print) {
  const counts = { created: 0, 'already there': 0, conflict: 0, failed: 0 };
  for (const index of wanted) {
    const { state, detail } = await ensureIndex(runCommand, index);
    counts[state] += 1;
    print(`${index.collection}.${index.name}: ${state}${detail ? `: ${detail}` : ''}`);
  }
  const seen = Object.entries(counts).filter(([, count]) => count > 0);
  print(`${wanted.length} indexes: ${seen.map(([state, count]) => `${count} ${state}`).join(', ')}`);
  return counts.conflict + counts.failed > 0 ? 1 : 0;
}

async function ensureIndex(runCommand, wanted) {
  const existing = await listIndexes(runCommand, wanted.collection);
  // An index of the system's own, `_id_`, always has the collation that the collection gives to its indexes.
  const inherited = existing.find((index) => index.name === '_id_')?.collation;
  const same = existing.find((index) => sameKeys(index, wanted) && sameOptions(index, wanted, inherited));
  if (same) return { state: 'already there', detail: same.name === wanted.name ? '' : `as ${same.name}` };
  const rival =
    existing.find((index) => index.name === wanted.name) ?? existing.find((index) => sameKeys(index, wanted));
  if (rival) return { state: 'conflict', detail: conflict(wanted, rival, inherited) };
  return createIndex(runCommand, wanted);
}

async function listIndexes(runCommand, collection) {
  try {
    // A collection has 64 indexes at most, so the first batch has them all.
    const reply = await runCommand({ listIndexes: collection });
    return reply.cursor.firstBatch;
  } catch (error) {
    if (error.code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

async function createIndex(runCommand, { collection, ...index }) {
  try {
    const reply = await runCommand({ createIndexes: collection, indexes: [index] });
    // Somebody else may have created it in between; the server counts.
    const added = Number(reply.numIndexesAfter) > Number(reply.numIndexesBefore);
    return { state: added ? 'created' : 'already there', detail: '' };
  } catch (error) {
    // No number: not the server's refusal but a lost connection, and every further index would wait for it too.
    if (typeof error.code !== 'number') throw error;
    return { state: 'failed', detail: refusal(collection, index, error) };
  }
}

function refusal(collection, index, error) {
  const fields = Object.keys(index.key);
  if (error.code === DUPLICATE_KEY) {
    // The server's message quotes the value, which may be a key that opens something: it is not printed.
    const group = Object.fromEntries(fields.map((field) => [field.replace(/\./g, '_'), `$${field}`]));
    const stages = [{ $group: { _id: group, documents: { $sum: 1 } } }, { $match: { documents: { $gt: 1 } } }];
    return (
      `documents share a value that must be unique. ` +
      `To mend: find them with db.getCollection(${text(collection)}).aggregate(${text(stages)}), ` +
      `make them differ, and run this again`
    );
  }
  const message = String(error.message).replace(/dup key:.*$/s, 'dup key: (not shown)');
  return `${error.codeName ?? error.code}: ${message}`;
}

/** Same fields in the same order, each in the same direction. */
function sameKeys(a, b) {
  return text(keysOf(a)) === text(keysOf(b));
}

function keysOf(index) {
  // Text, hashed and geospatial keys are words and stay so: they equal no direction.
  return Object.entries(index.key).map(([field, kind]) => [field, typeof kind === 'string' ? kind : Number(kind)]);
}

function sameOptions(a, b, inherited) {
  return text(Object.entries(optionsOf(a, inherited)).sort()) === text(Object.entries(optionsOf(b, inherited)).sort());
}

/** What an index does beyond its keys; whatever is off or inherited from the collection is left out. */
function optionsOf(index, inherited) {
  const options = {};
  for (const [option, value] of Object.entries(index)) {
    if (DESCRIPTIVE.includes(option) || value === false || value === null || value === undefined) continue;
    if (option === 'collation' && text(value) === text(inherited)) continue;
    if (option === 'expireAfterSeconds') options[option] = Number(value);
    else options[option] = option === 'unique' || option === 'sparse' ? Boolean(value) : value;
  }
  return options;
}

function conflict(wanted, rival, inherited) {
  const now = text({ key: Object.fromEntries(keysOf(rival)), ...optionsOf(rival, inherited) });
  const then = text({ key: wanted.key, ...optionsOf(wanted, inherited) });
  return `${rival.name} is ${now}, wanted ${then}, left as it is. To mend: ${mend(wanted, rival, inherited)}`;
}

function mend(wanted, rival, inherited) {
  const { expireAfterSeconds } = wanted;
  const asWanted = { ...rival, expireAfterSeconds };
  if (expireAfterSeconds !== undefined && sameKeys(rival, wanted) && sameOptions(asWanted, wanted, inherited)) {
    const change = { collMod: wanted.collection, index: { name: rival.name, expireAfterSeconds } };
    return `db.runCommand(${text(change)}), which removes every document that is older`;
  }
  const collection = `db.getCollection(${text(wanted.collection)})`;
  return `if nothing needs it as it is, ${collection}.dropIndex(${text(rival.name)}), and run this again`;
}

function text(value) {
  return JSON.stringify(value);
}

/**
 * Whether a text is a MongoDB URL whose parts cannot be mistaken for each other. A password with a bare `@` or `/`
 * would be read as a host and end up in an error message.
 */
function isMongoUrl(url) {
  return /^mongodb(\+srv)?:\/\/([^@:/?#\s]+(:[^@:/?#\s]*)?@)?[^@/?#\s]+([/?][^@\s]*)?$/.test(url);
}

/** A message that is safe to print: the URL's password is taken out, as it is written and as it is meant. */
function withoutPassword(message, url) {
  const password = /^[^:]+:\/\/[^@:/?#]*:([^@/?#]+)@/.exec(url)?.[1];
  if (password === undefined) return message;
  let meant = password;
  try {
    meant = decodeURIComponent(password);
  } catch {
    // Not percent-encoded as it should be; then it is meant as it is written.
  }
  return message.split(password).join('***').split(meant).join('***');
}

module.exports = { ensureIndexes, isMongoUrl, withoutPassword };
