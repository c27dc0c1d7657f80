// Search as you type: the results of the search page itself, shown under the field.
const WAIT = 180;

export function searchAsYouType(form) {
  if (!form) return;
  const field = form.querySelector("input[type=search]");
  const panel = Object.assign(document.createElement("div"), { className: "hits", hidden: true });
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", "Search results");
  // How many there are is read aloud from a place that is there before there are any.
  const status = Object.assign(document.createElement("p"), { className: "vh" });
  status.setAttribute("role", "status");
  form.append(panel, status);
  let timer = 0;
  let asked = null;

  const close = () => {
    clearTimeout(timer);
    asked?.abort(); // what was asked for must not open it again
    panel.hidden = true;
    status.textContent = "";
  };

  async function ask() {
    const query = field.value.trim();
    asked?.abort();
    if (query.length < 2) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`/search?${new URLSearchParams({ q: query })}`, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return close();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("results");
      for (const named of found.querySelectorAll("[id]")) named.id = `live-${named.id}`;
      for (const part of found.querySelectorAll("[aria-labelledby]")) part.setAttribute("aria-labelledby", `live-${part.getAttribute("aria-labelledby")}`);
      const count = found.querySelector("[role=status]");
      count?.removeAttribute("role");
      panel.replaceChildren(...found.childNodes);
      panel.hidden = false;
      status.textContent = count?.textContent ?? "";
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  form.addEventListener("keydown", (event) => {
    const links = [...panel.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); field.focus(); }
    else if (event.key === "ArrowDown" && !panel.hidden && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] ?? field).focus(); }
  });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
}
