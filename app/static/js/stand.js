// The same form as without a script; answers are sent as they are given, and the page follows.
const form = document.getElementById("stand");
const byId = (id) => document.getElementById(id);
let running = null;

function answers() {
  const named = new FormData(form);
  const choices = { no: 0.1, "probably-not": 0.3, unsure: 0.5, probably: 0.7, yes: 0.9 };
  const given = [];
  for (const [name, value] of named) {
    if (name.startsWith("is.") && value) given.push([name.slice(3), value]);
  }
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  const credences = Object.fromEntries(given.map(([id, value]) => [id, choices[value] ?? Number(value)]));
  const query = new URLSearchParams();
  if (named.get("from")) query.set("from", named.get("from"));
  for (const [id, value] of given) query.set(`is.${id}`, value);
  if (named.get("hold") && given.length) query.set("hold", "true");
  if (named.get("semantics")) query.set("semantics", named.get("semantics"));
  if (named.get("unreviewed")) query.set("unreviewed", "true");
  const body = {
    credences,
    hold: Boolean(named.get("hold")),
    participant: named.get("from") || null,
    semantics: named.get("semantics") || "",
    unreviewed: named.get("unreviewed") === "true",
  };
  const text = query.toString();
  return { body, address: location.pathname + (text ? `?${text}` : "") };
}

// A sentence about a statement, with the statement as a link.
function turn(element, hinge, sentence) {
  element.replaceChildren();
  const start = hinge ? sentence.indexOf("“") : -1;
  const end = hinge ? sentence.lastIndexOf("” were established") : -1;
  if (start < 0 || end < start) {
    element.textContent = sentence;
    return;
  }
  const link = document.createElement("a");
  link.href = hinge.node.page;
  link.textContent = sentence.slice(start, end + 1);
  const rest = sentence.slice(end + 1);
  const answer = document.createElement("strong");
  answer.textContent = hinge.answer;
  const at = rest.indexOf(` ${hinge.answer},`) + 1;
  element.append(sentence.slice(0, start), link, rest.slice(0, at), answer, rest.slice(at + hinge.answer.length));
}

function show(verdict) {
  for (const s of verdict.scenarios) {
    const bar = form.querySelector(`[data-bar="${CSS.escape(s.letter)}"]`);
    if (!bar) continue;
    bar.querySelector(".fill").setAttribute("width", (100 * s.strength).toFixed(1));
    bar.querySelector(".num").textContent = s.strength.toFixed(2);
    bar.querySelector(".lead").hidden = s.letter !== verdict.leader;
    const stands = document.querySelector(`[data-stands="${CSS.escape(s.letter)}"]`);
    if (stands) stands.textContent = s.sentence;
  }
  byId("says").textContent = verdict.sentence;
  turn(byId("single"), verdict.single_answer, verdict.single_answer_sentence);
  const rows = verdict.cruxes.slice(0, 8).map((hinge) => {
    const row = document.createElement("li");
    turn(row, hinge, hinge.sentence);
    return row;
  });
  if (!rows.length) {
    const row = document.createElement("li");
    row.className = "none";
    row.textContent = verdict.single_answer_sentence;
    rows.push(row);
  }
  byId("turns").replaceChildren(...rows);
  byId("badge").textContent = verdict.robustness.summary;
  byId("robust-says").textContent = verdict.robustness.sentence;
  for (const place of form.querySelectorAll("[data-node]")) {
    const strength = verdict.strengths[place.dataset.node];
    if (strength === undefined) continue;
    place.textContent = strength.toFixed(2);
    const credence = verdict.valuation.credences[place.dataset.node];
    const against = form.querySelector(`[data-against="${CSS.escape(place.dataset.node)}"]`);
    if (against) against.hidden = credence === undefined || (credence - 0.5) * (strength - 0.5) >= 0;
  }
}

async function update() {
  const { body, address } = answers();
  running?.abort();
  const mine = (running = new AbortController());
  form.classList.add("waiting");
  try {
    const answer = await fetch("/api/v1/verdict", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: mine.signal,
    });
    // What the API does not take, the page explains better.
    if (!answer.ok) return form.submit();
    show(await answer.json());
    history.replaceState(null, "", address);
    byId("link").href = address;
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  } finally {
    if (running === mine) form.classList.remove("waiting");
  }
}

if (form) {
  form.classList.add("live");
  form.addEventListener("change", (event) => {
    // Another start or another way of computing waits for its button: a list walked through with the arrow
    // keys must not lead away.
    if (event.target.name.startsWith("is.") || event.target.name === "hold") update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(answers().address);
  });
}
