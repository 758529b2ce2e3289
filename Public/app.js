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
  // Without a line there is nothing to complete with.
  const answer = await fetch(address + "?q=" + encodeURIComponent(text)).catch(() => null);
  if (answer && answer.ok && !answer.redirected && field.value.trim() === text) {
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
// Registering a problem: what is like it is shown while it is typed, never while the input method is composing.
const registration = document.querySelector("form[data-draft]");
let typing;
function typed(event) {
  if (event.isComposing) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    showSimilar();
    keepDraft();
  }, 400);
}
if (registration) {
  for (const name of ["input", "change", "compositionend"]) registration.addEventListener(name, typed);
}

async function similarTo(fields) {
  const query = new URLSearchParams();
  for (const name of ["title", "concerns", "track", "detail"]) query.set(name, fields[name] || "");
  const answer = await fetch(registration.dataset.similar + "?" + query);
  return answer.ok && !answer.redirected ? answer.text() : "";
}

let lastTitle = "";
async function showSimilar() {
  const fields = fieldsOf(registration);
  const title = fields.title.trim() + "\n" + fields.concerns.trim() + "\n" + fields.track;
  if (title === lastTitle) return;
  lastTitle = title;
  const found = await similarTo(fields).catch(() => "");
  if (title === lastTitle) document.getElementById("similar").innerHTML = found;
}

// Drafts: what is typed is kept on this device, by account; what cannot be sent waits for the line. The server
// knows the sheet by its `form_id`, so that one sent twice is registered once. States: typing, waiting, sent,
// refused (with the faults), similar (somebody registered the like meanwhile; the sender decides).
const drafts = {
  open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("lianbang", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  },
  async with(mode, work) {
    const database = await drafts.open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("drafts", mode);
        const request = work(transaction.objectStore("drafts"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  },
  put: (draft) => drafts.with("readwrite", (store) => store.put(draft)),
  remove: (id) => drafts.with("readwrite", (store) => store.delete(id)),
  // Those of this account alone: another's on the same device are neither shown nor sent.
  async of(account) {
    const all = await drafts.with("readonly", (store) => store.getAll());
    return all.filter((draft) => draft.account === account).sort((a, b) => a.at - b.at);
  },
};

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "form_token") fields[name] = value;
  }
  return { title: "", concerns: "", track: "", ...fields };
}

function draftOf(form, state) {
  const account = form.dataset.draft;
  const files = [...form.elements.files.files];
  const fields = fieldsOf(form);
  const id = state === "typing" ? "typing " + account : fields.form_id;
  return { id, account, state, fields, files, at: Date.now(), tried: false };
}

async function keepDraft() {
  if (registration.dataset.sent) return;
  const draft = draftOf(registration, "typing");
  const isEmpty = !draft.fields.title.trim() && !(draft.fields.detail || "").trim() && !draft.files.length;
  await (isEmpty ? drafts.remove(draft.id) : drafts.put(draft)).catch(() => {});
}

function fill(form, draft) {
  for (const [name, value] of Object.entries(draft.fields)) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
  const files = new DataTransfer();
  for (const file of draft.files) files.items.add(file);
  form.elements.files.files = files.files;
  if (draft.fields.detail || draft.fields.channel) form.querySelector("details").open = true;
}

// A fresh sheet: of the same page, which also says whose session it is now.
async function freshForm(account) {
  const answer = await fetch("/problems/new", { headers: { Accept: "text/html" } });
  if (answer.redirected || answer.status === 403) return null;
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector("form[data-draft]");
  return form && form.dataset.draft === account ? form : null;
}

// Sends a draft: `sent` with the problem's address, `refused` with the faults, else `waiting`.
async function send(draft, token) {
  const body = new FormData();
  body.append("form_token", token);
  for (const [name, value] of Object.entries(draft.fields)) body.append(name, value);
  for (const file of draft.files) body.append("files", file, file.name);
  const answer = await fetch("/problems", { method: "POST", body });
  const path = new URL(answer.url, location.href).pathname;
  if (answer.redirected && /^\/(problems|my)\/\d+$/.test(path)) return { state: "sent", address: answer.url };
  if (answer.redirected) return { state: "signed_out" };
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return { state: "waiting" };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const faults = [...page.querySelectorAll("#faults li, main > .head h1, main .error p")];
  return { state: "refused", status: answer.status, page, faults: faults.map((part) => part.textContent.trim()) };
}

