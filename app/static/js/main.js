// Everything works without this; it only makes some things quicker.
import { shortcuts } from "./shortcuts.js";
import { searchAsYouType } from "./search.js";
import { figures } from "./figures.js";
import { tips } from "./tips.js";
import { theme } from "./theme.js";

theme(document.querySelector("form.choose"));
searchAsYouType(document.querySelector("form.find"));
figures(document);
tips(document.querySelector("table.matrix"));
if (document.documentElement.dataset.shortcuts !== "off") shortcuts(document);

// Paper shows what is folded on the screen, also in browsers that style no details content.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => { folded.open = false; }, { once: true });
  }
});

// A place inside something folded opens it.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target || null; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
if (document.querySelector("details") && location.hash) unfold();
