// Single keys. They can be switched off on the page about the map (a cookie the server reads).
const PLACES = { h: "/", c: "/cruxes", s: "/scenarios", m: "/matrix", t: "/comments", d: "/documents", p: "/participants", "?": "/about#keys" };

export function shortcuts(root) {
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      event.preventDefault();
      (root.getElementById("q") ?? root.getElementById("find")).focus();
    } else if (Object.hasOwn(PLACES, event.key)) {
      location.assign(PLACES[event.key]);
    }
  });
}