async function submitRegistration(event) {
  if (event.defaultPrevented) return;
  event.preventDefault();
  clearTimeout(typing);
  const draft = draftOf(registration, "waiting");
  draft.tried = navigator.onLine;
  let result = { state: "waiting" };
  try {
    if (navigator.onLine) {
      result = await send(draft, registration.elements.form_token.value);
      // The page is older than the session: once more, if it is still the same person's.
      if (result.status === 403) {
        const form = await freshForm(draft.account);
        result = form ? await send(draft, form.elements.form_token.value) : { state: "signed_out" };
      }
    }
  } catch {
    result = { state: "waiting" };
  }
  if (result.state === "sent") {
    await drafts.remove("typing " + draft.account).catch(() => {});
    return location.assign(result.address);
  }
  if (result.state === "refused") {
    delete registration.dataset.sent;
    return showFaults(result);
  }
  try {
    await drafts.put({ ...draft, state: "waiting", note: result.state });
    await drafts.remove("typing " + draft.account);
    registration.reset();
    registration.elements.form_id.value = crypto.getRandomValues(new Uint32Array(6)).join("-");
    document.getElementById("similar").innerHTML = "";
  } catch {
    // No room, or a private window: then the sheet itself is all there is.
    return showDrafts([], "failed");
  } finally {
    delete registration.dataset.sent;
  }
  await showAllDrafts();
  document.getElementById("drafts").scrollIntoView({ block: "nearest" });
}

function showFaults(result) {
  const place = document.getElementById("faults");
  const faults = result.page.querySelector("#faults");
  place.replaceChildren();
  if (faults && faults.children.length) place.innerHTML = faults.innerHTML;
  else place.append(notice(result.faults.join(" ")));
  for (const field of registration.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of result.page.querySelectorAll("form[data-draft] [aria-invalid]")) {
    const own = registration.elements[field.name];
    if (!own || !own.setAttribute) continue;
    own.setAttribute("aria-invalid", "true");
    const folded = own.closest("details");
    if (folded) folded.open = true;
  }
  place.scrollIntoView({ block: "nearest" });
  const link = place.querySelector("a");
  if (link) link.focus();
}

// Works off what waits, one page of the browser at a time.
async function flushDrafts() {
  const account = document.body.dataset.account;
  if (!account || !navigator.onLine || !window.indexedDB) return;
  const work = async (lock) => {
    if (lock === null) return;
    const waiting = (await drafts.of(account)).filter((draft) => draft.state === "waiting");
    if (!waiting.length) return;
    const form = await freshForm(account);
    for (const draft of waiting) await flush(draft, form);
  };
  try {
    await (navigator.locks ? navigator.locks.request("lianbang drafts", { ifAvailable: true }, work) : work());
  } catch {
    // The line is down again: the next time.
  }
  if (registration) await showAllDrafts();
}

async function flush(draft, form) {
  if (!form) return drafts.put({ ...draft, note: "signed_out" });
  if (!draft.tried && !draft.decided) {
    const query = new URLSearchParams({ title: draft.fields.title, concerns: draft.fields.concerns });
    const answer = await fetch(form.dataset.similar + "?" + query);
    const similar = answer.ok ? await answer.text() : "";
    if (similar.includes("data-same")) return drafts.put({ ...draft, state: "similar", similar });
  }
  // It may arrive without our hearing of it: from now on it is only sent again, as the same sheet.
  await drafts.put({ ...draft, tried: true });
  const { state, address, faults } = await send(draft, form.elements.form_token.value);
  if (state === "sent") await drafts.put({ ...draft, state, address, files: [] });
  else if (state === "refused") await drafts.put({ ...draft, state, faults });
  else await drafts.put({ ...draft, tried: true, note: state });
}

function words(key) {
  const text = document.getElementById("draft-texts").content.querySelector(`[data-text="${key}"]`);
  return text.textContent;
}

