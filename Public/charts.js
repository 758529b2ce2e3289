// Draws the charts of a page with ECharts, which is fetched only where there is one. Each <figure data-chart="KIND">
// has what it shows as JSON in a script of type application/json, or at the address in `data-source`, and the
// same as a table. Texts come formatted from the server; only the axes' numbers are made here.
const language = document.documentElement.lang;
const address = document.querySelector("script[data-echarts]").dataset.echarts;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();
let library;

/** Draws what is not drawn yet and lets go of what left the page; wall.js and lists that refresh call it again. */
async function drawAll() {
  for (const [figure, chart] of drawn) if (!figure.isConnected) forget(figure, chart);
  const waiting = [...document.querySelectorAll("figure[data-chart]")].filter((figure) => !drawn.has(figure));
  if (!waiting.length) return;
  library ??= import(address).then((module) => module.aS);
  const echarts = await library;
  for (const figure of waiting) if (!drawn.has(figure)) await prepare(echarts, figure);
}

async function prepare(echarts, figure) {
  drawn.set(figure, null);
  const source = figure.dataset.source;
  const spec = source
    ? await fetch(source).then((answer) => answer.json())
    : JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const plot = figure.querySelector(".plot");
  const chart = { echarts, figure, plot, spec, kind: figure.dataset.chart, width: 0, instance: null };
  drawn.set(figure, chart);
  draw(chart);
  sizes.observe(plot);
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const chart = drawn.get(target.closest("figure"));
    // A panel of the wall that is turned away has no width; it is drawn when its turn comes.
    if (chart && target.clientWidth && Math.abs(target.clientWidth - chart.width) > 1) draw(chart);
  }
});

function forget(figure, chart) {
  if (chart) {
    sizes.unobserve(chart.plot);
    chart.instance?.dispose();
  }
  drawn.delete(figure);
}

function draw(chart) {
  const { plot, spec } = chart;
  chart.width = plot.clientWidth;
  if (!chart.width) return;
  const look = lookOf(chart.figure, chart.width, spec);
  const picture = kinds[chart.kind](spec, look);
  picture.height = Math.round(picture.height);
  plot.style.height = `${picture.height}px`;
  // On the wall there may be less room.
  const height = plot.clientHeight;
  const renderer = picture.marks > 2000 ? "canvas" : "svg";
  const isFirst = !chart.instance;
  chart.instance?.dispose();
  chart.instance = chart.echarts.init(plot, null, { renderer, width: chart.width, height });
  chart.instance.setOption({
    animation: isFirst && !calm.matches,
    animationDuration: 250,
    aria: { enabled: false },
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.text },
    ...picture.option,
  });
  chart.instance.on("click", ({ data, event }) => follow(data?.href, event?.event));
  const svg = plot.querySelector("svg");
  // On paper it is as wide as the paper.
  svg?.setAttribute("viewBox", `0 0 ${chart.width} ${height}`);
}

function follow(href, event) {
  if (!href) return;
  if (event?.ctrlKey || event?.metaKey) window.open(href);
  else location.assign(href);
}

/** What the page's stylesheet says, at this moment, for this figure. `px` is a pixel beside text of 13: all grows with it. */
function lookOf(figure, width, spec) {
  const style = getComputedStyle(figure);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const tones = ["text", "muted", "line", "edge", "ground", "raised", "hover", "accent", "red", "yellow", "green"];
  const look = Object.fromEntries(tones.map((name) => [name, value(name)]));
  const levels = [1, 2, 3, 4, 5];
  const size = Math.max(11, Math.round(parseFloat(style.fontSize) * 0.93));
  return {
    ...look, width, size, px: size / 13, font: style.fontFamily, narrow: width < size * 36,
    levels: ["", ...levels.map((level) => value(`level-${level}`))],
    onLevels: ["", ...levels.map((level) => value(`on-level-${level}`))],
    number: format(spec.unit),
  };
}

function format(unit) {
  const percent = unit === "percent";
  const numbers = new Intl.NumberFormat(language, {
    style: percent ? "percent" : "decimal", maximumFractionDigits: 1,
  });
  return (value) => numbers.format(value);
}

/** The width of a text in pixels. */
const measure = (() => {
  const context = document.createElement("canvas").getContext("2d");
  return (text, look) => {
    context.font = `${look.size}px ${look.font}`;
    return Math.ceil(context.measureText(text).width);
  };
})();

