// A screen on the wall: shows its panels in turn, keeps the figures fresh, and says so loudly when it cannot. Nobody need
// touch it; a key holds it, the arrows turn it.
const body = document.body;
const turn = Number(body.dataset.turn) * 1000;
const refresh = Number(body.dataset.refresh) * 1000;
const alarm = document.getElementById("stale");
let shown = 0;
let isPaused = false;
let tag = body.dataset.tag;
let heard = Date.now();
let turning;
let asking = false;

const panels = () => [...document.querySelectorAll(".wall-panel")];

function showPanel(index) {
  const all = panels();
  if (!all.length) return;
  shown = (index + all.length) % all.length;
  all.forEach((panel, place) => {
    panel.hidden = place !== shown;
    delete panel.dataset.later;
  });
  document.querySelectorAll(".dots li").forEach((dot, place) => dot.classList.toggle("now", place === shown));
  document.dispatchEvent(new Event("figures"));
}

function startTurning() {
  clearInterval(turning);
  if (!isPaused && panels().length > 1) turning = setInterval(() => showPanel(shown + 1), turn);
}

function pause(yes) {
  isPaused = yes;
  document.getElementById("paused").hidden = !yes;
  startTurning();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return;
  // Within a chart's table keys are the table's.
  if (event.target.closest("a, button, input, summary, [tabindex]") && !event.key.startsWith("Arrow")) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    if (event.target.matches("input")) return;
    showPanel(shown + (event.key === "ArrowRight" ? 1 : -1));
    return pause(true);
  }
  event.preventDefault();
  pause(!isPaused);
});

// The figures: the page is asked for again; while nothing has changed the server says so in one line.
async function ask() {
  if (asking) return;
  asking = true;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), Math.min(refresh, 20000));
  try {
    // Not told apart from somebody who looks: a screen that runs all day stays signed in as long as it may.
    const headers = { "If-None-Match": tag };
    const answer = await fetch(body.dataset.wall, { headers, cache: "no-store", signal: limit.signal });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      document.getElementById("signed-out").hidden = false;
    } else if (answer.status === 304 || (answer.ok && take(await answer.text()))) {
      tag = answer.headers.get("ETag") ?? tag;
      heard = Date.now();
      document.getElementById("signed-out").hidden = true;
    }
  } catch {
    // The line is down or the server is: the sign tells, and it is tried again.
  } finally {
    clearTimeout(timer);
    asking = false;
  }
  tellAge();
}

/** Puts fresh content in. A new version of the program has other scripts: then the whole page is fetched anew. */
function take(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!fresh.body.dataset.wall) return false;
  const scripts = (page) => [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).join();
  if (scripts(fresh) !== scripts(document)) {
    location.reload();
    return true;
  }
  const place = shown;
  document.querySelector("main").replaceChildren(...fresh.querySelector("main").children);
  document.querySelector(".dots").replaceChildren(...fresh.querySelector(".dots").children);
  document.querySelector("h1").textContent = fresh.querySelector("h1").textContent;
  document.getElementById("as-of").textContent = fresh.getElementById("as-of").textContent;
  showPanel(place);
  return true;
}

// Two answers missed in a row are no accident.
function tellAge() {
  const isOld = Date.now() - heard > refresh * 2.2;
  if (isOld) {
    // Sweden writes days as we do in Chinese.
    const locale = document.documentElement.lang.startsWith("zh") ? "sv-SE" : "en-GB";
    const dateStyle = locale === "sv-SE" ? "short" : "medium";
    const since = new Intl.DateTimeFormat(locale, { dateStyle, timeStyle: "short", timeZone: "Asia/Shanghai" });
    alarm.querySelector("time").textContent = since.format(heard);
  }
  alarm.hidden = !isOld;
  body.classList.toggle("stale", isOld);
}

let lock = null;
async function stayAwake() {
  if (document.hidden || lock) return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    lock?.addEventListener("release", () => { lock = null; });
  } catch {
    // Not allowed here: the screen's own settings then say.
  }
}

document.addEventListener("visibilitychange", stayAwake);
window.addEventListener("online", ask);
setInterval(ask, refresh);
setInterval(tellAge, 5000);
showPanel(0);
startTurning();
stayAwake();
