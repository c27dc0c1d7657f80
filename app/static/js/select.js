// Words selected in a document or comment can be answered, or made a statement, in the form for a comment.
const bar = document.createElement("p");
bar.className = "select-bar";
bar.hidden = true;

function paragraphOf(node) {
  return (node instanceof Element ? node : node?.parentElement)?.closest(".para");
}

// What stands in the text: without the numbers that only the style sheet shows.
function words(range) {
  const part = range.cloneContents();
  for (const mark of part.querySelectorAll("sup.no")) mark.remove();
  return part.textContent;
}

function show() {
  const selection = document.getSelection();
  const para = paragraphOf(selection.anchorNode);
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const text = para?.querySelector(".verbatim p");
  if (!range || selection.isCollapsed || !text?.contains(range.startContainer) || !text.contains(range.endContainer)) {
    if (!bar.contains(document.activeElement)) bar.hidden = true;
    return;
  }
  const quote = words(range).trim();
  if (!quote || quote.length > 4000) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  // Occurrences are counted as the server does: any two may overlap.
  let nth = 1;
  const head = words(before);
  const all = text.textContent;
  for (let at = all.indexOf(quote); at >= 0 && at < head.length; at = all.indexOf(quote, at + 1)) nth += 1;
  const place = para.closest("[data-document]").dataset;
  const link = (label, fields) => Object.assign(document.createElement("a"), { href: `/comments/new?${new URLSearchParams(fields)}`, textContent: label });
  const comment = para.closest("[data-comment]")?.dataset.comment;
  const answer = { quote, ...(comment && { reply_to: comment }) };
  const node = { quote, document: place.document, paragraph: para.id.slice(1), occurrence: String(nth), ...(comment && { reply_to: comment }) };
  bar.replaceChildren(link("Answer these words", answer), " · ", link("Make them a statement", node));
  para.querySelector(".verbatim").append(bar);
  bar.hidden = false;
}

document.addEventListener("selectionchange", show);
