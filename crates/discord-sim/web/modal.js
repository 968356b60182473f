// Forms that the bot opens.

import { ask } from "./connection.js";
import { el, fill } from "./dom.js";
import { store, watch } from "./store.js";

let open = null;
/** Forms that were closed without being sent: the bot is not told, as on Discord. */
const dismissed = new Set();

function draw() {
  const modal = store.modal;
  const wanted = modal && !dismissed.has(modal.id) ? modal : null;
  if (open && open.id !== wanted?.id) {
    open.dialog.remove();
    open = null;
  }
  if (wanted && !open) show(wanted);
}

function show({ id, channel, form }) {
  const fields = inputs(form.components ?? []).map(field);
  const dismiss = () => {
    dismissed.add(id);
    draw();
  };
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
    ask({ do: "submit", channel, fields: values });
  };
  const dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title", oncancel: dismiss });
  fill(
    dialog,
    el(
      "form",
      { onsubmit: submit },
      el("h2", { id: "modal-title" }, form.title ?? "Form"),
      fields.map(({ node }) => node),
      el(
        "footer",
        {},
        el("button", { type: "button", class: "button secondary", onclick: dismiss }, "Cancel"),
        el("button", { class: "button primary" }, "Submit"),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  open = { id, dialog };
}

/** All inputs of a form, each with the label that stands over it. */
function inputs(components, label) {
  return components.flatMap((one) => {
    if (one.type === 18) return inputs([one.component], one);
    if (one.components) return inputs(one.components);
    return one.custom_id ? [{ ...one, label: one.label ?? label?.label, description: label?.description }] : [];
  });
}

function field(spec) {
  const required = spec.required !== false;
  const id = `field-${spec.custom_id}`;
  const input = spec.options ? choice(spec, id, required) : text(spec, id, required);
  const node = el(
    "div",
    { class: "modal-field" },
    el("label", { for: id }, spec.label ?? spec.custom_id, required && el("span", { class: "needed", title: "Needed" }, " *")),
    spec.description && el("p", { class: "faint" }, spec.description),
    input,
  );
  return { name: spec.custom_id, input, node };
}

function text(spec, id, required) {
  return el(spec.style === 2 ? "textarea" : "input", {
    id,
    class: "input",
    value: spec.value ?? "",
    placeholder: spec.placeholder ?? "",
    required,
    minLength: spec.min_length ?? 0,
    maxLength: spec.max_length ?? 4000,
    ...(spec.style === 2 ? { rows: 4 } : { type: "text" }),
  });
}

function choice(spec, id, required) {
  const options = spec.options.map(({ value, label }) => el("option", { value }, label));
  return el("select", { id, class: "select", required }, options);
}

export function start() {
  watch(["modal"], draw);
}
