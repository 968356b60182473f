// The one connection to the simulator. It comes back by itself.

import { reset, store, touch, update } from "./store.js";

const PAUSE_MS = 1000;

let socket = null;
const listeners = { refused: [], shown: [] };

/** Hears of what could not be done (`refused`) and of everything that Discord shows (`shown`). */
export function hear(kind, listener) {
  listeners[kind].push(listener);
}

/** Asks the simulator for something. Nothing is kept for later while it is away. */
export function ask(request) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
  else tell("refused", "The sandbox is not running. Start it again, and open the new address.");
}

export function connect() {
  const address = new URL("socket", location.href);
  address.protocol = "ws:";
  socket = new WebSocket(address);
  socket.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  socket.addEventListener("close", () => {
    if (store.online) {
      store.online = false;
      touch("online");
    }
    setTimeout(connect, PAUSE_MS);
  });
}

function take(message) {
  switch (message.type) {
    case "hello": {
      const persona = store.users[store.me]?.name;
      reset();
      store.tabs = [...new Set(message.tabs)];
      store.online = true;
      touch("online", "tabs", "messages", "shown", "lines");
      if (persona) ask({ do: "persona", name: persona });
      break;
    }
    case "update":
      update(message);
      for (const shown of message.shown) tell("shown", shown);
      break;
    case "panel":
      store.panels.set(message.tab, message.blocks);
      touch(`panel:${message.tab}`, "panels");
      break;
    case "refused":
      tell("refused", message.text);
      break;
  }
}

function tell(kind, what) {
  for (const listener of listeners[kind]) listener(what);
}
