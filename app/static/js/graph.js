// The whole map: move, zoom, filter by type, find, and see what one statement is tied to.
// Without this module it is a picture with links that scrolls in its frame.
// From afar, where boxes cannot be read, islands show their names instead; a click leads into one.
const STEP = 1.25;
const FAR = 0.5; // of its size: from here on boxes are shown
const NAMES = 0.17; // of its size: below, even the names are too small to begin with

class Graph {
  constructor(root) {
    this.root = root;
    this.frame = root.querySelector("[data-frame]");
    this.svg = this.frame.querySelector("svg");
    this.status = root.querySelector("[data-status]");
    this.tied = root.querySelector("[data-tied]");
    const [, , width, height] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.full = { width, height };
    this.nodes = new Map([...this.svg.querySelectorAll(".d-node")].map((el) => [el.dataset.id, el]));
    this.relations = [...this.svg.querySelectorAll("[data-relation]")];
    // Taken before anything is hidden: what is not shown has no box.
    this.boxes = new Map([...this.nodes].map(([id, el]) => [id, el.getBBox()]));
    this.badges = new Map([...this.svg.querySelectorAll("[data-badge]")].map((el) => [el.dataset.badge, el]));
    this.off = new Set();
    this.hits = [];
    this.hit = -1;
    this.lit = false; // whether something is picked out, and boxes are shown at any distance
    root.querySelector("[data-tools]").hidden = false;
    root.classList.add("is-live");
    this.svg.removeAttribute("width");
    this.svg.removeAttribute("height");
    this.show(0, 0, this.frame.clientWidth / NAMES);
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
    this.root.classList.toggle("is-far", !this.lit && this.scale > 1 / FAR);
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
    const box = this.boxes.get(node.dataset.id);
    const width = closer ? Math.min(this.width, this.frame.clientWidth) : this.width;
    this.show(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - (width * this.ratio) / 2, width);
  }

  // Into an island: all of it where its boxes can then be read, else what it is about.
  enter(tile) {
    const box = tile.querySelector(".d-far-ground").getBBox();
    const about = this.nodes.get(tile.dataset.tile) ?? this.svg.querySelector(`.d-is-${tile.dataset.tile.toLowerCase()}.d-node`);
    const wide = Math.max(box.width, box.height / this.ratio, this.frame.clientWidth) * 1.02;
    const most = this.frame.clientWidth / FAR;
    if (wide <= most || !about) {
      const width = Math.min(wide, most);
      this.show(box.x + (box.width - width) / 2, box.y + (box.height - width * this.ratio) / 2, width);
    } else {
      this.width = most;
      this.centre(about);
    }
    about?.querySelector("a").focus({ preventScroll: true });
  }

  sees(node) {
    const box = this.boxes.get(node.dataset.id);
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
    this.lit = keepNodes !== null;
    this.tied.hidden = true;
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
    this.list(id, relations); // takes room beside the frame
    this.centre(this.nodes.get(id), true);
    this.say(`Tied to ${nodes.size - 1} ${nodes.size === 2 ? "statement" : "statements"} by ${relations.size} ${relations.size === 1 ? "link" : "links"}.`);
  }

  // What a statement is tied to stands all over the map: named beside it, each a button that leads there.
  list(id, relations) {
    this.tied.querySelector("h2").textContent = `Tied to “${this.called(id)}”`;
    const rows = this.tied.querySelector("ul");
    rows.replaceChildren(...this.relations.filter((r) => relations.has(r.dataset.relation)).map((relation) => {
      const [source, target] = this.ends(relation);
      const [other, verb] = [source === id ? target : source, this.badges.get(relation.dataset.relation).querySelector("title").textContent];
      const said = relation.dataset.target === target ? verb : `${verb} a link to`;
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.textContent = source === id ? `It ${said} “${this.called(other)}”` : `“${this.called(other)}” ${said} it`;
      button.addEventListener("click", () => {
        this.centre(this.nodes.get(other), true);
        this.nodes.get(other).querySelector("a").focus({ preventScroll: true });
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    this.tied.hidden = !rows.childElementCount;
  }

  called(id) {
    const node = this.nodes.get(id);
    const whole = node.querySelector("title")?.textContent.replace(/^[^:]*: /, "");
    return (whole ?? node.querySelector(".d-text").textContent).replace(/\.$/, "");
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
    this.say(words.length ? `${this.hits.length} found.` : "");
    if (this.hits.length) this.next(1);
  }

  next(step) {
    if (!this.hits.length) return;
    this.hits[this.hit]?.classList.remove("d-now");
    this.hit = (this.hit + step + this.hits.length) % this.hits.length;
    this.hits[this.hit].classList.add("d-now");
    this.centre(this.hits[this.hit], true);
    this.last = this.hits[this.hit].dataset.id;
    this.say(`${this.hit + 1} of ${this.hits.length} found.`);
  }

  // Whether the reader sees the hit: the frame may stand below what the window shows.
  seen() {
    const box = this.hits[this.hit]?.getBoundingClientRect();
    return !box || (box.y + box.height / 2 > 0 && box.y + box.height / 2 < innerHeight);
  }

  clearHits() { for (const node of this.hits) node.classList.remove("d-hit", "d-now"); }

  clear() {
    this.clearHits();
    this.hits = [];
    this.dim(null, null);
    this.show(this.x, this.y, this.width);
    this.say("");
  }

  say(words) { this.status.textContent = words; }

  // --- what the reader does -------------------------------------------------------------------

  listen(root) {
    const tied = () => (this.last ? this.focus(this.last) : this.say("First find a statement, or move to one with Tab."));
    const acts = { tied, in: () => this.zoom(STEP), out: () => this.zoom(1 / STEP), fit: () => this.fit() };
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
      if (event.key === "Enter") {
        event.preventDefault();
        if (this.seen()) this.next(event.shiftKey ? -1 : 1); else this.frame.scrollIntoView({ block: "nearest" });
      }
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
      if (node) this.last = node.dataset.id;
      if (node && !this.sees(node)) this.centre(node);
    });
    for (const tile of this.svg.querySelectorAll("[data-tile]")) {
      tile.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // the link itself
        event.preventDefault();
        this.enter(tile);
      });
    }
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