function notice(text) {
  const box = document.createElement("div");
  box.className = "alert";
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  return box;
}

function action(box, key, work) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words(key);
  button.addEventListener("click", async () => {
    button.disabled = true;
    await work();
    await showAllDrafts();
  });
  box.append(button, " ");
}

async function showAllDrafts() {
  showDrafts((await drafts.of(registration.dataset.draft)).filter((draft) => draft.state !== "typing"));
}

function showDrafts(all, problem) {
  const place = document.getElementById("drafts");
  place.replaceChildren();
  if (problem) place.append(notice(words(problem)));
  for (const draft of all) {
    const box = notice(words(draft.state === "waiting" && draft.note === "signed_out" ? "signed_out" : draft.state));
    const line = document.createElement("p");
    const title = document.createElement(draft.address ? "a" : "strong");
    title.textContent = draft.fields.title;
    if (draft.address) title.href = draft.address;
    line.append(title);
    if (draft.files.length) line.append(" · " + draft.files.length + " " + words("photos"));
    box.append(line);
    for (const fault of draft.faults || []) box.append(notice(fault).firstChild);
    if (draft.state === "similar") {
      // A fragment of our own server's, kept as it was.
      const similar = document.createElement("div");
      similar.className = "similar";
      similar.innerHTML = draft.similar;
      box.append(similar);
      action(box, "send_anyway", async () => {
        await drafts.put({ ...draft, state: "waiting", decided: true });
        await flushDrafts();
      });
    }
    if (draft.state === "waiting" && navigator.onLine) action(box, "send_now", flushDrafts);
    if (draft.state === "refused") {
      action(box, "correct", async () => {
        fill(registration, draft);
        await drafts.remove(draft.id);
        await keepDraft();
      });
    }
    action(box, draft.state === "sent" ? "dismiss" : "discard", () => drafts.remove(draft.id));
    place.append(box);
  }
}

async function startDrafts() {
  if (!window.indexedDB) return;
  if (registration) {
    registration.addEventListener("submit", submitRegistration);
    const own = await drafts.of(registration.dataset.draft);
    const typing = own.find((draft) => draft.state === "typing");
    if (typing && !location.search && !("refused" in registration.dataset)) {
      fill(registration, typing);
      const box = notice(words("restored"));
      action(box, "discard", async () => {
        await drafts.remove(typing.id);
        location.reload();
      });
      document.getElementById("faults").append(box);
      showSimilar();
    }
    await showAllDrafts();
  }
  await flushDrafts();
}
window.addEventListener("online", flushDrafts);
window.addEventListener("offline", () => registration && showAllDrafts());
startDrafts().catch(() => {});
// Keys: `/` goes to the search box, `j` and `k` along a list, `x` ticks the row, Enter opens it, `?` shows this.
// Never while somebody types or composes; whoever wants none of them turns them off, in this browser.
const keys = {
  store: "lianbang.keys",
  areOff: () => localStorage.getItem(keys.store) === "off",
  rows: () => [...document.querySelectorAll("table.list > tbody > tr")].filter((row) => row.querySelector(".title a")),
  move(step) {
    const rows = keys.rows();
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    if (row) row.querySelector(".title a").focus();
  },
  tick() {
    const row = keys.rows().find((row) => row.contains(document.activeElement));
    const box = row && row.querySelector(".pick input");
    if (box) box.click();
  },
};
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || keys.areOff()) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  const search = document.querySelector("input[type=search]");
  const dialog = document.getElementById("keys");
  const act = {
    "/": search && (() => { search.focus(); search.select(); }),
    j: () => keys.move(1),
    k: () => keys.move(-1),
    x: () => keys.tick(),
    "?": dialog && (() => dialog.showModal()),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById("keys").showModal());
}
for (const box of document.querySelectorAll("[data-keys-off]")) {
  box.checked = keys.areOff();
  box.addEventListener("change", () => localStorage.setItem(keys.store, box.checked ? "off" : "on"));
}

// All rows of a page are ticked at once, or none; without a script the link shows the page so.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-tick-all]");
  if (!link) return;
  event.preventDefault();
  const boxes = [...link.closest("form").querySelectorAll(".pick input")];
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
});
