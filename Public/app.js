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
