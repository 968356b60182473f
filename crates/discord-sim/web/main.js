// The page: each part draws itself whenever what it shows has changed.

import * as channels from "./channels.js";
import * as composer from "./composer.js";
import { connect } from "./connection.js";
import { byId, el, fill, icon } from "./dom.js";
import * as keys from "./keys.js";
import * as messages from "./messages.js";
import * as modal from "./modal.js";
import * as notices from "./notices.js";
import * as persona from "./persona.js";
import * as side from "./side.js";
import { store, touch, watch } from "./store.js";
import * as theme from "./theme.js";
import { tick } from "./time.js";

const SECOND_MS = 1000;

for (const part of [theme, notices, channels, persona, messages, composer, modal, side, keys]) part.start();

// On a narrow screen one thing is seen at a time.
const views = { channels: ["hash", "Channels"], chat: ["chat", "Chat"], side: ["eye", "Behind the scenes"] };
fill(
  byId("switcher"),
  Object.entries(views).map(([view, [sign, label]]) =>
    el("button", { type: "button", "data-to": view, onclick: () => (document.body.dataset.view = view) }, icon(sign), el("span", {}, label)),
  ),
);

watch(["online", "connected", "users"], () => {
  byId("loading").hidden = true;
  byId("app").setAttribute("aria-busy", "false");
  const [tone, text] = !store.online
    ? ["bad", "The sandbox has ended"]
    : store.connected
      ? ["good", "Bot online"]
      : ["busy", "Bot offline"];
  fill(byId("link-state"), el("span", { class: `dot ${tone}` }), el("span", {}, text));
});

setInterval(() => {
  tick();
  touch("minute");
}, 15 * SECOND_MS);
setInterval(tick, SECOND_MS);

connect();
