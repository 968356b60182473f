// What the page knows: kept up to date by the simulator, read by everything that draws.

export const store = {
  me: "",
  bot: "",
  guild: null,
  channels: [],
  watched: null,
  users: {},
  members: [],
  bans: [],
  commands: { guild: [], dm: [] },
  modal: null,
  pending: [],
  connected: false,
  /** By channel, then by id: the messages that the persona sees. */
  messages: new Map(),
  /** The blocks of each tab that the sandbox brings. */
  panels: new Map(),
  tabs: [],
  /** What Discord has shown, and the lines that were played. */
  shown: [],
  lines: [],
  /** Signs of the client by channel: that the bot did not answer, for example. */
  signs: [],
  /** The channel that is open. */
  channel: null,
  /** How far the sandbox's clock is ahead of this computer's. */
  ahead: 0,
  online: false,
};

const watchers = [];
let changed = new Set();

/** Calls `draw` whenever one of these parts of the store has changed. */
export function watch(parts, draw) {
  watchers.push({ parts: new Set(parts), draw });
}

/** Says that parts have changed. Whoever draws them does so once, when the script has ended. */
export function touch(...parts) {
  if (changed.size === 0) queueMicrotask(draw);
  for (const part of parts) changed.add(part);
}

function draw() {
  const now = changed;
  changed = new Set();
  for (const { parts, draw } of watchers) {
    if ([...parts].some((part) => now.has(part))) draw(now);
  }
}

/** Everything before is void: the page was opened anew. */
export function reset() {
  store.messages.clear();
  store.panels.clear();
  store.shown.length = 0;
  store.lines.length = 0;
  store.signs.length = 0;
}

/** Takes what has changed. */
export function update({ set = {}, messages = {}, shown, lines, now }) {
  store.ahead = now - Date.now();
  const before = store.me;
  Object.assign(store, set);
  touch(...Object.keys(set));
  for (const [channel, change] of Object.entries(messages)) changeMessages(channel, change);
  if (Object.keys(messages).length > 0) touch("messages");
  if (before !== store.me) {
    store.signs.length = 0;
    touch("signs");
  }
  if (shown.length > 0) {
    store.shown.push(...shown);
    touch("shown");
  }
  if (lines.length > 0) {
    store.lines.push(...lines);
    touch("lines");
  }
}

function changeMessages(channel, change) {
  if (change === null) {
    store.messages.delete(channel);
    return;
  }
  const known = store.messages.get(channel) ?? new Map();
  for (const id of change.drop) known.delete(id);
  for (const message of change.put) known.set(message.id, message);
  // Ids grow with time, and are too long for numbers.
  const inOrder = [...known].sort(([a], [b]) => (BigInt(a) < BigInt(b) ? -1 : 1));
  store.messages.set(channel, new Map(inOrder));
}

/** The sandbox's time in unix milliseconds. */
export const now = () => Date.now() + store.ahead;
