// Who one speaks as.

import { ask } from "./connection.js";
import { byId, el, fill, icon } from "./dom.js";
import { avatar, displayName, member, rolesOf, timeout } from "./names.js";
import { store, watch } from "./store.js";

/** Everyone that one can speak as: people, those in the guild first. */
export function people() {
  const all = Object.entries(store.users).filter(([, user]) => !user.bot);
  const rank = ([id]) => (id === store.guild?.owner_id ? 0 : member(id) ? 1 : 2);
  const height = ([id]) => rolesOf(id)[0]?.position ?? 0;
  all.sort((a, b) => rank(a) - rank(b) || height(b) - height(a) || a[1].name.localeCompare(b[1].name));
  return all.map(([id, user]) => ({ id, name: user.name }));
}

/** What a person is here, in a word. */
export function standing(id) {
  if (store.bans.some((ban) => ban.id === id)) return "banned";
  if (!member(id)) return "not here";
  if (timeout(id)) return "in timeout";
  if (id === store.guild?.owner_id) return "owner";
  return rolesOf(id)[0]?.name ?? "member";
}

export function become(name) {
  ask({ do: "persona", name });
}

export function openPersonas() {
  const menu = byId("personas");
  const open = menu?.hidden ?? false;
  if (!menu) return;
  menu.hidden = !open;
  byId("persona-button").setAttribute("aria-expanded", String(open));
  if (open) (menu.querySelector("[aria-checked=true]") ?? menu.firstElementChild)?.focus();
}

function close(focus) {
  const menu = byId("personas");
  if (!menu || menu.hidden) return;
  menu.hidden = true;
  byId("persona-button").setAttribute("aria-expanded", "false");
  if (focus) byId("persona-button").focus();
}

function draw() {
  const open = byId("personas")?.hidden === false;
  const focused = document.activeElement?.dataset?.person;
  const onButton = document.activeElement?.id === "persona-button";
  fill(
    byId("persona"),
    el(
      "div",
      { class: "menu", id: "personas", role: "menu", "aria-label": "Speak as", hidden: !open, onkeydown: step },
      people().map(item),
    ),
    el(
      "button",
      {
        type: "button",
        class: "persona-button",
        id: "persona-button",
        "aria-haspopup": "menu",
        "aria-expanded": String(open),
        "aria-label": `You speak as ${displayName(store.me)}, ${standing(store.me)}. Change.`,
        onclick: openPersonas,
      },
      avatar(store.me),
      el(
        "span",
        { class: "who" },
        el("span", { class: "label" }, "You speak as"),
        el("span", { class: "cut" }, el("strong", {}, displayName(store.me)), ` · ${standing(store.me)}`),
      ),
      icon("down"),
    ),
  );
  if (onButton) byId("persona-button").focus();
  if (open && focused) byId("personas").querySelector(`[data-person="${focused}"]`)?.focus();
}

function item({ id, name }) {
  const choose = () => {
    become(name);
    close(true);
  };
  return el(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: "menuitemradio",
      tabIndex: "-1",
      "aria-checked": String(id === store.me),
      "data-person": id,
      onclick: choose,
    },
    avatar(id, "small"),
    el("span", { class: "cut" }, displayName(id)),
    el("span", { class: "faint" }, standing(id)),
  );
}

function step(event) {
  const items = [...byId("personas").children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close(event.key === "Escape");
  else if (to !== undefined) items[(to + items.length) % items.length].focus();
  else return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
}

export function start() {
  watch(["me", "users", "members", "guild", "bans", "minute"], draw);
  document.addEventListener("click", ({ target }) => {
    if (!byId("persona").contains(target)) close(false);
  });
}
