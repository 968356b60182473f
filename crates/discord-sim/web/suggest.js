// The list above the message box: what could come next.

import { el, fill } from "./dom.js";

const MOST = 25;

/** A list of suggestions for a text box. `take` gets the one that was chosen. */
export function suggestions(box, take) {
  const list = el("ul", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  let items = [];
  let active = -1;

  const show = () => {
    list.hidden = items.length === 0;
    box.setAttribute("aria-expanded", String(items.length > 0));
    [...list.children].forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === active));
      if (index === active) node.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) box.setAttribute("aria-activedescendant", `suggestion-${active}`);
    else box.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const item = items[index];
    close();
    if (item) take(item);
  };

  const close = () => {
    items = [];
    active = -1;
    fill(list);
    show();
  };

  /** Offers these; the first is chosen by Enter when `eager`. */
  const offer = (next, eager) => {
    const same = JSON.stringify(next.map(({ text }) => text)) === JSON.stringify(items.map(({ text }) => text));
    if (same && items.length > 0) return;
    items = next.slice(0, MOST);
    active = eager && items.length > 0 ? 0 : -1;
    fill(
      list,
      items.map(({ label, about, tag }, index) =>
        el(
          "li",
          {
            class: "suggestion",
            id: `suggestion-${index}`,
            role: "option",
            onpointerdown: (event) => {
              event.preventDefault();
              choose(index);
            },
          },
          el("strong", {}, label),
          tag && el("span", { class: "tag" }, tag),
          about && el("span", { class: "faint cut" }, about),
        ),
      ),
    );
    show();
  };

  /** Takes a key that means something to an open list; says whether it did. */
  const key = ({ key, shiftKey }) => {
    if (items.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) active = (active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length;
    else if (key === "Tab" && !shiftKey) return choose(Math.max(active, 0)), true;
    else if (key === "Enter" && !shiftKey && active >= 0) return choose(active), true;
    else if (key === "Escape") close();
    else return false;
    show();
    return true;
  };

  return { list, offer, close, key };
}