const widest = (texts, look) => texts.reduce((most, text) => Math.max(most, measure(text, look)), 0);

const valueAxis = (look, more = {}) => ({
  type: "value", splitNumber: look.narrow ? 3 : 5, interval: more.max === 1 ? (look.narrow ? 0.5 : 0.2) : undefined,
  axisLabel: { color: look.muted, fontSize: look.size, margin: 8 * look.px, formatter: look.number, hideOverlap: true },
  axisLine: { show: false }, axisTick: { show: false },
  splitLine: { lineStyle: { color: look.line } },
  ...more,
});

const categoryAxis = (look, names, more = {}) => ({
  type: "category", data: names,
  axisLabel: { color: look.text, fontSize: look.size, margin: 8 * look.px, hideOverlap: true },
  axisLine: { lineStyle: { color: look.edge } }, axisTick: { show: false },
  ...more,
});

/** Several lines differ by dash and mark; one has the accent. */
const lineStyles = (look) => [
  { color: look.accent, type: "solid", symbol: "circle", width: 2 * look.px },
  { color: look.text, type: [6 * look.px, 4 * look.px], symbol: "rect", width: 1.5 * look.px },
  { color: look.muted, type: [2 * look.px, 3 * look.px], symbol: "triangle", width: 1.5 * look.px },
  { color: look.muted, type: [10 * look.px, 3 * look.px], symbol: "diamond", width: 1.5 * look.px },
];

const styleOf = (tone, index, look) => {
  const styles = lineStyles(look);
  return tone === "red" ? { ...styles[0], color: look.red } : styles[index % styles.length];
};

const legendOf = (names, look) =>
  names.length < 2 ? undefined : {
    data: names, top: 0, left: 0, itemWidth: 28 * look.px, itemHeight: 8 * look.px, itemGap: 12 * look.px, selectedMode: false,
    textStyle: { color: look.text, fontSize: look.size, fontFamily: look.font },
  };

// Trends: lines over time, a band for the interval.
function line(spec, look) {
  const names = spec.series.map((each) => each.name);
  const series = spec.series.flatMap((each, index) => {
    const style = styleOf(each.tone, index, look);
    return [...band(each, index, style), {
      type: "line", name: each.name, symbol: style.symbol, symbolSize: 7 * look.px, cursor: each.points.some(({ href }) => href) ? "pointer" : "default",
      showAllSymbol: "auto", connectNulls: false, z: 3,
      color: style.color, lineStyle: { color: style.color, type: style.type, width: style.width },
      itemStyle: { color: style.color },
      data: each.points.map((point) => ({ ...point, value: point.value ?? null })),
    }];
  });
  const top = names.length > 1 ? look.size * (look.narrow && names.length > 2 ? 4.5 : 2.6) : look.size;
  const isShare = spec.unit === "percent";
  return {
    height: (look.narrow ? 200 : 280) * look.px,
    marks: names.length * spec.labels.length,
    option: {
      grid: { top, left: 4, right: look.size * 2, bottom: 4, containLabel: true },
      legend: legendOf(names, look),
      xAxis: categoryAxis(look, spec.labels, { boundaryGap: false, axisLabel: { color: look.muted, fontSize: look.size, margin: 8 * look.px, hideOverlap: true } }),
      yAxis: valueAxis(look, {
        scale: isShare, min: isShare ? undefined : 0, max: isShare ? ({ max }) => (max > 0.8 ? 1 : undefined) : undefined,
        minInterval: spec.unit === "number" ? 1 : undefined,
      }),
      tooltip: { ...tooltip(look), trigger: "axis", axisPointer: { lineStyle: { color: look.edge } }, formatter: (all) => lineTip(all, spec) },
      series,
    },
  };
}

/** Made of text: what is made of HTML has styles of its own, which the page's policy forbids. */
const tooltip = (look) => ({
  renderMode: "richText", confine: true, backgroundColor: look.ground, borderColor: look.edge, borderWidth: 1,
  padding: [6, 10], textStyle: { fontFamily: look.font, fontSize: look.size, color: look.text },
});

function lineTip(all, spec) {
  const index = all[0].dataIndex;
  const rows = spec.series.map((each) => {
    const { text, range } = each.points[index];
    const name = spec.series.length > 1 ? `${each.name}  ` : "";
    return `${name}${text}${range ? `  (${range})` : ""}`;
  });
  return [spec.labels[index], ...rows].join("\n");
}

