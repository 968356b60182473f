// The list on the left: channels, and the conversation with the bot.

import { ask } from "./connection.js";
import { byId, el, fill, icon } from "./dom.js";
import { channel, isDm, userName } from "./names.js";
import { store, touch, watch } from "./store.js";

/** Channels with something that was not looked at yet. */
const unread = new Map();

export const textChannels = () =>
  store.channels.filter((channel) => !isDm(channel)).sort((a, b) => a.position - b.position);
const dm = () => store.channels.find(isDm);

export function openChannel(id) {
  if (!channel(id)) return;
  store.channel = id;
  unread.delete(id);
  document.body.dataset.view = "chat";
  touch("channel");
}

/** Opens the conversation with the bot, which the simulator makes when there is none. */
function openDm() {
  const open = dm();
  if (open) return openChannel(open.id);
  wantsDm = true;
  ask({ do: "open_dm" });
}

let wantsDm = false;

/** The next channel up or down. */
export function stepChannel(by) {
  const ids = [...textChannels(), dm()].filter(Boolean).map(({ id }) => id);
  const at = ids.indexOf(store.channel);
  if (ids.length > 0) openChannel(ids[(at + by + ids.length) % ids.length]);
}

function draw() {
  if (wantsDm && dm()) {
    wantsDm = false;
    openChannel(dm().id);
  }
  const first = textChannels()[0]?.id ?? dm()?.id ?? null;
  if (!channel(store.channel) && store.channel !== first) {
    store.channel = first;
    touch("channel");
  }
  byId("guild-name").textContent = store.guild?.name ?? "Sandbox";
  document.title = `${store.guild?.name ?? "Sandbox"} · sandbox`;
  const texts = textChannels();
  const isMember = store.members.some(({ id }) => id === store.me);
  fill(
    byId("channels"),
    el("h2", { class: "group" }, "Channels"),
    texts.length > 0
      ? el("ul", { class: "list" }, texts.map((channel) => row(channel)))
      : el("p", { class: "empty" }, isMember ? "No channel that you can see." : "Not in this server."),
    el("h2", { class: "group" }, "Direct messages"),
    el("ul", { class: "list" }, dmRow()),
  );
}

function row({ id, name, hidden }) {
  return entry(id, icon(hidden ? "lock" : "hash"), name, hidden ? "private" : "", () => openChannel(id));
}

function dmRow() {
  return entry(dm()?.id, icon("mail"), userName(store.bot), "", openDm);
}

function entry(id, sign, name, about, open) {
  const current = id !== undefined && id === store.channel;
  const count = unread.get(id) ?? 0;
  const label = [name, about, count > 0 ? `${count} new` : ""].filter(Boolean).join(", ");
  return el(
    "li",
    {},
    el(
      "button",
      {
        type: "button",
        class: `channel${count > 0 ? " unread" : ""}`,
        "aria-current": current ? "page" : null,
        "aria-label": label,
        "data-channel": id ?? "dm",
        onclick: open,
      },
      sign,
      el("span", { class: "cut" }, name),
      count > 0 && el("span", { class: "count" }, String(count)),
    ),
  );
}

/** Counts what arrives where nobody looks. */
function count() {
  for (const [id, messages] of store.messages) {
    const newest = [...messages.values()].at(-1);
    const before = newestSeen.get(id);
    if (newest && before !== undefined && before !== newest.id && newest.author.id !== store.me) {
      if (id !== store.channel && BigInt(newest.id) > BigInt(before || 0)) unread.set(id, (unread.get(id) ?? 0) + 1);
    }
    newestSeen.set(id, newest?.id ?? "");
  }
  draw();
}

let newestSeen = new Map();

export function start() {
  watch(["me"], () => {
    unread.clear();
    newestSeen = new Map();
  });
  watch(["channels", "guild", "channel", "users", "members", "bot"], draw);
  watch(["messages"], count);
  document.addEventListener("open-channel", ({ detail }) => openChannel(detail));
}
