// A drawing wider than its frame: shrunk where it stays readable, else opened at what it is about.
const READABLE = 0.6; // of its size; below, the words in the boxes are too small

function settle(frame) {
  const svg = frame.querySelector("svg.d-kind-graph");
  if (!svg) return;
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const size = (scale) => { svg.setAttribute("width", width * scale); svg.setAttribute("height", height * scale); };
  const room = () => frame.clientWidth / width;
  if (room() >= READABLE) return size(Math.min(1, room()));
  const narrow = frame.clientWidth < 600;
  const full = narrow ? 0.8 : 1;
  size(full);
  const start = () => {
    const about = svg.querySelector(".d-focus");
    if (!about) return;
    const [box, here] = [about.getBoundingClientRect(), frame.getBoundingClientRect()];
    // On a telephone with its neighbours to the right in sight: what bears on it.
    const ahead = narrow ? box.left - 12 : box.left + box.width / 2 - frame.clientWidth / 2;
    frame.scrollLeft += ahead - here.left;
    frame.scrollTop += box.top + box.height / 2 - here.top - frame.clientHeight / 2;
  };
  start();
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "All of it" });
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const whole = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(whole));
    size(whole ? room() : full);
    if (!whole) start();
  });
  frame.after(button);
}

export function figures(root) {
  for (const frame of root.querySelectorAll(".drawn > .drawing")) settle(frame);
}
