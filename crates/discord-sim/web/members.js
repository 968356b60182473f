// Who is here, with which roles; who is in timeout, banned, or elsewhere.

import { el, icon } from "./dom.js";
import { avatar, colour, displayName, member, rolesOf, timeout, userName } from "./names.js";
import { become, people } from "./persona.js";
import { store } from "./store.js";
import { clock, full, relative } from "./time.js";

export function members() {
  const here = [...store.members].sort((a, b) => height(b.id) - height(a.id) || displayName(a.id).localeCompare(displayName(b.id)));
  const away = people().filter(({ id }) => !member(id) && !store.bans.some((ban) => ban.id === id));
  return [
    group(`Members · ${here.length}`, here.map(({ id }) => person(id))),
    store.bans.length > 0 && group(`Banned · ${store.bans.length}`, store.bans.map(banned)),
    away.length > 0 && group(`Not here · ${away.length}`, away.map(({ id }) => person(id))),
  ];
}

function height(id) {
  if (id === store.guild?.owner_id) return Infinity;
  return rolesOf(id)[0]?.position ?? 0;
}

const group = (title, rows) => el("section", {}, el("h3", { class: "group" }, title), el("ul", { class: "people" }, rows));

function person(id) {
  const until = timeout(id);
  const bot = store.users[id]?.bot;
  const roles = rolesOf(id).map(({ name, color }) => {
    const tag = el("span", { class: "role" }, name);
    if (color > 0) tag.style.setProperty("--role", `#${color.toString(16).padStart(6, "0")}`);
    return tag;
  });
  return el(
    "li",
    { class: `person${id === store.me ? " me" : ""}`, "data-member": userName(id) },
    avatar(id),
    el(
      "div",
      { class: "person-text" },
      el(
        "p",
        {},
        colour(el("strong", { class: "name" }, displayName(id)), id),
        bot && el("span", { class: "tag" }, "app"),
        id === store.guild?.owner_id && el("span", { class: "tag" }, "owner"),
        id === store.me && el("span", { class: "tag accent" }, "you"),
      ),
      roles.length > 0 && el("p", { class: "roles" }, roles),
      until && el("p", { class: "state warn", title: full(until) }, icon("clock"), `in timeout until ${clock(until)}, ${relative(until)}`),
    ),
    !bot && id !== store.me && speakAs(id),
  );
}

function banned({ id, reason }) {
  return el(
    "li",
    { class: "person gone", "data-banned": userName(id) },
    avatar(id),
    el(
      "div",
      { class: "person-text" },
      el("p", {}, el("strong", {}, userName(id))),
      el("p", { class: "state bad" }, icon("ban"), reason ? `banned: ${reason}` : "banned without a reason"),
    ),
    id !== store.me && speakAs(id),
  );
}

function speakAs(id) {
  const name = userName(id);
  return el("button", { type: "button", class: "quiet", "aria-label": `Speak as ${name}`, onclick: () => become(name) }, "Speak as");
}
