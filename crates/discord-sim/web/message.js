// One message.

import { ask } from "./connection.js";
import { el, icon } from "./dom.js";
import { rows } from "./components.js";
import { attachment, embed } from "./embed.js";
import { markdown, plain } from "./markdown.js";
import { avatar, colour, displayName, timeout } from "./names.js";
import { store } from "./store.js";
import { clock, full } from "./time.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const REACTIONS = ["👍", "❤️", "😂", "👀"];

export const isEphemeral = (message) => (message.flags & EPHEMERAL) !== 0;
const isThinking = (message) => (message.flags & LOADING) !== 0;
export const sentAt = (message) => Date.parse(message.timestamp);

/** A message as it stands below another one: `follows` leaves its author out. */
export function message(data, { follows = false, newest = false } = {}) {
  const at = sentAt(data);
  const private_ = isEphemeral(data);
  return el(
    "article",
    {
      class: `message${follows ? " follows" : ""}${private_ ? " private" : ""}${mentionsMe(data) ? " mentions-me" : ""}`,
      "data-message": data.id,
      "aria-label": `${displayName(data.author.id)}, ${clock(at)}`,
    },
    reference(data),
    follows
      ? el("time", { class: "gutter faint", title: full(at), "aria-hidden": "true" }, clock(at))
      : avatar(data.author.id),
    el(
      "div",
      { class: "body" },
      !follows && head(data, at),
      isThinking(data) ? thinking() : content(data),
      private_ &&
        el("p", { class: "only-you" }, icon("eye"), "Only you can see this"),
    ),
    newest && !private_ && reactionBar(data),
  );
}

function mentionsMe(data) {
  return data.mentions?.some(({ id }) => id === store.me) ?? false;
}

function head(data, at) {
  const { id } = data.author;
  return el(
    "header",
    { class: "head" },
    colour(el("strong", { class: "name" }, displayName(id)), id),
    store.users[id]?.bot && el("span", { class: "tag" }, "app"),
    timeout(id) && el("span", { class: "tag warn", title: "In timeout" }, icon("clock"), "timeout"),
    el("time", { class: "faint", title: full(at), dateTime: data.timestamp }, clock(at)),
  );
}

function thinking() {
  return el("p", { class: "thinking" }, el("span", { class: "dots", "aria-hidden": "true" }), "thinking…");
}

function content(data) {
  return [
    data.content && el("div", { class: "text" }, markdown(data.content), data.edited_timestamp && edited(data)),
    (data.embeds ?? []).map(embed),
    (data.attachments ?? []).map(attachment),
    rows(data),
    data.reactions?.length > 0 && el("div", { class: "reactions" }, data.reactions.map((one) => reaction(one, data))),
  ];
}

function edited({ edited_timestamp: at }) {
  return el("span", { class: "faint edited", title: full(Date.parse(at)) }, " (edited)");
}

function reaction({ emoji, count }, { channel_id: channel }) {
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-label": `${emoji.name}, ${count}; react with it to the newest message`,
      onclick: () => ask({ do: "react", channel, emoji: emoji.name }),
    },
    el("span", { class: "emoji" }, emoji.name),
    ` ${count}`,
  );
}

/** What can be reacted with; Discord's simulator takes reactions to the newest message. */
function reactionBar({ channel_id: channel }) {
  const one = (emoji) =>
    el(
      "button",
      {
        type: "button",
        class: "icon-button emoji",
        "aria-label": `React with ${emoji}`,
        onclick: () => ask({ do: "react", channel, emoji }),
      },
      emoji,
    );
  return el("div", { class: "reaction-bar" }, REACTIONS.map(one));
}

/** What a message answers: another message, or a command that somebody used. */
function reference(data) {
  const asked = data.interaction_metadata;
  if (asked?.name) {
    return el(
      "p",
      { class: "reference" },
      icon("reply"),
      avatar(asked.user.id, "tiny"),
      colour(el("strong", { class: "name" }, displayName(asked.user.id)), asked.user.id),
      " used ",
      el("span", { class: "mention" }, `/${asked.name}`),
    );
  }
  const original = data.referenced_message;
  if (!original) return data.message_reference && el("p", { class: "reference faint" }, icon("reply"), "a deleted message");
  return el(
    "p",
    { class: "reference" },
    icon("reply"),
    avatar(original.author.id, "tiny"),
    colour(el("strong", { class: "name" }, displayName(original.author.id)), original.author.id),
    el("span", { class: "cut" }, plain(original.content) || "an embed"),
  );
}

/** A message in words, for those who listen. */
export function spoken(data) {
  const embeds = (data.embeds ?? []).map(({ title, description }) => [title, description].filter(Boolean).join(": "));
  const text = plain([data.content, ...embeds].filter(Boolean).join(". "));
  return `${displayName(data.author.id)}: ${text}`;
}
