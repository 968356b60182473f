// What the page says by itself: short notices, and words for those who listen.

import { hear } from "./connection.js";
import { byId, el, icon } from "./dom.js";

const STAYS_MS = 7000;

export function notice(text, tone = "bad") {
  const close = () => node.remove();
  const node = el(
    "div",
    { class: `toast ${tone}`, role: tone === "bad" ? "alert" : "status" },
    el("p", {}, text),
    el("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: close }, icon("close")),
  );
  byId("toasts").append(node);
  setTimeout(close, STAYS_MS);
}

/** Lets a screen reader say something. */
export function announce(text) {
  const live = byId("live");
  live.append(el("p", {}, text));
  while (live.childElementCount > 5) live.firstElementChild.remove();
}

export function start() {
  hear("refused", (text) => notice(text));
}
