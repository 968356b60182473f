// Discord's Markdown, as nodes. What is not understood stays text.

import { el } from "./dom.js";
import { channel, colour, displayName, role } from "./names.js";
import { stamp } from "./time.js";
import { store } from "./store.js";

/** Each rule: where it begins, and what becomes of the match. The first that fits earliest wins. */
const INLINE = [
  [/\\([^\p{L}\p{N}\s])/u, (m) => m[1]],
  [/``([^\n]+?)``|`([^`\n]+)`/, (m) => el("code", {}, (m[1] ?? m[2]).trim())],
  [/<@!?(\d+)>/, (m) => mention(m[1])],
  [/<@&(\d+)>/, (m) => roleMention(m[1], m[0])],
  [/<#(\d+)>/, (m) => channelMention(m[1], m[0])],
  [/<t:(-?\d+)(?::([tTdDfFR]))?>/, (m) => stamp(Number(m[1]), m[2]) ?? m[0]],
  [/<\/([^:>]+):\d+>/, (m) => el("span", { class: "mention" }, `/${m[1]}`)],
  [/<a?:(\w+):\d+>/, (m) => el("span", { class: "emoji" }, `:${m[1]}:`)],
  [/\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/, (m) => link(m[2], inline(m[1]))],
  [/<(https?:\/\/[^\s>]+)>/, (m) => link(m[1], m[1])],
  [/https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/\d+)?/, (m) => channelMention(m[1], null) ?? link(m[0], m[0])],
  [/https?:\/\/[^\s<]+[^\s<.,:;"')\]]/, (m) => link(m[0], m[0])],
  [/\*\*\*([^]+?)\*\*\*/, (m) => el("strong", {}, el("em", {}, inline(m[1])))],
  [/\*\*([^]+?)\*\*(?!\*)/, (m) => el("strong", {}, inline(m[1]))],
  [/__([^]+?)__(?!_)/, (m) => el("u", {}, inline(m[1]))],
  [/\*(?![\s*])([^]+?)(?<![\s*])\*(?!\*)/, (m) => el("em", {}, inline(m[1]))],
  [/(?<![\p{L}\p{N}])_([^_]+?)_(?![\p{L}\p{N}])/u, (m) => el("em", {}, inline(m[1]))],
  [/~~([^]+?)~~/, (m) => el("s", {}, inline(m[1]))],
  [/\|\|([^]+?)\|\|/, (m) => spoiler(m[1])],
];

/** Text within a line, as a list of nodes. */
export function inline(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    let best = null;
    for (const [pattern, make] of INLINE) {
      const match = pattern.exec(rest);
      if (match && (best === null || match.index < best.match.index)) best = { match, make };
      if (best?.match.index === 0) break;
    }
    if (best === null) break;
    if (best.match.index > 0) nodes.push(rest.slice(0, best.match.index));
    nodes.push(best.make(best.match));
    rest = rest.slice(best.match.index + best.match[0].length);
  }
  if (rest) nodes.push(rest);
  return nodes;
}

/** A whole text with its code blocks, quotes, headings and lists, as a list of nodes. */
export function markdown(text) {
  const nodes = [];
  for (const part of String(text ?? "").split(/(```[^]*?```)/)) {
    const code = /^```(?:([\w+-]+)\n)?([^]*?)```$/.exec(part);
    if (code) nodes.push(el("pre", {}, el("code", {}, code[2].replace(/^\n|\n$/g, ""))));
    else if (part) nodes.push(...lines(part.replace(/^\n|\n$/g, "")));
  }
  return nodes;
}

function lines(text) {
  const nodes = [];
  let open = null;
  const close = () => {
    open = null;
  };
  const into = (tag, node) => {
    if (open?.tagName.toLowerCase() !== tag) {
      open = el(tag);
      nodes.push(open);
    }
    if (tag === "blockquote" && open.hasChildNodes()) open.append("\n");
    open.append(...[node].flat());
  };
  text.split("\n").forEach((line, index, all) => {
    const heading = /^(#{1,3}) (.+)$/.exec(line);
    const small = /^-# (.+)$/.exec(line);
    const item = /^\s*(?:[-*]|\d+\.) (.+)$/.exec(line);
    if (heading) {
      close();
      nodes.push(el("p", { class: `heading-${heading[1].length}` }, inline(heading[2])));
    } else if (small) {
      close();
      nodes.push(el("p", { class: "small" }, inline(small[1])));
    } else if (line.startsWith("> ")) into("blockquote", inline(line.slice(2)));
    else if (item) into(/^\s*\d/.test(line) ? "ol" : "ul", el("li", {}, inline(item[1])));
    else {
      close();
      nodes.push(...inline(line));
      if (index < all.length - 1) nodes.push("\n");
    }
  });
  return nodes;
}

/** The same without any marks, for those who hear it and for one line. */
export function plain(text) {
  const node = el("div", {}, inline(String(text ?? "")));
  return node.textContent;
}

function mention(id) {
  const own = id === store.me ? " own" : "";
  const known = store.users[id] !== undefined;
  return colour(el("span", { class: `mention${own}` }, `@${known ? displayName(id) : id}`), id);
}

function roleMention(id, raw) {
  const found = role(id);
  return found ? el("span", { class: "mention" }, `@${found.name.replace(/^@/, "")}`) : raw;
}

function channelMention(id, raw) {
  const found = channel(id);
  const open = () => document.dispatchEvent(new CustomEvent("open-channel", { detail: id }));
  return found ? el("button", { type: "button", class: "mention", onclick: open }, `#${found.name}`) : raw;
}

function link(address, children) {
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(text) {
  const node = el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text; press to show" });
  node.append(...[inline(text)].flat());
  node.addEventListener("click", () => {
    node.classList.add("seen");
    node.removeAttribute("aria-label");
  });
  return node;
}
