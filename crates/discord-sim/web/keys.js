// Everything can be done with the keyboard; these are shortcuts.

import { stepChannel } from "./channels.js";
import { focusBox } from "./composer.js";
import { byId, el, fill, icon } from "./dom.js";
import { openPersonas } from "./persona.js";
import { openTabNumber, showSide } from "./side.js";
import { switchTheme } from "./theme.js";

const KEYS = [
  ["/", "a slash command"],
  ["↑ in an empty box", "what you wrote before"],
  ["Tab", "take a suggestion; otherwise move on"],
  ["Alt ↑, Alt ↓", "the channel above or below"],
  ["Alt P", "speak as somebody else"],
  ["Alt 1 … Alt 9", "a tab behind the scenes"],
  ["Alt S", "show or hide what is behind the scenes"],
  ["Alt T", "light or dark"],
  ["Esc", "back to the message box"],
  ["Ctrl /", "this list"],
];

function help() {
  if (document.querySelector("dialog.keys")) return;
  const dialog = el(
    "dialog",
    { class: "modal keys", "aria-label": "Keyboard shortcuts", onclose: () => dialog.remove() },
    el("h2", {}, "Keyboard"),
    el("dl", {}, KEYS.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)))),
    el("footer", {}, el("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, "Close")),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function key(event) {
  const { key, altKey, ctrlKey, metaKey, code } = event;
  if (document.querySelector("dialog[open]")) return;
  if (ctrlKey && key === "/") help();
  else if (altKey && !ctrlKey && !metaKey) {
    const digit = /^Digit([1-9])$/.exec(code)?.[1];
    if (key === "ArrowUp") stepChannel(-1);
    else if (key === "ArrowDown") stepChannel(1);
    else if (code === "KeyP") openPersonas();
    else if (code === "KeyS") showSide(document.body.classList.contains("no-side"));
    else if (code === "KeyT") switchTheme();
    else if (digit) openTabNumber(Number(digit));
    else return;
  } else if (key === "Escape") focusBox();
  else if (typesText(event)) return focusBox();
  else return;
  event.preventDefault();
}

/** Whether a letter goes nowhere: then it belongs into the message box. */
function typesText({ key, ctrlKey, metaKey, target }) {
  const elsewhere = target instanceof Element && target.closest("input, textarea, select, button, a, summary, [role=menu]");
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !elsewhere;
}

export function start() {
  document.addEventListener("keydown", key);
  fill(byId("help-button"), icon("keys"));
  byId("help-button").setAttribute("aria-label", "Keyboard shortcuts");
  byId("help-button").addEventListener("click", help);
}
