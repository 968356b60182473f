// The messages of the open channel.

import { byId, el, fill, icon } from "./dom.js";
import { hear } from "./connection.js";
import { isEphemeral, message, sentAt, spoken } from "./message.js";
import { channel, isDm, userName } from "./names.js";
import { announce } from "./notices.js";
import { store, touch, watch } from "./store.js";
import { day, sameDay } from "./time.js";

/** Messages of one author within this time stand together. */
const TOGETHER_MS = 5 * 60 * 1000;
/** So close to the end counts as being there. */
const NEAR_PX = 80;

/** Which channel, of whom, is drawn, and each message as it was drawn. */
let drawn = { key: null, nodes: new Map() };
/** Whether the end of the list is in sight, and shall stay so. */
let atEnd = true;
/** How people and channels looked when it was. */
let names = 0;

/** Draws a list of messages into `list`, and keeps what has not changed. */
export function drawMessages(list, messages, before, salt) {
  const nodes = new Map();
  const children = [];
  let previous = null;
  messages.forEach((data, index) => {
    const newest = index === messages.length - 1;
    if (!previous || !sameDay(sentAt(previous), sentAt(data))) {
      children.push(keep(before, nodes, `day ${data.id}`, "", () => divider(sentAt(data))));
    }
    const follows = previous !== null && together(previous, data);
    const look = `${salt} ${follows} ${newest} ${JSON.stringify(data)}`;
    children.push(keep(before, nodes, data.id, look, () => message(data, { follows, newest })));
    previous = data;
  });
  sync(list, children);
  return nodes;
}

function keep(before, nodes, key, look, make) {
  const known = before.get(key);
  const entry = known?.look === look ? known : { look, node: make() };
  nodes.set(key, entry);
  return entry.node;
}

/** Makes `children` the children of `list` without touching those that stay. */
function sync(list, children) {
  const wanted = new Set(children);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
}

function together(before, after) {
  return (
    before.author.id === after.author.id &&
    sentAt(after) - sentAt(before) < TOGETHER_MS &&
    !after.message_reference &&
    !after.interaction_metadata?.name &&
    isEphemeral(before) === isEphemeral(after)
  );
}

const divider = (ms) => el("div", { class: "day", role: "separator" }, el("span", {}, day(ms)));

function draw() {
  const list = byId("messages");
  const key = `${store.me} ${store.channel}`;
  const same = drawn.key === key;
  const stick = !same || atEnd;
  const messages = [...(store.messages.get(store.channel)?.values() ?? [])];
  if (messages.length === 0) {
    fill(list, empty());
    drawn = { key, nodes: new Map() };
    return;
  }
  if (!same || list.querySelector(".empty")) list.replaceChildren();
  const before = same ? drawn.nodes : new Map();
  const nodes = drawMessages(list, messages, before, names);
  if (same) speak(messages.filter(({ id }) => !before.has(id)));
  drawn = { key, nodes };
  if (stick) toEnd();
}

function toEnd() {
  const list = byId("messages");
  list.scrollTop = list.scrollHeight;
  atEnd = true;
}

function speak(messages) {
  for (const one of messages) if (one.author.id !== store.me) announce(spoken(one));
}

function empty() {
  const here = channel(store.channel);
  const [sign, title, text] = !here
    ? ["ban", "Nothing to see here", "This person is in no channel. Speak as somebody else, or let them join again."]
    : isDm(here)
      ? ["mail", `Your conversation with ${userName(store.bot)}`, "What the bot writes to this person alone arrives here."]
      : ["chat", `#${here.name} is empty`, "Write something, or type / to see what the bot can do."];
  return el("div", { class: "empty big" }, icon(sign), el("h3", {}, title), el("p", {}, text));
}

function drawPlace() {
  const here = channel(store.channel);
  const name = here ? (isDm(here) ? userName(store.bot) : here.name) : "Nowhere";
  fill(
    byId("place"),
    icon(here ? (isDm(here) ? "mail" : here.hidden ? "lock" : "hash") : "ban"),
    el("span", { class: "cut" }, name),
    here?.topic && el("span", { class: "faint cut" }, here.topic),
  );
}

/** What the client itself says below the messages: a command on its way, an answer that never came. */
function drawTail() {
  const mine = store.pending.filter(({ channel }) => channel === store.channel);
  const name = channel(store.channel)?.name;
  const signs = store.signs.filter((sign) => sign.channel === name);
  fill(
    byId("tail"),
    mine.map(({ command }) =>
      el("p", { class: "sending", role: "status" }, el("span", { class: "dots", "aria-hidden": "true" }), command ? `sending /${command}` : "waiting for an answer"),
    ),
    signs.map(({ text }) => el("p", { class: "sign", role: "alert" }, icon("ban"), text)),
  );
}

export function start() {
  const list = byId("messages");
  list.addEventListener("scroll", () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
  });
  new ResizeObserver(() => atEnd && toEnd()).observe(list);
  watch(["messages", "channel", "channels", "me", "bot"], draw);
  watch(["users", "members", "guild"], () => {
    names += 1;
    draw();
  });
  watch(["channel", "channels", "bot", "users"], drawPlace);
  watch(["pending", "signs", "channel", "channels"], drawTail);
  hear("shown", ({ kind, channel, content }) => {
    if (kind === "no_response" && content !== undefined) {
      store.signs.push({ channel: channel ?? undefined, text: content });
      touch("signs");
    } else if (kind === "command" || kind === "click") {
      store.signs.length = 0;
      touch("signs");
    }
  });
}
