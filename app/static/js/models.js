// Models: the server computes, here as without this module; we only ask it anew while a slider moves.
const form = document.querySelector("form[data-live]");

function slider(field) {
  const range = document.createElement("input");
  range.type = "range";
  range.min = field.min;
  range.max = field.max;
  range.step = field.dataset.step;
  range.value = field.value;
  range.setAttribute("aria-label", form.querySelector(`label[for="${field.id}"]`).textContent);
  range.addEventListener("input", () => { field.value = range.value; later(); });
  field.addEventListener("input", () => { range.value = field.value; later(); });
  field.after(range);
}

let timer = 0;
let latest = 0;
function later() {
  clearTimeout(timer);
  timer = setTimeout(renew, 60);
}

async function renew() {
  const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
  const mine = ++latest;
  try {
    const answer = await fetch(address);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("result");
    if (mine !== latest || !fresh) return;
    take(document.getElementById("result"), fresh);
    history.replaceState(null, "", address);
  } catch {
    // Offline: the form still works when the server is back.
  }
}

// What is read aloud stays where it is, so that its new words are; everything around it is replaced.
function take(held, fresh) {
  const [said, now] = [held, fresh].map((part) => part.querySelector("[role=status]"));
  if (said.textContent !== now.textContent) said.replaceChildren(...now.childNodes);
  for (const child of [...held.childNodes]) if (child !== said) child.remove();
  for (let child = fresh.firstChild; child && child !== now; child = fresh.firstChild) said.before(child);
  now.remove();
  held.append(...fresh.childNodes);
}

if (form) {
  form.querySelectorAll("input[type=number]").forEach(slider);
  form.querySelectorAll("input[type=radio]").forEach((box) => box.addEventListener("change", later));
}