function band(each, index, style) {
  if (!each.points.some((point) => point.low != null)) return [];
  const common = {
    type: "line", stack: `band ${index}`, stackStrategy: "all", symbol: "none", silent: true,
    lineStyle: { opacity: 0 }, tooltip: { show: false },
  };
  return [
    { ...common, data: each.points.map(({ low }) => low ?? null) },
    {
      ...common, areaStyle: { color: style.color, opacity: 0.16 },
      data: each.points.map(({ low, high }) => (low == null ? null : high - low)),
    },
  ];
}

/** The paint of a bar: what rests on too few cases is hollow. */
const paint = (tone, look) =>
  tone === "few"
    ? { color: look.ground, borderColor: look.edge, borderType: "dashed", borderWidth: 1 }
    : { color: tone === "red" ? look.red : tone === "muted" ? look.edge : look.accent };

// By county or category: bars with the interval's whiskers, the text at the right.
function bars(spec, look) {
  const thick = (look.narrow ? 12 : 16) * look.px;
  const row = thick + look.size + (look.narrow ? 9 : 4) * look.px;
  const most = Math.min(widest(spec.bars.map(({ name }) => name), look) + 14 * look.px, look.width * 0.42);
  const texts = widest(spec.bars.map(({ text }) => text), look) + 16 * look.px;
  const high = spec.bars.reduce((all, bar) => Math.max(all, bar.high ?? bar.value ?? 0), 0);
  const hasWhiskers = spec.bars.some((bar) => bar.low != null);
  const end = hasWhiskers ? texts : texts + 4;
  return {
    height: spec.bars.length * row + look.size + 20,
    marks: spec.bars.length * 3,
    option: {
      grid: { top: 2, left: most, right: end, bottom: look.size + 14 },
      xAxis: valueAxis(look, { min: 0, max: spec.unit === "percent" && high > 0.6 ? 1 : undefined, minInterval: spec.unit === "number" ? 1 : undefined }),
      yAxis: [
        categoryAxis(look, spec.bars.map(({ name }) => name), {
          inverse: true, axisLabel: { color: look.text, fontSize: look.size, interval: 0, width: most - 10 * look.px, margin: 7 * look.px, overflow: "break", lineHeight: look.size * 1.2 },
        }),
        categoryAxis(look, spec.bars.map(({ text }) => text), {
          inverse: true, position: "right", axisLine: { show: false },
          axisLabel: { color: look.text, fontSize: look.size, interval: 0, align: "right", margin: end - 2 },
        }),
      ],
      tooltip: { ...tooltip(look), formatter: ({ data }) => [data.name, data.text, data.range, data.note].filter(Boolean).join("\n") },
      series: [
        {
          type: "bar", barMaxWidth: thick, barCategoryGap: "25%", barMinHeight: 2, cursor: spec.bars.some(({ href }) => href) ? "pointer" : "default",
          data: spec.bars.map((bar) => ({ ...bar, value: bar.value ?? null, itemStyle: paint(bar.tone, look) })),
        },
        ...(hasWhiskers ? [whiskers(spec, look)] : []),
      ],
    },
  };
}

function whiskers(spec, look) {
  const data = spec.bars.map((bar, index) => [index, bar.low, bar.high]).filter(([, low]) => low != null);
  return {
    type: "custom", silent: true, z: 4, data, encode: { y: 0, x: [1, 2] },
    renderItem: (_, api) => {
      const [left, y] = api.coord([api.value(1), api.value(0)]);
      const [right] = api.coord([api.value(2), api.value(0)]);
      const tip = 4 * look.px;
      const stroke = (shape, width, color) => ({ type: "line", shape, style: { stroke: color, lineWidth: width * look.px } });
      const parts = [
        { x1: left, y1: y, x2: right, y2: y }, { x1: left, y1: y - tip, x2: left, y2: y + tip },
        { x1: right, y1: y - tip, x2: right, y2: y + tip },
      ];
      // With an edge of the ground's colour, so that it shows on the bar as well.
      return { type: "group", children: [...parts.map((shape) => stroke(shape, 3.5, look.ground)), ...parts.map((shape) => stroke(shape, 1.5, look.text))] };
    },
  };
}

