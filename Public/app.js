// What the pages cannot do without a script. They all work without it.
"use strict";

// Fields that name a unit complete what is typed, but never while the input method is composing.
let waiting;
document.addEventListener("input", (event) => {
  const field = event.target;
  const address = field.dataset && field.dataset.suggest;
  if (!address || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(field, address), 200);
});
document.addEventListener("compositionend", (event) => {
  const address = event.target.dataset && event.target.dataset.suggest;
  if (address) suggest(event.target, address);
});

async function suggest(field, address) {
  const text = field.value.trim();
  if (!text) return;
  const answer = await fetch(address + "?q=" + encodeURIComponent(text));
  if (answer.ok && !answer.redirected && field.value.trim() === text) {
    field.list.innerHTML = await answer.text();
  }
}

// A session that ended while the list was open: show the sign-in page, not an empty list.
document.addEventListener("htmx:beforeSwap", (event) => {
  const address = new URL(event.detail.xhr.responseURL, location.href);
  if (address.pathname === "/sign-in") {
    event.detail.shouldSwap = false;
    location.assign(address);
  }
});

// A form sent twice by a double click is one form.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Live parts: an element with `data-live="ADDRESS"` and an id is refreshed every half minute while the page
// is looked at. The answer is a fragment or a whole page; the element takes the content of the part with
// its own id, where that has changed. The server says 304 by its ETag while nothing has. Nothing is taken
// from under anybody's hands: not while they are in a field or have chosen rows, text or an open
// part within it. Used for the frame's counters (/live) and by lists.
const live = { tags: new Map(), seconds: 30 };

async function refreshLive() {
  if (document.hidden || !navigator.onLine) return;
  const parts = new Map();
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const address = part.dataset.live;
    parts.set(address, (parts.get(address) || []).concat(part));
  }
  for (const [address, elements] of parts) await refreshFrom(address, elements);
}

async function refreshFrom(address, elements) {
  if (elements.every(isInHand)) return;
  const headers = { "X-Live": "1" };
  if (live.tags.has(address)) headers["If-None-Match"] = live.tags.get(address);
  let answer;
  try {
    answer = await fetch(address, { headers });
  } catch {
    return; // The line is down: the next time.
  }
  // Signed out meanwhile: what is typed here must not be lost by going elsewhere.
  if (answer.status !== 200 || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  let isComplete = true;
  for (const element of elements) {
    const content = fresh.getElementById(element.id);
    if (!content || content.innerHTML.trim() === element.innerHTML.trim()) continue;
    if (isInHand(element)) isComplete = false;
    else replaceContent(element, content);
  }
  const tag = answer.headers.get("ETag");
  if (tag && isComplete) live.tags.set(address, tag);
}

// Whether somebody is doing something in it.
function isInHand(element) {
  const active = document.activeElement;
  const chosen = getSelection();
  return (element.contains(active) && active.matches("input, select, textarea, [contenteditable]"))
    || element.querySelector("input:checked:not([disabled]), details[open], dialog[open]") !== null
    || (chosen && !chosen.isCollapsed && element.contains(chosen.anchorNode));
}

// Puts the new content in; the focus stays on the link it was on.
function replaceContent(element, content) {
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const address = active && active.getAttribute("href");
  element.innerHTML = content.innerHTML;
  if (address) {
    for (const link of element.querySelectorAll("a[href]")) {
      if (link.getAttribute("href") === address) return link.focus({ preventScroll: true });
    }
  }
  if (window.htmx) window.htmx.process(element);
}

if (document.querySelector("[data-live]")) {
  setInterval(refreshLive, live.seconds * 1000);
  document.addEventListener("visibilitychange", refreshLive);
}

// The frame's menus close when one turns elsewhere, or by Escape.
document.addEventListener("click", (event) => closeMenus((menu) => !menu.contains(event.target)));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) closeMenus(() => true);
});

function closeMenus(which) {
  for (const menu of document.querySelectorAll(".bar details[open]")) {
    if (!which(menu)) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}
// Registers: a form that answers with a file leaves its page where it is, and may be sent again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if ("download" in form.dataset) setTimeout(() => delete form.dataset.sent, 2000);
});
