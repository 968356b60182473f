// Buttons and menus of a message.

import { ask } from "./connection.js";
import { el, icon } from "./dom.js";
import { displayName } from "./names.js";
import { people } from "./persona.js";
import { textChannels } from "./channels.js";
import { store } from "./store.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

export function rows(message) {
  return (message.components ?? []).map((row) => component(row, message));
}

/** One component of a message; those that hold others show what they hold. */
function component(data, message) {
  switch (data.type) {
    case 1:
      return el("div", { class: "row" }, (data.components ?? []).map((child) => component(child, message)));
    case 2:
      return button(data, message);
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
      return menu(data, message);
    default:
      return null;
  }
}

function emojiOf(data) {
  const name = data.emoji?.id ? `:${data.emoji.name}:` : data.emoji?.name;
  return name && el("span", { class: "emoji", "aria-hidden": "true" }, name);
}

function button(data, message) {
  const label = data.label ?? "";
  if (data.style === 5) {
    const safe = /^https?:\/\//.test(data.url ?? "");
    const properties = { class: "button link", href: safe ? data.url : null, target: "_blank", rel: "noopener noreferrer" };
    return el("a", properties, emojiOf(data), label, icon("link"));
  }
  return el(
    "button",
    {
      type: "button",
      class: `button ${STYLES[data.style] ?? "secondary"}`,
      disabled: data.disabled === true,
      "aria-label": label || data.emoji?.name,
      "data-custom-id": data.custom_id,
      onclick: () =>
        ask({ do: "click", channel: message.channel_id, message: message.id, custom_id: data.custom_id }),
    },
    emojiOf(data),
    label,
  );
}

/** What a menu offers: its own options, or people, roles and channels. */
function optionsOf(data) {
  const person = ({ id, name }) => ({ value: name, label: displayName(id) });
  const roles = () => (store.guild?.roles ?? []).map(({ name }) => ({ value: name, label: name }));
  switch (data.type) {
    case 5:
      return people().map(person);
    case 6:
      return roles();
    case 7:
      return [...people().map(person), ...roles()];
    case 8:
      return textChannels().map(({ name }) => ({ value: name, label: `#${name}` }));
    default:
      return data.options ?? [];
  }
}

function menu(data, message) {
  const options = optionsOf(data);
  const choose = (values) =>
    ask({ do: "select", channel: message.channel_id, message: message.id, custom_id: data.custom_id, values });
  const [least, most] = [data.min_values ?? 1, data.max_values ?? 1];
  return most > 1 ? many(data, options, least, most, choose) : one(data, options, choose);
}

function one(data, options, choose) {
  const placeholder = data.placeholder ?? "Make a selection";
  const chosen = options.some((option) => option.default);
  const node = el(
    "select",
    {
      class: "select",
      disabled: data.disabled === true,
      "aria-label": placeholder,
      "data-custom-id": data.custom_id,
      onchange: () => node.value && choose([node.value]),
    },
    el("option", { value: "", selected: !chosen, disabled: true, hidden: true }, placeholder),
    options.map((option) =>
      el(
        "option",
        { value: option.value, selected: option.default === true },
        option.emoji?.name && !option.emoji.id ? `${option.emoji.name} ` : "",
        option.label,
        option.description ? ` (${option.description})` : "",
      ),
    ),
  );
  return node;
}

/** A menu of which several can be chosen: boxes to tick, sent together. */
function many(data, options, least, most, choose) {
  const boxes = options.map((option) =>
    el("input", { type: "checkbox", value: option.value, checked: option.default === true }),
  );
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const send = el("button", { type: "button", class: "button primary", onclick: () => choose(chosen()) }, "Choose");
  const check = () => {
    const count = chosen().length;
    send.disabled = count < least || count > most;
    for (const box of boxes) box.disabled = !box.checked && count >= most;
  };
  check();
  const labels = boxes.map((box, index) => el("label", { class: "tick" }, box, options[index].label));
  if (data.disabled) return el("select", { class: "select", disabled: true }, el("option", {}, data.placeholder ?? ""));
  return el(
    "details",
    { class: "many", onchange: check },
    el("summary", { class: "select" }, data.placeholder ?? "Make a selection"),
    el("div", { class: "many-options" }, labels, send),
  );
}
