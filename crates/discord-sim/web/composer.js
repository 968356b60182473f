// The box in which one writes, and what helps with it.

import { ask, hear } from "./connection.js";
import { byId, el, fill, icon } from "./dom.js";
import { channel, displayName, isDm, member, timeout, userName } from "./names.js";
import { notice } from "./notices.js";
import * as slash from "./slash.js";
import { store, watch } from "./store.js";
import { suggestions } from "./suggest.js";
import { relative } from "./time.js";

const TALLEST_PX = 180;
const TYPING_MS = 150;
const LONGEST = 2000;

let box;
let list;
let hint;
let offers = [];
/** What the bot was last asked to complete, so that it is asked once. */
let asked = "";
let typing = null;

/** Puts a text into the box, as if it had been typed. */
export function write(text) {
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  changed();
}

export const focusBox = () => box.focus();

function changed() {
  box.style.setProperty("height", "auto");
  box.style.setProperty("height", `${Math.min(box.scrollHeight, TALLEST_PX)}px`);
  box.style.setProperty("overflow-y", box.scrollHeight > TALLEST_PX ? "auto" : "hidden");
  const text = box.value;
  byId("count").textContent = text.length > LONGEST - 200 ? String(LONGEST - text.length) : "";
  if (!text.startsWith("/")) {
    fill(hint);
    list.offer(slash.mentionSuggestions(text.slice(0, box.selectionStart), text.slice(box.selectionEnd)), true);
    return;
  }
  const line = slash.read(text);
  if (!line.leaf) {
    fill(hint);
    const found = slash.commandSuggestions(line.typed);
    list.offer(found, true);
    if (found.length === 0) fill(hint, "The bot has no such command for this person.");
    return;
  }
  drawHint(line);
  if (line.focus?.option.autocomplete) complete(line);
  const values = line.focus ? slash.valueSuggestions(line, offers) : [];
  const exact = line.focus && line.focus.option.type !== 3 && values.length === 1 && text.trimEnd() === values[0].text.trimEnd();
  if (exact) list.close();
  else if (values.length > 0) list.offer(values, line.focus.value !== "" || line.focus.option.required === true);
  else list.offer(slash.optionSuggestions(line), slash.missing(line).length > 0 && !line.focus);
}

/** Lets the bot complete the option that is being typed, once the typing pauses. */
function complete(line) {
  const text = slash.writeTyped(line);
  if (text === asked) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    asked = text;
    ask({ do: "type", channel: store.channel, text });
  }, TYPING_MS);
}

/** The command with its options: which are needed, which is being typed, and what it takes. */
function drawHint(line) {
  const { leaf, options, given, focus } = line;
  const part = (option) => {
    const filled = given.some((one) => one.option === option && one.value !== "");
    const state = option === focus?.option ? "now" : filled ? "filled" : option.required ? "needed" : "";
    return el("span", { class: `option ${state}` }, option.required ? option.name : `${option.name}?`);
  };
  const about = focus ? `${focus.option.description} (${slash.kindOf(focus.option)})` : leaf.node.description;
  fill(hint, el("strong", {}, `/${leaf.path}`), options.map(part), el("span", { class: "faint" }, about));
}

function submit(event) {
  event?.preventDefault();
  const text = box.value.trim();
  if (!text || box.disabled) return;
  if (text.startsWith("/")) {
    // The space after a command's name means that it is complete.
    const line = slash.read(`${box.value} `);
    if (!line.leaf) return notice(`There is no command ${text.split(" ")[0]} here for ${displayName(store.me)}.`);
    const needed = slash.missing(line);
    if (needed.length > 0) {
      notice(`/${line.leaf.path} needs ${needed.map(({ name }) => name).join(" and ")}.`);
      if (!needed.some(({ name }) => box.value.includes(`${name}:`))) write(`${box.value.trimEnd()} ${needed[0].name}:`);
      return;
    }
    if (line.given.length === 0 && line.loose) return notice(`Choose an option before “${line.loose}”.`);
    ask({ do: "slash", channel: store.channel, text: slash.write(line) });
  } else ask({ do: "say", channel: store.channel, text });
  remember(box.value);
  write("");
}

/** What was sent before, to be had back with the up key. */
const history = [];
let back = 0;

function remember(text) {
  history.push(text);
  back = history.length;
}

function recall(by) {
  const at = back + by;
  if (at < 0 || at > history.length) return;
  back = at;
  write(history[at] ?? "");
}

function key(event) {
  if (event.isComposing) return;
  if (list.key(event)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.key === "Enter" && !event.shiftKey) submit(event);
  else if (event.key === "ArrowUp" && (box.value === "" || history[back] === box.value)) recall(-1);
  else if (event.key === "ArrowDown" && history[back] === box.value) recall(1);
}

function take({ text, rest = "" }) {
  box.value = `${text}${rest}`;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  changed();
}

/** Whether the persona may write here, and what to do when not. */
function obstacle() {
  const here = channel(store.channel);
  const name = displayName(store.me);
  if (!store.online) return ["The sandbox is not running."];
  if (!member(store.me) && !(here && isDm(here))) {
    const banned = store.bans.some(({ id }) => id === store.me);
    if (banned) return [`${userName(store.me)} is banned from this server.`];
    return [`${userName(store.me)} is not in this server.`, el("button", { type: "button", class: "button primary", onclick: () => ask({ do: "join" }) }, "Join")];
  }
  const until = timeout(store.me);
  if (until && here && !isDm(here)) return [`${name} is in timeout; it ends ${relative(until)}.`];
  if (here && !here.may_send) return [`${name} may not write in #${here.name}.`];
  return null;
}

function drawState() {
  const here = channel(store.channel);
  const stop = obstacle();
  box.disabled = stop !== null;
  byId("send").disabled = stop !== null;
  box.placeholder = stop ? "" : isDm(here) ? `Message ${userName(store.bot)}` : `Message #${here?.name ?? ""} as ${displayName(store.me)}, or type /`;
  byId("obstacle").hidden = stop === null;
  fill(byId("obstacle"), stop);
  byId("composer").classList.toggle("stopped", stop !== null);
}

export function start() {
  box = el("textarea", {
    id: "composer-text",
    rows: 1,
    role: "combobox",
    spellcheck: true,
    maxLength: LONGEST * 2,
    "aria-label": "Message",
    "aria-autocomplete": "list",
    "aria-controls": "suggestions",
    "aria-expanded": "false",
    "aria-describedby": "command-hint",
    oninput: changed,
    onkeydown: key,
    onblur: () => list.close(),
  });
  list = suggestions(box, take);
  hint = el("div", { class: "command-hint", id: "command-hint" });
  const send = el("button", { class: "icon-button send", id: "send", "aria-label": "Send" }, icon("send"));
  fill(
    byId("composer"),
    list.list,
    hint,
    el("div", { class: "obstacle", id: "obstacle", hidden: true }),
    el("div", { class: "box" }, box, el("span", { class: "faint", id: "count" }), send),
  );
  byId("composer").addEventListener("submit", submit);
  watch(["channel", "channels", "me", "members", "bans", "users", "bot", "online", "minute"], drawState);
  watch(["channel", "me"], () => {
    offers = [];
    asked = "";
    list.close();
    if (box.value.startsWith("/")) changed();
  });
  hear("shown", ({ choices }) => {
    if (!choices) return;
    offers = choices;
    if (document.activeElement === box) changed();
  });
}
