// The colours change at once; the choice is kept by the same form that works without scripts.
export function theme(form) {
  form?.addEventListener("submit", async (event) => {
    const chosen = event.submitter?.value;
    if (!chosen) return;
    event.preventDefault();
    document.documentElement.dataset.theme = chosen;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === chosen));
    try {
      await fetch(form.action, { method: "POST", body: new URLSearchParams({ theme: chosen, back: "/about" }), redirect: "manual" });
    } catch {
      // Offline: it holds for this page.
    }
  });
}
