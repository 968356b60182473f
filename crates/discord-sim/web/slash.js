// Slash commands as text: which command a line names, which option is being typed, and what fits there.

import { channel, isDm } from "./names.js";
import { textChannels } from "./channels.js";
import { people, standing } from "./persona.js";
import { store } from "./store.js";

const KIND = { 3: "text", 4: "whole number", 5: "true or false", 6: "person", 7: "channel", 8: "role", 9: "person or role", 10: "number" };
const isGroup = (option) => option.type === 1 || option.type === 2;

export const kindOf = (option) => KIND[option.type] ?? "value";

function offered() {
  return isDm(channel(store.channel)) ? store.commands.dm : store.commands.guild;
}

/** Every command that can be sent, with its path: `cases list`. */
function leaves() {
  const walk = (path, node) => {
    const groups = (node.options ?? []).filter(isGroup);
    return groups.length === 0 ? [{ path, node }] : groups.flatMap((group) => walk(`${path} ${group.name}`, group));
  };
  return offered().flatMap((command) => walk(command.name, command));
}

/**
 * Reads a line that begins with a slash. `leaf` is the command when it is complete; `given` the options
 * with their values; `focus` the option whose value is being typed at the end of the line.
 */
export function read(line) {
  const text = line.slice(1);
  const fits = leaves().filter(({ path }) => text === path || text.startsWith(`${path} `));
  const leaf = fits.sort((a, b) => b.path.length - a.path.length)[0];
  if (!leaf || text === leaf.path) return { leaf: null, typed: text };
  const options = leaf.node.options ?? [];
  const rest = text.slice(leaf.path.length);
  const marks = options
    .flatMap((option) => {
      const at = new RegExp(`(?<=\\s)${option.name}:`).exec(rest);
      return at ? [{ option, from: at.index, to: at.index + at[0].length }] : [];
    })
    .sort((a, b) => a.from - b.from);
  const given = marks.map(({ option, to }, index) => {
    const raw = rest.slice(to, marks[index + 1]?.from ?? rest.length);
    return { option, raw, value: bare(raw) };
  });
  const last = given.at(-1);
  // After a finished value and a space, the next option is being typed, unless the value may go on.
  const done = last && /\s$/.test(last.raw) && last.value !== "" && last.option.type !== 3;
  const loose = marks.length === 0 ? rest.trim() : done ? "" : (openWord(last) ?? "");
  return { leaf, options, given, focus: last && !done ? last : null, loose, rest };
}

/** The value without the quotes and spaces around it. */
function bare(raw) {
  const text = raw.trim();
  const quoted = /^"([^]*)"$/.exec(text);
  return quoted ? quoted[1].replace(/\\(["\\])/g, "$1") : text;
}

/** The last word after a text value: it may be the beginning of the next option. */
function openWord(last) {
  if (last?.option.type !== 3) return null;
  return /\s([\w-]+)$/.exec(last.raw)?.[1] ?? null;
}

export const missing = ({ options, given }) =>
  options.filter((option) => option.required && !given.some((one) => one.option === option && one.value !== ""));

const quote = (text) => (/[\s"\\]/.test(text) ? `"${text.replace(/(["\\])/g, "\\$1")}"` : text);

/** The line as the simulator reads it, without its slash: every value in quotes that needs them. */
export function write({ leaf, given }, upTo = given.length) {
  const values = given.slice(0, upTo).filter(({ value }) => value !== "");
  return [leaf.path, ...values.map(({ option, value }) => `${option.name}:${quote(value)}`)].join(" ");
}

/** The same with the option that is being typed, for the bot to complete it. */
export function writeTyped(line) {
  const before = write(line, line.given.indexOf(line.focus));
  const { value } = line.focus;
  return `${before} ${line.focus.option.name}:${value === "" ? "" : quote(value)}`;
}

/** The commands that begin like what is typed, those whose name does before others. */
export function commandSuggestions(typed) {
  const text = typed.toLowerCase();
  const all = leaves();
  const starts = all.filter(({ path }) => path.startsWith(text));
  const has = all.filter(({ path, node }) => !path.startsWith(text) && `${path} ${node.description}`.toLowerCase().includes(text));
  return [...starts, ...(text ? has : [])].map(({ path, node }) => ({
    label: `/${path}`,
    about: node.description,
    text: `/${path} ${first(node)}`,
  }));
}

/** The first option that is needed, which one types next. */
function first(node) {
  const needed = (node.options ?? []).find((option) => option.required);
  return needed ? `${needed.name}:` : "";
}

/** The options that can be given next. */
export function optionSuggestions(line) {
  const left = line.options.filter((option) => !line.given.some((one) => one.option === option));
  const fitting = left.filter((option) => option.name.startsWith(line.loose));
  const base = `/${line.leaf.path}${line.rest.slice(0, line.rest.length - line.loose.length).trimEnd()}`;
  return fitting.map((option) => ({
    label: option.name,
    about: option.description,
    tag: option.required ? "needed" : "",
    text: `${base} ${option.name}:`,
  }));
}

/** The values that fit the option being typed; `offers` are what the bot has offered for it. */
export function valueSuggestions(line, offers) {
  const { option, value, raw } = line.focus;
  const base = `/${line.leaf.path}${line.rest.slice(0, line.rest.length - raw.length)}`;
  const next = missing(line).find((other) => other !== option);
  const make = ({ label, text, about }) => ({
    label,
    about,
    text: `${base}${quote(text)} ${next ? `${next.name}:` : ""}`,
  });
  const part = value.replace(/^[@#]/, "").toLowerCase();
  const fits = ({ label }) => label.replace(/^[@#]/, "").toLowerCase().includes(part);
  return valuesOf(option, offers).filter((one) => option.autocomplete || fits(one)).map(make);
}

function valuesOf(option, offers) {
  const persons = () => people().map(({ id, name }) => ({ label: `@${name}`, text: `@${name}`, about: standing(id) }));
  const bot = () => ({ label: `@${store.users[store.bot]?.name}`, text: `@${store.users[store.bot]?.name}`, about: "app" });
  const roles = () =>
    (store.guild?.roles ?? []).map(({ name }) => {
      const label = `@${name.replace(/^@/, "")}`;
      return { label, text: label, about: "role" };
    });
  if (option.choices?.length > 0) return option.choices.map(({ name }) => ({ label: name, text: name }));
  if (option.autocomplete) return offers.map(({ label, value }) => ({ label, text: String(value) }));
  switch (option.type) {
    case 5:
      return ["true", "false"].map((text) => ({ label: text, text }));
    case 6:
      return [...persons(), bot()];
    case 7:
      return textChannels().map(({ name }) => ({ label: `#${name}`, text: `#${name}` }));
    case 8:
      return roles();
    case 9:
      return [...persons(), ...roles()];
    default:
      return [];
  }
}

/** People and channels for `@` and `#` in a message. */
export function mentionSuggestions(before, after) {
  const word = /(^|\s)([@#])([\w.-]*)$/.exec(before);
  if (!word) return [];
  const start = before.slice(0, before.length - word[2].length - word[3].length);
  const names =
    word[2] === "@"
      ? people().map(({ id, name }) => ({ name, about: standing(id) }))
      : textChannels().map(({ name }) => ({ name, about: "channel" }));
  const fitting = names.filter(({ name }) => name.toLowerCase().startsWith(word[3].toLowerCase()));
  return fitting.map(({ name, about }) => ({
    label: `${word[2]}${name}`,
    about,
    text: `${start}${word[2]}${name} `,
    rest: after,
  }));
}