// The steps of a procedure: how many have come so far.
function funnel(spec, look) {
  const steps = spec.steps.map((step) => ({ ...step, text: step.share ? `${step.text} · ${step.share}` : step.text }));
  const picture = bars({ unit: spec.unit, bars: steps }, look);
  picture.option.xAxis = { type: "value", show: false, min: 0, max: "dataMax" };
  picture.option.grid.bottom = 2;
  picture.height -= look.size + 12;
  return picture;
}

// How many went which way: through the tiers to their end.
function sankey(spec, look) {
  const links = spec.links.map(({ from, to, ...link }) => ({ ...link, source: from, target: to }));
  const color = (tone) => (tone === "red" ? look.red : tone === "muted" ? look.edge : look.accent);
  const label = ({ data }) => `${data.label_text}\n${data.text}`;
  const room = look.narrow ? 36 * look.px : widest(spec.nodes.map(({ name }) => name), look) + 24 * look.px;
  return {
    height: look.narrow ? Math.max(360, spec.nodes.length * 42) * look.px : Math.max(260, spec.nodes.length * 38) * look.px,
    marks: spec.nodes.length + links.length,
    option: {
      tooltip: { ...tooltip(look), formatter: label },
      series: [{
        type: "sankey", left: look.narrow ? 28 * look.px : 2, right: room, top: 8, bottom: (look.narrow ? 40 : 22) * look.px, nodeWidth: 12 * look.px, nodeGap: (look.narrow ? 14 : 18) * look.px,
        orient: look.narrow ? "vertical" : "horizontal", nodeAlign: "left", draggable: false, layoutIterations: 32,
        cursor: "pointer", emphasis: { focus: "adjacency" },
        label: {
          color: look.text, fontSize: look.size, lineHeight: look.size * 1.25, formatter: label,
          position: look.narrow ? "bottom" : "right", width: look.narrow ? look.width / 4 : undefined,
          overflow: "break", textBorderColor: look.ground, textBorderWidth: 3,
        },
        data: spec.nodes.map(({ id, name, tone, ...node }) => ({ ...node, name: id, label_text: name, itemStyle: { color: color(tone), borderWidth: 0 } })),
        links: links.map((link) => ({
          ...link, label_text: `${nameOf(spec, link.source)} → ${nameOf(spec, link.target)}`,
          lineStyle: { color: color(link.tone), opacity: 0.28, curveness: 0.5 },
        })),
      }],
    },
  };
}

const nameOf = (spec, id) => spec.nodes.find((node) => node.id === id).name;

// One year by its days, Monday first; on narrow screens from top to bottom.
function calendar(spec, look) {
  const words = (options, days) => days.map((day) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(day));
  // 2023-01-01 was a Sunday, with which ECharts' list of names begins.
  const weekdays = words({ weekday: "narrow" }, [1, 2, 3, 4, 5, 6, 7].map((day) => Date.UTC(2023, 0, day)));
  const months = words({ month: "short" }, [...Array(12).keys()].map((month) => Date.UTC(2023, month, 1)));
  const cell = look.narrow ? Math.min(13 * look.px, (look.width - 60) / 7) : Math.min(20 * look.px, (look.width - 40 * look.px) / 54);
  return {
    height: Math.ceil(look.narrow ? cell * 54 + 30 * look.px : cell * 7 + 34 * look.px),
    marks: spec.days.length,
    option: {
      tooltip: { ...tooltip(look), formatter: ({ data }) => `${data.name}\n${data.text}` },
      calendar: {
        range: String(spec.year), orient: look.narrow ? "vertical" : "horizontal", cellSize: [cell, cell],
        top: 27 * look.px, left: (look.narrow ? 46 : 32) * look.px,
        itemStyle: { color: look.ground, borderColor: look.line, borderWidth: 1 },
        splitLine: { lineStyle: { color: look.edge, width: 1 } },
        yearLabel: { show: false },
        monthLabel: { nameMap: months, color: look.muted, fontSize: look.size, fontFamily: look.font },
        dayLabel: { firstDay: 1, nameMap: weekdays, color: look.muted, fontSize: Math.min(look.size, Math.max(9, cell)), fontFamily: look.font },
      },
      series: [{
        type: "heatmap", coordinateSystem: "calendar", cursor: spec.days.some(({ href }) => href) ? "pointer" : "default",
        data: spec.days.map(({ day, level, ...datum }) => ({
          ...datum, value: [day, datum.value], itemStyle: { color: look.levels[level] || look.ground, borderColor: look.line, borderWidth: 1 },
        })),
      }],
    },
  };
}

