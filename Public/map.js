// The map of a figure (挂图作战): units with an outline are drawn, the others keep their tile; each is a link to what
// lies behind it. The colours are the stylesheet's. Without this script every unit is a tile.
const NS = "http://www.w3.org/2000/svg";
const outlines = new Map();

function element(name, attributes = {}, ...children) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

async function drawAll() {
  for (const figure of document.querySelectorAll("figure[data-map]:not([data-drawn])")) {
    figure.dataset.drawn = "";
    await drawMap(figure);
  }
}

async function drawMap(figure) {
  const spec = JSON.parse(figure.querySelector("script.data").textContent);
  const picture = await outlinesOf(figure);
  const map = { figure, spec, frame: spec.frames.length - 1, parts: new Map(), timer: 0, picture };
  for (const [index, { unit, name }] of spec.units.entries()) {
    map.parts.set(unit, { index, name, tile: figure.querySelector(`[data-unit="${unit}"]`) });
  }
  if (picture && picture.areas.some(({ unit }) => map.parts.has(unit))) build(map);
  show(map, map.frame);
  startTime(map);
}

/** Of an address once, however many maps there are; nothing where the line is down: then all are tiles. */
async function outlinesOf(figure) {
  const inline = figure.querySelector("script.outlines");
  if (inline) return JSON.parse(inline.textContent);
  const address = figure.dataset.outlines;
  if (!address) return null;
  if (!outlines.has(address)) {
    const asked = fetch(address).then((answer) => (answer.ok && !answer.redirected ? answer.json() : null));
    outlines.set(address, asked.catch(() => null));
  }
  const picture = await outlines.get(address);
  if (!picture) outlines.delete(address);
  return picture;
}

function build(map) {
  const { figure, picture } = map;
  const margin = Math.ceil(Math.max(picture.width, picture.height) / 100);
  const box = [-margin, -margin, picture.width + 2 * margin, picture.height + 2 * margin];
  const hatch = `${figure.id}-hatch`;
  map.hatch = element(
    "pattern", { id: hatch, patternUnits: "userSpaceOnUse", width: 8, height: 8, patternTransform: "rotate(45)" },
    element("rect", { class: "none", width: 8, height: 8 }), element("rect", { class: "stripe", width: 3, height: 8 }),
  );
  const areas = element("g");
  const names = element("g", { class: "names", "aria-hidden": "true" });
  map.svg = element("svg", { viewBox: box.join(" "), role: "group", "aria-labelledby": `${figure.id}-title` }, element("defs", {}, map.hatch), areas, names);
  for (const area of picture.areas) {
    const part = map.parts.get(area.unit);
    if (!part) continue;
    const path = element("path", { d: area.path });
    const title = element("title");
    Object.assign(part, { area, path, title, link: element("a", {}, title, path), fill: `url(#${hatch})` });
    part.text = element("text", { x: area.x, y: area.y }, element("tspan", { x: area.x }), element("tspan", { x: area.x }));
    areas.append(part.link);
    names.append(part.text);
    part.tile.remove();
  }
  figure.querySelector(".ground").append(map.svg);
  // What has the focus lies above its neighbours, whose borders would cover its ring.
  map.focus = element("path", { class: "focus", fill: "none" });
  areas.append(map.focus);
  areas.addEventListener("focusin", ({ target }) => map.focus.setAttribute("d", target.querySelector("path").getAttribute("d")));
  areas.addEventListener("focusout", () => map.focus.removeAttribute("d"));
  new ResizeObserver(() => placeNames(map)).observe(map.svg);
}

function show(map, frame) {
  map.frame = frame;
  const { areas, label } = map.spec.frames[frame];
  for (const part of map.parts.values()) {
    const area = areas[part.index];
    const swatch = area.level === undefined || area.level === null ? "few" : area.level ? `level-${area.level}` : "none";
    if (part.area) showArea(map, part, area, swatch);
    else showTile(part, area, swatch);
  }
  const output = map.figure.querySelector("output");
  if (output && output.textContent !== label) output.textContent = label;
  map.figure.querySelector(".time input")?.setAttribute("aria-valuetext", label);
  if (map.svg) placeNames(map);
}

function showArea(map, part, area, swatch) {
  const cases = area.n === undefined ? "" : ` (${map.spec.words.cases} ${area.n})`;
  const few = swatch === "few" ? ` · ${map.spec.words.few}` : "";
  part.title.textContent = `${part.name} ${area.text}${cases}${area.grade ? ` · ${area.grade}` : ""}${few}`;
  part.link.setAttribute("aria-label", part.title.textContent);
  part.link.setAttribute("role", area.href ? "link" : "img");
  if (area.href) part.link.setAttribute("href", area.href);
  else part.link.removeAttribute("href");
  part.path.setAttribute("class", `area ${swatch}`);
  if (swatch === "few") part.path.setAttribute("fill", part.fill);
  else part.path.removeAttribute("fill");
  part.text.setAttribute("class", swatch);
  part.text.children[0].textContent = part.name;
  part.text.children[1].textContent = area.text;
}

function showTile(part, area, swatch) {
  const tile = part.tile.firstElementChild;
  tile.className = `tile ${swatch}`;
  tile.lastElementChild.textContent = area.text;
  if (tile.matches("a") && area.href) tile.setAttribute("href", area.href);
}

/** Names keep the size of the page's text; those that find no room are left to the pointer and the table. */
function placeNames(map) {
  if (!map.svg.clientWidth) return;
  const scale = 1 / map.svg.getScreenCTM().a;
  const size = parseFloat(getComputedStyle(map.figure).fontSize) * 0.93 * scale;
  map.hatch.setAttribute("patternTransform", `scale(${scale}) rotate(45)`);
  for (const { area, text } of map.parts.values()) {
    if (!area) continue;
    const [name, value] = text.children;
    text.setAttribute("font-size", size);
    for (const line of [name, value]) line.removeAttribute("display");
    const fits = (line) => line.getComputedTextLength() < area.room * 1.08;
    name.setAttribute("y", area.y - size * 0.1);
    value.setAttribute("y", area.y + size * 1.05);
    if (fits(name) && fits(value)) continue;
    name.setAttribute("display", "none");
    value.setAttribute("y", area.y + size * 0.35);
    if (!fits(value)) value.setAttribute("display", "none");
  }
}

function startTime(map) {
  const bar = map.figure.querySelector(".time");
  if (!bar) return;
  const [button, range] = [bar.querySelector("button"), bar.querySelector("input")];
  const last = map.spec.frames.length - 1;
  bar.hidden = false;
  const pause = () => {
    clearInterval(map.timer);
    map.timer = 0;
    button.textContent = map.spec.words.play;
  };
  const step = () => {
    if (!map.figure.isConnected || map.frame >= last) return pause();
    range.value = map.frame + 1;
    show(map, map.frame + 1);
    if (map.frame >= last) pause();
  };
  range.addEventListener("input", () => {
    pause();
    show(map, Number(range.value));
  });
  button.addEventListener("click", () => {
    if (map.timer) return pause();
    if (map.frame >= last) {
      range.value = 0;
      show(map, 0);
    }
    button.textContent = map.spec.words.pause;
    map.timer = setInterval(step, 1200);
  });
}

document.addEventListener("figures", drawAll);
document.addEventListener("htmx:afterSettle", drawAll);
drawAll();
