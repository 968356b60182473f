// Times as people read them, in the sandbox's time.

import { el } from "./dom.js";
import { now } from "./store.js";

const format = (options) => new Intl.DateTimeFormat(undefined, options);
const STYLES = {
  t: format({ timeStyle: "short" }),
  T: format({ timeStyle: "medium" }),
  d: format({ dateStyle: "short" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: format({ dateStyle: "full", timeStyle: "short" }),
};
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** `in 5 minutes`, `yesterday`. */
export function relative(ms) {
  const seconds = (ms - now()) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return RELATIVE.format(Math.trunc(seconds / size), unit);
}

export const clock = (ms) => STYLES.t.format(ms);
export const withSeconds = (ms) => STYLES.T.format(ms);
export const full = (ms) => STYLES.F.format(ms);
export const sameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();
export const day = (ms) => STYLES.D.format(ms);

/** A time of Discord's markdown, by its style. Relative ones go on counting. */
export function stamp(seconds, style = "f") {
  const ms = seconds * 1000;
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return null;
  const text = style === "R" ? relative(ms) : STYLES[style]?.format(ms);
  if (text === undefined) return null;
  const node = el("time", { class: "stamp", title: full(ms), dateTime: new Date(ms).toISOString() }, text);
  if (style === "R") node.dataset.relative = String(ms);
  return node;
}

/** Keeps relative times true. */
export function tick() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    node.textContent = relative(Number(node.dataset.relative));
  }
}
