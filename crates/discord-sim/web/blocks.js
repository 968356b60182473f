// The pieces that panels are made of.

import { ask } from "./connection.js";
import { el, icon } from "./dom.js";
import { inline } from "./markdown.js";
import { full, relative, withSeconds } from "./time.js";

/** The rows of each table as they were drawn last, to mark what has changed. */
const before = new Map();
const MARKED_MS = 4000;
/** Cells that are marked, and until when. */
const marked = new Map();

export function blocks(tab, all, show) {
  return all.map((block) => draw(tab, block, show));
}

function draw(tab, block, show) {
  const act = (value = null) => ask({ do: "control", tab, control: block.control, value });
  switch (block.block) {
    case "heading":
      return el("h3", { class: "group" }, block.text);
    case "note":
      return el("p", { class: `note ${block.tone}` }, block.text);
    case "switch":
      return toggle(block, act);
    case "button":
      return el(
        "div",
        { class: "control" },
        words(block),
        el("button", { type: "button", class: "button secondary", "data-control": block.control, onclick: () => act() }, block.label),
      );
    case "choose":
      return choose(block, act);
    case "table":
      return table(tab, block);
    case "timeline":
      return timeline(block);
    case "steps":
      return steps(block, show);
    default:
      return null;
  }
}

const words = ({ label, about }) =>
  el("span", { class: "words" }, el("strong", {}, label), about && el("span", { class: "faint" }, about));

function toggle(block, act) {
  const input = el("input", {
    type: "checkbox",
    role: "switch",
    checked: block.on,
    "data-control": block.control,
    onchange: () => act(input.checked),
  });
  return el("label", { class: `control${block.on ? " on" : ""}` }, words(block), input, el("span", { class: "knob", "aria-hidden": "true" }));
}

function choose(block, act) {
  const select = el(
    "select",
    { class: "select", "data-control": block.control, onchange: () => act(select.value) },
    block.choices.map(({ value, label }) => el("option", { value, selected: value === block.value }, label)),
  );
  return el("label", { class: "choose" }, el("span", { class: "faint" }, block.label), select);
}

function table(tab, { name, about, columns, rows, more }) {
  const known = before.get(`${tab} ${name}`);
  before.set(`${tab} ${name}`, new Map(rows.map(({ key, cells }) => [key, cells.map(({ value }) => value)])));
  const now = Date.now();
  const mark = (key, index, value) => {
    const id = `${tab} ${name} ${key} ${index}`;
    const old = known?.get(key);
    if (known && (!old || old[index] !== value)) marked.set(id, now + MARKED_MS);
    return (marked.get(id) ?? 0) > now;
  };
  const cell = (key) => ({ value, tone }, index) =>
    el(
      "td",
      { class: `${tone}${mark(key, index, value) ? " changed" : ""}`, title: value === null ? "NULL" : String(value) },
      value === null ? el("span", { class: "null" }, "–") : String(value),
    );
  return el(
    "details",
    { class: "table", open: rows.length > 0, "data-table": name },
    el("summary", {}, el("strong", {}, name), el("span", { class: "count" }, more ? `${rows.length}+` : String(rows.length)), el("span", { class: "faint cut" }, about)),
    rows.length === 0
      ? el("p", { class: "faint" }, "No rows yet.")
      : el(
          "div",
          { class: "scroll", tabIndex: "0", role: "region", "aria-label": `Rows of ${name}` },
          el(
            "table",
            {},
            el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col" }, column)))),
            el("tbody", {}, rows.map(({ key, cells }) => el("tr", { "data-row": key }, cells.map(cell(key))))),
          ),
        ),
  );
}

function timeline({ entries }) {
  if (entries.length === 0) return el("p", { class: "faint" }, "Nothing yet.");
  return el(
    "ol",
    { class: "timeline" },
    entries.map(({ at, tone, title, detail }) =>
      el(
        "li",
        { class: `moment ${tone}` },
        el("time", { class: "faint", title: `${full(at)}, ${relative(at)}` }, withSeconds(at)),
        el("strong", {}, inline(title)),
        detail && el("span", { class: "detail" }, inline(detail)),
      ),
    ),
  );
}

function steps({ steps }, show) {
  const done = steps.filter((step) => step.done).length;
  const current = steps.findIndex((step) => !step.done);
  return el(
    "div",
    { class: "tour" },
    el("div", { class: "progress", role: "progressbar", "aria-label": "Steps done", "aria-valuenow": done, "aria-valuemax": steps.length }, steps.map((step) => el("span", { class: step.done ? "done" : "" }))),
    el("ol", {}, steps.map((step, index) => stepNode(step, index, index === current, show))),
    current < 0 && el("p", { class: "note good" }, "That was the tour. Everything is yours: type, break things, look behind the scenes."),
  );
}

function stepNode(step, index, current, show) {
  const play = () => ask({ do: "script", text: step.lines.join("\n") });
  return el(
    "li",
    { class: `step${step.done ? " done" : ""}${current ? " current" : ""}`, "data-step": index + 1, "data-done": String(step.done), "aria-current": current ? "step" : null },
    el("span", { class: "number", "aria-hidden": "true" }, step.done ? icon("check") : String(index + 1)),
    el(
      "div",
      { class: "step-text" },
      el("strong", {}, step.title, step.done && el("span", { class: "unseen" }, " (done)")),
      current && step.text.split("\n").map((line) => el("p", {}, pieces(line))),
      current &&
        el(
          "p",
          { class: "step-actions" },
          step.tab && el("button", { type: "button", class: "button secondary", onclick: () => show(step.tab) }, `Show ${step.tab}`),
          step.lines.length > 0 && el("button", { type: "button", class: "button quiet", onclick: play }, icon("play"), "Do it for me"),
        ),
    ),
  );
}

/** A text in which what stands in backquotes is to be typed. */
function pieces(text) {
  return text.split(/(`[^`]+`)/).map((part) => (part.startsWith("`") ? el("code", {}, part.slice(1, -1)) : part));
}
