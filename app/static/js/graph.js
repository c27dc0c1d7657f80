// The whole map: move, zoom, filter by type, find, and see what one statement is tied to.
// Without this module it is a picture with links that scrolls in its frame.
const STEP = 1.25;

class Graph {
  constructor(root) {
    this.frame = root.querySelector("[data-frame]");
    this.svg = this.frame.querySelector("svg");
    this.status = root.querySelector("[data-status]");
    const [, , width, height] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.full = { width, height };
    this.nodes = new Map([...this.svg.querySelectorAll(".d-node")].map((el) => [el.dataset.id, el]));
    this.relations = [...this.svg.querySelectorAll("[data-relation]")];
    this.badges = new Map([...this.svg.querySelectorAll("[data-badge]")].map((el) => [el.dataset.badge, el]));
    this.off = new Set();
    this.hits = [];
    this.hit = -1;
    root.querySelector("[data-tools]").hidden = false;
    root.classList.add("is-live");
    this.svg.removeAttribute("width");
    this.svg.removeAttribute("height");
    this.show(0, 0, this.frame.clientWidth / 0.9);
    this.listen(root);
  }

  // --- the view -------------------------------------------------------------------------------

  get ratio() { return this.frame.clientHeight / this.frame.clientWidth; }

  show(x, y, width) {
    const most = Math.max(this.full.width, this.full.height / this.ratio) * 1.05;
    this.width = Math.min(Math.max(width, 200), most);
    const height = this.width * this.ratio;
    const within = (at, size, whole) => (size >= whole ? (whole - size) / 2 : Math.min(Math.max(at, 0), whole - size));
    this.x = within(x, this.width, this.full.width);
    this.y = within(y, height, this.full.height);
    this.svg.setAttribute("viewBox", `${this.x} ${this.y} ${this.width} ${height}`);
  }

  get scale() { return this.width / this.frame.clientWidth; }

  zoom(factor, px = this.frame.clientWidth / 2, py = this.frame.clientHeight / 2) {
    const [x, y] = [this.x + px * this.scale, this.y + py * this.scale];
    const width = this.width / factor;
    const ratio = width / this.width;
    this.show(x - (x - this.x) * ratio, y - (y - this.y) * ratio, width);
  }

  fit() { this.show(0, 0, Infinity); }

  centre(node, closer = false) {
    const box = node.getBBox();
    const width = closer ? Math.min(this.width, this.frame.clientWidth) : this.width;
    this.show(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - (width * this.ratio) / 2, width);
  }

  frameOn(nodes) {
    const boxes = nodes.map((node) => node.getBBox());
    const left = Math.min(...boxes.map((b) => b.x)) - 30;
    const top = Math.min(...boxes.map((b) => b.y)) - 30;
    const width = Math.max(...boxes.map((b) => b.x + b.width)) + 30 - left;
    const height = Math.max(...boxes.map((b) => b.y + b.height)) + 30 - top;
    const wide = Math.max(width, height / this.ratio, this.frame.clientWidth * 0.7);
    this.show(left + width / 2 - wide / 2, top + height / 2 - (wide * this.ratio) / 2, wide);
  }

  sees(node) {
    const box = node.getBBox();
    return box.x >= this.x && box.y >= this.y && box.x + box.width <= this.x + this.width
      && box.y + box.height <= this.y + this.width * this.ratio;
  }

  // --- what is shown --------------------------------------------------------------------------

  ends(relation) {
    let target = relation.dataset.target;
    for (let i = 0; i < 20 && !this.nodes.has(target); i += 1) {
      const on = this.relations.find((r) => r.dataset.relation === target);
      if (!on) return [relation.dataset.source, ""];
      target = on.dataset.target;
    }
    return [relation.dataset.source, target];
  }

  filter() {
    for (const node of this.nodes.values()) node.classList.toggle("d-off", this.off.has(node.dataset.type));
    for (const relation of this.relations) {
      const gone = this.ends(relation).some((id) => this.nodes.get(id)?.classList.contains("d-off") ?? true);
      relation.classList.toggle("d-off", gone);
      this.badges.get(relation.dataset.relation)?.classList.toggle("d-off", gone);
    }
    const shown = [...this.nodes.values()].filter((node) => !node.classList.contains("d-off")).length;
    this.say(`${shown} of ${this.nodes.size} statements shown.`);
  }

  dim(keepNodes, keepRelations) {
    for (const [id, node] of this.nodes) node.classList.toggle("d-dim", keepNodes !== null && !keepNodes.has(id));
    for (const relation of this.relations) {
      const fades = keepRelations !== null && !keepRelations.has(relation.dataset.relation);
      relation.classList.toggle("d-dim", fades);
      relation.classList.toggle("d-lit", keepRelations !== null && !fades);
      this.badges.get(relation.dataset.relation)?.classList.toggle("d-dim", fades);
    }
  }

