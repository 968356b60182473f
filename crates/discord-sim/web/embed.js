// Embeds and files of a message.

import { el, icon } from "./dom.js";
import { inline, markdown } from "./markdown.js";
import { full } from "./time.js";

export function embed(data) {
  const node = el(
    "article",
    { class: "embed" },
    data.author?.name && el("p", { class: "embed-author" }, data.author.name),
    data.title && el("h4", { class: "embed-title" }, title(data)),
    data.description && el("div", { class: "embed-text text" }, markdown(data.description)),
    data.fields?.length > 0 && el("dl", { class: "fields" }, data.fields.map(field)),
    foot(data),
  );
  if (Number.isInteger(data.color)) {
    node.style.setProperty("--edge", `#${data.color.toString(16).padStart(6, "0")}`);
  }
  return node;
}

function title({ title, url }) {
  const safe = /^https?:\/\//.test(url ?? "");
  const text = inline(title);
  return safe ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

function field({ name, value, inline: beside }) {
  return el(
    "div",
    { class: `field${beside ? " beside" : ""}` },
    el("dt", {}, inline(name)),
    el("dd", { class: "text" }, markdown(value)),
  );
}

function foot({ footer, timestamp }) {
  const time = timestamp ? full(Date.parse(timestamp)) : null;
  const parts = [footer?.text, time].filter(Boolean);
  return parts.length > 0 && el("p", { class: "embed-foot" }, parts.join(" · "));
}

const UNITS = ["B", "kB", "MB"];

function size(bytes) {
  let [value, unit] = [bytes ?? 0, 0];
  while (value >= 1000 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

export function attachment({ filename, size: bytes, content_type: kind, description }) {
  return el(
    "div",
    { class: "attachment" },
    icon("file"),
    el(
      "span",
      {},
      el("strong", { class: "cut" }, filename),
      el("span", { class: "faint" }, [size(bytes), kind, description].filter(Boolean).join(" · ")),
    ),
  );
}