// How long what is open stays open: falls with each that is solved, a cross where the watching ended.
function survival(spec, look) {
  const names = spec.curves.map(({ name }) => name);
  const series = spec.curves.flatMap((curve, index) => {
    const style = styleOf(curve.tone, index, look);
    return [
      {
        type: "line", name: curve.name, step: "end", symbol: style.symbol, showSymbol: false, z: 3, color: style.color,
        lineStyle: { color: style.color, type: style.type, width: style.width },
        data: curve.steps.map(({ at, value, text }) => ({ value: [at, value], text, name: curve.name })),
      },
      {
        type: "scatter", symbol: "path://M-4 0L4 0M0 -4L0 4", symbolSize: 8 * look.px, z: 4, silent: true, tooltip: { show: false },
        itemStyle: { color: "none", borderColor: style.color, borderWidth: 1.5 * look.px },
        data: curve.censored.map(({ at, value }) => [at, value]),
      },
    ];
  });
  return {
    height: (look.narrow ? 220 : 300) * look.px,
    marks: spec.curves.reduce((sum, { steps, censored }) => sum + steps.length + censored.length, 0),
    option: {
      grid: { top: names.length > 1 ? look.size * 2.6 : look.size, left: 4, right: look.size * 2, bottom: look.size * 1.6, containLabel: true },
      legend: legendOf(names, look),
      xAxis: valueAxis(look, {
        min: 0, max: spec.until, name: spec.axis, nameLocation: "middle", nameGap: look.size * 2, splitLine: { show: false },
        nameTextStyle: { color: look.muted, fontSize: look.size },
        axisLine: { show: true, lineStyle: { color: look.edge } }, axisLabel: { color: look.muted, fontSize: look.size, margin: 8 * look.px, formatter: format("number"), hideOverlap: true },
      }),
      yAxis: valueAxis({ ...look, number: format("percent") }, { min: 0, max: 1 }),
      tooltip: {
        ...tooltip(look), trigger: "axis", axisPointer: { lineStyle: { color: look.edge } },
        formatter: (all) => all.map(({ data }) => (names.length > 1 ? `${data.name}  ${data.text}` : data.text)).join("\n"),
      },
      series,
    },
  };
}

// The parts of a whole in one bar; their names stand in the list beneath.
function shares(spec, look) {
  const whole = spec.parts.reduce((sum, { value }) => sum + value, 0);
  const tone = (part) => part.level
    ? { fill: look.levels[part.level], text: look.onLevels[part.level] }
    : { fill: part.tone === "grey" ? look.edge : look[part.tone] ?? look.accent, text: look.ground };
  const series = spec.parts.map((part, index) => {
    const { fill, text } = tone(part);
    const label = `${part.mark ? `${part.mark} ` : ""}${part.share}`;
    return {
      type: "bar", stack: "all", barWidth: 32 * look.px, cursor: part.href ? "pointer" : "default",
      itemStyle: { color: fill, borderColor: part.level ? look.edge : look.ground, borderWidth: 1 },
      label: {
        show: measure(label, look) + 8 < (part.value / whole) * look.width, position: "inside",
        formatter: label, color: text, fontSize: look.size, fontFamily: look.font,
      },
      data: [{ ...part, value: part.value }],
    };
  });
  return {
    height: 36 * look.px,
    marks: series.length,
    option: {
      grid: { top: 2, left: 0, right: 0, bottom: 2 },
      xAxis: { type: "value", show: false, min: 0, max: whole || 1 },
      yAxis: { type: "category", show: false, data: [""] },
      tooltip: { ...tooltip(look), formatter: ({ data }) => `${data.name}\n${data.text} · ${data.share}` },
      series,
    },
  };
}

const kinds = { line, bars, funnel, sankey, calendar, survival, shares };

function redrawAll() {
  for (const chart of drawn.values()) if (chart) draw(chart);
}

dark.addEventListener("change", redrawAll);
// With the colours of paper, and back again.
matchMedia("print").addEventListener("change", redrawAll);
document.addEventListener("figures", drawAll);
document.addEventListener("htmx:afterSettle", drawAll);
drawAll();
