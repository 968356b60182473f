// Light and dark: as the system has it, until somebody decides.

import { byId, fill, icon } from "./dom.js";

const KEPT = "sandbox-theme";
const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function draw() {
  const dark = isDark();
  fill(byId("theme-button"), icon(dark ? "sun" : "moon"));
  byId("theme-button").setAttribute("aria-label", dark ? "Light theme" : "Dark theme");
}

export function switchTheme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem(KEPT, document.documentElement.dataset.theme);
  } catch {
    // A browser that keeps nothing keeps it until the page is closed.
  }
  draw();
}

export function start() {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch {
    // As above.
  }
  byId("theme-button").addEventListener("click", switchTheme);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
}
