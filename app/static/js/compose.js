// The form for a comment works without this. With it, buttons act without a new page, what helps and what
// it would change follow the typing, and words selected in the text become a statement.
// Every answer is the page itself, of which only the parts that changed are taken over.
const form = document.getElementById("compose");
const PARTS = ["sentences", "offers", "statements", "found", "listed", "rows", "outcome", "unsent"];
const byId = (id) => document.getElementById(id);
const WAIT = 600;
let asked = null;
let timer = 0;

async function ask(does, parts, quietly = false) {
  clearTimeout(timer);
  asked?.abort();
  const mine = (asked = new AbortController());
  const data = new URLSearchParams(new FormData(form));
  data.delete("token");
  data.set("do", does);
  form.classList.add("waiting");
  try {
    const answer = await fetch("/comments/new", { method: "POST", body: data, signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("compose")) return quietly || byId("outcome").replaceChildren(...page.querySelectorAll("main > *"));
    for (const id of parts) take(id, page.getElementById(id));
    if (!quietly) document.title = page.title;
    return true;
  } catch (error) {
    if (error.name !== "AbortError" && !quietly) throw error;
  } finally {
    if (asked === mine) form.classList.remove("waiting");
  }
}

// Takes over what differs; what is unfolded stays so.
function take(id, found) {
  const held = byId(id);
  if (!held || !found || held.innerHTML === found.innerHTML) return;
  const open = [...held.querySelectorAll("details")].map((part) => part.open);
  held.replaceChildren(...found.childNodes);
  [...held.querySelectorAll("details")].forEach((part, n) => { if (open[n]) part.open = true; });
}

const complete = () => form.elements.body.value.trim() && form.querySelector("#statements fieldset, #rows fieldset");

function soon(event) {
  if (event.target.name === "token") return;
  clearTimeout(timer);
  const seeking = event.target.name === "find";
  // A row that is being filled in keeps its fields: only what is shown beside them follows.
  timer = setTimeout(() => {
    ask(complete() ? "live" : "", seeking ? ["found"] : ["offers", "sentences", "outcome", "unsent"], true);
    names();
  }, WAIT);
}

// A statement goes by its sentence in the lists of what a link may join.
function names() {
  for (const area of form.querySelectorAll("textarea[name$='-text']")) {
    const key = form.elements[area.name.replace("-text", "-ref")]?.value;
    for (const option of form.querySelectorAll(`#rows option[value="${CSS.escape(key ?? "")}"]`)) {
      if (key && area.value.trim()) option.textContent = area.value.trim().slice(0, 90);
    }
  }
}

// Offsets count code points, as everywhere in the map; a text field counts UTF-16 units.
const points = (text) => [...text].length;
function select() {
  const body = form.elements.body;
  const first = points(body.value.slice(0, body.selectionStart));
  byId("selected").value = `${first}-${first + points(body.value.slice(body.selectionStart, body.selectionEnd))}`;
  const some = body.selectionEnd > body.selectionStart;
  byId("select-node").disabled = !some;
}

async function press(event) {
  const button = event.submitter;
  if (!button || button.value === "submit") return;
  event.preventDefault();
  const before = document.activeElement;
  if (!(await ask(button.value, PARTS))) return;
  const target = byId(new URL(button.formAction).hash.slice(1));
  const first = target?.matches("fieldset") ? target.querySelector("textarea, select, input:not([type=hidden])") : null;
  const wrong = byId("outcome").querySelector("[role=alert]");
  if (wrong) { wrong.tabIndex = -1; wrong.focus(); } else if (first) first.focus();
  else if (!before.isConnected && target) { target.tabIndex = -1; target.focus(); }
  if (button.value.startsWith("node")) ask("live", ["offers", "sentences", "outcome", "unsent"], true);
}

if (form) {
  byId("select-tools").hidden = byId("select-hint").hidden = false;
  byId("select-node").disabled = true;
  document.addEventListener("selectionchange", () => { if (document.activeElement === form.elements.body) select(); });
  form.elements.body.addEventListener("select", select);
  form.addEventListener("input", soon);
  form.addEventListener("submit", press);
  // Enter in a one-line field finds, and sends nothing.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=hidden])") || event.target.name === "token") return;
    event.preventDefault();
    ask(complete() ? "live" : "", ["found", "offers", "sentences", "outcome", "unsent"], true);
  });
}
