// What stands beside the chat: one tab at a time.

import { blocks } from "./blocks.js";
import { byId, el, fill, icon } from "./dom.js";
import { members } from "./members.js";
import { drawMessages } from "./messages.js";
import { store, touch, watch } from "./store.js";
import { transcript } from "./transcript.js";

const MEMBERS = "Members";
const LOG = "Log";
const TRANSCRIPT = "Script";

let open = null;
let log = { id: null, nodes: new Map() };

/** All tabs, in the order in which they stand. */
export function tabs() {
  const first = store.tabs.includes("Tour") ? ["Tour"] : [];
  const others = store.tabs.filter((tab) => tab !== "Tour");
  return [...first, MEMBERS, ...(store.watched ? [LOG] : []), ...others, TRANSCRIPT];
}

export function openTab(tab) {
  open = tab;
  showSide(true);
  if (matchMedia("(max-width: 760px)").matches) document.body.dataset.view = "side";
  touch("tab");
}

export const openTabNumber = (number) => tabs()[number - 1] && openTab(tabs()[number - 1]);

export function showSide(on) {
  document.body.classList.toggle("no-side", !on);
  byId("side-button").setAttribute("aria-expanded", String(on));
}

function drawTabs() {
  const all = tabs();
  if (!all.includes(open)) open = all[0];
  const focused = byId("tabs").contains(document.activeElement);
  fill(
    byId("tabs"),
    all.map((tab) =>
      el(
        "button",
        {
          type: "button",
          class: "tab",
          role: "tab",
          id: `tab-${tab}`,
          tabIndex: tab === open ? "0" : "-1",
          "aria-selected": String(tab === open),
          "aria-controls": "tab-body",
          onclick: () => openTab(tab),
          onkeydown: step,
        },
        tab,
      ),
    ),
  );
  byId("tab-body").setAttribute("aria-labelledby", `tab-${open}`);
  const current = byId(`tab-${open}`);
  current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focused) current?.focus();
}

function step(event) {
  const all = tabs();
  const at = all.indexOf(open);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  openTab(all[(to + all.length) % all.length]);
}

/** Draws the open tab; what had the focus there keeps it. */
function draw(changed) {
  const body = byId("tab-body");
  const other = changed.has("tab") || changed.has("tabs");
  const focused = body.contains(document.activeElement) ? document.activeElement.dataset.control : null;
  const kept = { top: body.scrollTop, sides: [...body.querySelectorAll(".scroll")].map((node) => node.scrollLeft) };
  const closed = new Set([...body.querySelectorAll("details.table:not([open])")].map((node) => node.dataset.table));
  const touched = body.querySelector("select:focus");
  // A list that somebody has open stays as it is.
  if (touched && !other) return;
  const atEnd = body.scrollHeight - body.scrollTop - body.clientHeight < 60;
  drawBody(body);
  if (other) body.scrollTop = open === LOG || open === TRANSCRIPT ? body.scrollHeight : 0;
  else {
    for (const node of body.querySelectorAll("details.table")) {
      if (closed.has(node.dataset.table) && !node.querySelector(".changed")) node.open = false;
    }
    [...body.querySelectorAll(".scroll")].forEach((node, index) => (node.scrollLeft = kept.sides[index] ?? 0));
    body.scrollTop = atEnd && (open === LOG || open === TRANSCRIPT) ? body.scrollHeight : kept.top;
  }
  if (focused) body.querySelector(`[data-control="${focused}"]`)?.focus();
}

function drawBody(body) {
  if (open === LOG) return drawLog(body);
  log = { id: null, nodes: new Map() };
  if (open === MEMBERS) fill(body, members());
  else if (open === TRANSCRIPT) fill(body, transcript());
  else fill(body, blocks(open, store.panels.get(open) ?? [], openTab));
}

function drawLog(body) {
  const messages = [...(store.messages.get(store.watched)?.values() ?? [])];
  if (messages.length === 0) {
    log = { id: null, nodes: new Map() };
    fill(body, el("div", { class: "empty big" }, icon("hash"), el("h3", {}, "The log is empty"), el("p", {}, "What moderators do is logged here, whoever you speak as.")));
    return;
  }
  let list = body.querySelector(".log");
  if (!list) {
    list = el("div", { class: "log" });
    fill(body, list);
  }
  log = { id: store.watched, nodes: drawMessages(list, messages, log.nodes, "log") };
}

export function start() {
  fill(byId("side-button"), icon("side"));
  byId("side-button").setAttribute("aria-label", "Show or hide what is behind the scenes");
  byId("side-button").setAttribute("aria-expanded", "true");
  byId("side-button").addEventListener("click", () => showSide(document.body.classList.contains("no-side")));
  watch(["tabs", "tab", "watched"], drawTabs);
  const about = () => ({
    [MEMBERS]: ["members", "users", "guild", "bans", "me", "minute"],
    [LOG]: ["messages", "watched", "users"],
    [TRANSCRIPT]: ["lines", "shown"],
  })[open] ?? [`panel:${open}`];
  const every = ["tab", "tabs", "members", "users", "guild", "bans", "me", "minute", "messages", "watched", "lines", "shown", "panels"];
  watch(every, (changed) => {
    if (changed.has("tab") || changed.has("tabs") || about().some((part) => changed.has(part))) draw(changed);
  });
}