  focus(id) {
    const relations = new Set();
    const nodes = new Set([id]);
    for (const relation of this.relations) {
      const ends = this.ends(relation);
      if (!ends.includes(id)) continue;
      relations.add(relation.dataset.relation);
      ends.forEach((end) => nodes.add(end));
    }
    this.dim(nodes, relations);
    this.frameOn([...nodes].map((end) => this.nodes.get(end)).filter(Boolean));
    this.say(`Tied to ${nodes.size - 1} ${nodes.size === 2 ? "statement" : "statements"} by ${relations.size} ${relations.size === 1 ? "link" : "links"}.`);
  }

  find(text) {
    const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    this.clearHits();
    this.hit = -1;
    this.hits = [];
    if (words.length) {
      this.hits = [...this.nodes.values()].filter((node) => {
        const said = (node.querySelector("title") ?? node).textContent.toLocaleLowerCase();
        return !node.classList.contains("d-off") && words.every((word) => said.includes(word));
      });
    }
    for (const node of this.hits) node.classList.add("d-hit");
    this.dim(words.length ? new Set(this.hits.map((node) => node.dataset.id)) : null, words.length ? new Set() : null);
    this.say(words.length ? `${this.hits.length} found${this.hits.length ? "; Enter for the next" : ""}.` : "");
    if (this.hits.length) this.next(1);
  }

  next(step) {
    if (!this.hits.length) return;
    this.hit = (this.hit + step + this.hits.length) % this.hits.length;
    this.centre(this.hits[this.hit], true);
    this.say(`${this.hit + 1} of ${this.hits.length} found.`);
  }

  clearHits() { for (const node of this.hits) node.classList.remove("d-hit"); }

  clear() {
    this.clearHits();
    this.hits = [];
    this.dim(null, null);
    this.say("");
  }

  say(words) { this.status.textContent = words; }

  // --- what the reader does -------------------------------------------------------------------

  listen(root) {
    const acts = { in: () => this.zoom(STEP), out: () => this.zoom(1 / STEP), fit: () => this.fit() };
    for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", acts[button.dataset.do]);
    for (const box of root.querySelectorAll("[data-type-box]")) {
      box.addEventListener("change", () => {
        if (box.checked) this.off.delete(box.value); else this.off.add(box.value);
        this.filter();
      });
    }
    const field = root.querySelector("[data-find]");
    field.addEventListener("input", () => this.find(field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.next(event.shiftKey ? -1 : 1); }
      if (event.key === "Escape") { field.value = ""; this.clear(); }
    });
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls as ever
      event.preventDefault();
      const place = this.frame.getBoundingClientRect();
      this.zoom(event.deltaY < 0 ? STEP : 1 / STEP, event.clientX - place.x, event.clientY - place.y);
    }, { passive: false });
    this.frame.addEventListener("focusin", (event) => {
      this.frame.scrollTo(0, 0); // the view box moves, not the frame
      const node = event.target.closest(".d-node");
      if (node && !this.sees(node)) this.centre(node);
    });
    addEventListener("resize", () => this.show(this.x, this.y, this.width));
    this.drag();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = this.width / 6;
    const moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    const node = event.target.closest?.(".d-node");
    if (moves[event.key]) this.show(this.x + moves[event.key][0], this.y + moves[event.key][1], this.width);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-" || event.key === "−") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else if (event.key === "f" && node) this.focus(node.dataset.id);
    else if (event.key === "Escape") this.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  drag() {
    const pointers = new Map();
    let moved = 0;
    let spread = 0;
    const distance = () => {
      const [a, b] = [...pointers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
    this.frame.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pointers.set(event.pointerId, event);
      if (pointers.size === 1) moved = 0;
      if (pointers.size === 2) spread = distance();
    });
    addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
      pointers.set(event.pointerId, event);
      moved += Math.abs(dx) + Math.abs(dy);
      if (pointers.size === 2) {
        const now = distance();
        const place = this.frame.getBoundingClientRect();
        const [a, b] = [...pointers.values()];
        this.zoom(now / spread, (a.clientX + b.clientX) / 2 - place.x, (a.clientY + b.clientY) / 2 - place.y);
        spread = now;
      } else {
        this.show(this.x - dx * this.scale, this.y - dy * this.scale, this.width);
      }
    });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => pointers.delete(event.pointerId));
    // A drag that ends on a box is not a click on its link, and must not drag the link away.
    this.frame.addEventListener("click", (event) => { if (moved > 5) { event.preventDefault(); moved = 0; } }, true);
    this.frame.addEventListener("dragstart", (event) => event.preventDefault());
  }
}

for (const root of document.querySelectorAll("[data-graph]")) new Graph(root);
