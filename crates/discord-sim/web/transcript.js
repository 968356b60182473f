// What was done and what came of it, to be saved as a script and played again.

import { ask } from "./connection.js";
import { el, icon } from "./dom.js";
import { notice } from "./notices.js";
import { store } from "./store.js";

const MOST = 300;
/** What is no news: choices while somebody types. */
const QUIET = new Set(["choices", "click", "select", "command"]);

export function transcript() {
  const lines = store.lines.map((line) => ({ at: line.at, order: 0, node: () => el("li", { class: "played" }, el("code", {}, line.text)) }));
  const shown = store.shown
    .filter(({ kind }) => !QUIET.has(kind))
    .map(({ at, text }) => ({ at, order: 1, node: () => el("li", { class: "came" }, text) }));
  const all = [...lines, ...shown].sort((a, b) => a.at - b.at || a.order - b.order).slice(-MOST);
  return [
    el(
      "div",
      { class: "tools" },
      el("a", { class: "button secondary", href: "transcript.script", download: "sandbox.script" }, icon("down"), "Save as a script"),
      el("button", { type: "button", class: "button secondary", onclick: choose }, icon("play"), "Play a script"),
    ),
    all.length > 0
      ? el("ol", { class: "transcript" }, all.map(({ node }) => node()))
      : el("div", { class: "empty big" }, icon("play"), el("h3", {}, "Nothing happened yet"), el("p", {}, "What you do is written down here, and can be played again.")),
  ];
}

/** Lets somebody choose a file, and plays its lines. */
function choose() {
  const input = el("input", { type: "file", accept: ".script,.txt,text/plain" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    notice(`Playing ${file.name}…`, "good");
    ask({ do: "script", text: await file.text() });
  });
  input.click();
}
