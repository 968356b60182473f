// Who and what ids stand for, and how people look.

import { el } from "./dom.js";
import { now, store } from "./store.js";

export const member = (id) => store.members.find((member) => member.id === id);
export const userName = (id) => store.users[id]?.name ?? "someone";
export const displayName = (id) => member(id)?.nick ?? userName(id);
export const role = (id) => store.guild?.roles.find((role) => role.id === id);
export const channel = (id) => store.channels.find((channel) => channel.id === id);
export const isDm = (channel) => channel?.type === 1;

/** A member's roles, highest first. */
export function rolesOf(id) {
  const roles = (member(id)?.roles ?? []).map(role).filter(Boolean);
  return roles.sort((a, b) => b.position - a.position);
}

/** Whether a member may not talk now, and until when in unix milliseconds. */
export function timeout(id) {
  const until = member(id)?.timeout_until;
  return until && until > now() ? until : null;
}

/** A hue for a name, always the same one. */
function hue(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return sum;
}

/** The colour of the highest role that has one, or one of the person's own. */
export function colour(node, id) {
  const coloured = rolesOf(id).find((role) => role.color > 0);
  if (coloured) node.style.setProperty("--name", `#${coloured.color.toString(16).padStart(6, "0")}`);
  node.style.setProperty("--hue", hue(userName(id)));
  return node;
}

export function avatar(id, size = "") {
  const name = displayName(id);
  const letter = [...name][0]?.toUpperCase() ?? "?";
  const bot = store.users[id]?.bot ? " bot" : "";
  return colour(el("span", { class: `avatar ${size}${bot}`, "aria-hidden": "true" }, letter), id);
}
