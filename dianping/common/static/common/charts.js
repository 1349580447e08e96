// Two drawings, both only a second view of a table on the same page: the map of one level, and the days to come.
// Numbers come from <script type="application/json">, words from data-word-* on the container.
"use strict";

(function () {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const INK = colour("--ink"), INK2 = colour("--ink-2"), EDGE = colour("--edge"), PAPER = colour("--paper");
  const RED = colour("--red"), RED_DEEP = colour("--red-deep"), GREEN = colour("--green-mark"), LATE = colour("--green-pale"), OVERDUE = colour("--red-pale");
  const FILL = colour("--green-fill"), SHADE = colour("--shade-faint");
  const font = getComputedStyle(document.body).fontFamily;
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const said = (n) => n.toLocaleString("en-US");
  const source = (box) => JSON.parse(document.getElementById(box.dataset.source).textContent);
  const word = (box, name) => box.getAttribute("data-word-" + name);

  // Rectangles whose areas are as the nodes' `owed`, largest first, as near to squares as can be.
  function squares(nodes, x, y, width, height) {
    const left = nodes.filter((n) => n.owed > 0).sort((a, b) => b.owed - a.owed);
    let total = left.reduce((sum, n) => sum + n.owed, 0);
    const placed = [];
    while (left.length) {
      const along = Math.min(width, height), across = Math.max(width, height);
      const worst = (row, sum) => {
        const depth = (sum / total) * across;
        return Math.max(...row.map((n) => { const side = (n.owed / sum) * along; return Math.max(side / depth, depth / side); }));
      };
      const row = [left.shift()];
      let sum = row[0].owed;
      while (left.length && worst([...row, left[0]], sum + left[0].owed) <= worst(row, sum)) {
        sum += left[0].owed;
        row.push(left.shift());
      }
      const depth = (sum / total) * across;
      let at = 0;
      for (const node of row) {
        const side = (node.owed / sum) * along;
        placed.push(width >= height ? { node, x, y: y + at, width: depth, height: side } : { node, x: x + at, y, width: side, height: depth });
        at += side;
      }
      if (width >= height) { x += depth; width -= depth; } else { y += depth; height -= depth; }
      total -= sum;
    }
    return placed;
  }

  // Diagonals inside a rectangle: what is missing is hatched here as it is on a ledger page.
  function hatch(x, y, width, height) {
    let d = "";
    for (let k = 7; k < width + height; k += 7) {
      d += `M${x + Math.max(0, k - height)} ${y + Math.min(k, height)}L${x + Math.min(k, width)} ${y + Math.max(0, k - width)}`;
    }
    return d;
  }

  // One tile, read like the bar above it: from the left what was done, at the right edge, hatched, what is overdue.
  function tile(box, cell) {
    const gap = 1.5, { node } = cell;
    const x = cell.x + gap, y = cell.y + gap, width = Math.max(0, cell.width - 2 * gap), height = Math.max(0, cell.height - 2 * gap);
    const share = (n) => (n / node.owed) * width;
    const band = (left, wide, fill) => ({ type: "rect", shape: { x: left, y, width: wide, height }, style: { fill }, emphasisDisabled: true });
    const children = [
      band(x, width, PAPER),
      band(x, share(node.on_time), FILL),
      band(x + share(node.on_time), share(node.late), LATE),
    ];
    if (node.overdue) {
      const wide = share(node.overdue), left = x + width - wide;
      children.push(band(left, wide, OVERDUE));
      children.push({ type: "path", shape: { d: hatch(left, y, wide, height) }, style: { stroke: RED, lineWidth: 1, opacity: .6, fill: "none" }, silent: true });
    }
    children.push({ type: "rect", shape: { x, y, width, height }, style: { fill: "transparent", stroke: node.overdue ? RED : EDGE, lineWidth: 1 }, emphasis: { style: { stroke: INK, lineWidth: 2 } } });
    return { type: "group", children: children.concat(label(box, node, x, y, width, height)) };
  }
  function label(box, node, x, y, width, height) {
    const size = rem() * .86, line = size * 1.5, room = width - size, done = node.on_time + node.late;
    const across = Math.floor(room / size - .2), down = Math.floor((height - size * .5) / line);
    if (across < 2 || down < 1) return [];
    const wrap = down >= 3 && node.name.length > across ? 2 : 1;
    const cut = Math.min(across, node.name.length - 3); // no line holds less than three characters
    const name = wrap === 2 ? [node.name.slice(0, cut), node.name.slice(cut)] : [node.name];
    const lines = name.map((text) => ({ text, weight: 600, fill: INK }));
    const counts = across >= 8 ? `${word(box, "owed")} ${said(node.owed)} · ${word(box, "done")} ${said(done)}` : `${said(done)}/${said(node.owed)}`;
    if (down > lines.length && (across >= 3 || counts.length < 6)) lines.push({ text: counts, weight: 400, fill: INK });
    if (down > lines.length && node.overdue) lines.push({ text: `${word(box, "overdue")} ${said(node.overdue)}`, weight: 600, fill: RED_DEEP });
    const covered = node.overdue / node.owed > .4; // only then would the words stand on the hatching
    return lines.map((one, i) => ({
      type: "text",
      silent: true,
      style: {
        text: one.text, x: x + size * .5, y: y + size * .4 + i * line, width: room, overflow: "truncate", ellipsis: "…",
        font: `${one.weight} ${size}px ${font}`, fill: one.fill, backgroundColor: covered ? PAPER : undefined,
      },
    }));
  }
  const tooltip = () => ({
    renderMode: "richText", confine: true, backgroundColor: PAPER, borderColor: INK, borderWidth: 1, padding: 8, borderRadius: 0, shadowBlur: 0, shadowColor: "transparent",
    textStyle: { color: INK, fontFamily: font, fontSize: rem() * .8667, lineHeight: rem() * 1.3, textShadowBlur: 0 },
    transitionDuration: 0,
  });

  function mapOption(box) {
    const nodes = source(box);
    let cells = null;
    const option = {
      animation: false,
      tooltip: {
        ...tooltip(),
        formatter: ({ dataIndex }) => {
          const node = cells[dataIndex].node;
          const parts = ["on_time", "late", "open", "overdue"].map((kind) => `${word(box, kind)} ${said(node[kind])}`);
          return `${node.name}\n${word(box, "owed")} ${said(node.owed)}\n${parts.join("\n")}`;
        },
      },
      series: [{
        type: "custom", coordinateSystem: "none", data: nodes.filter((n) => n.owed > 0).map((n) => n.owed),
        renderItem: (params, api) => {
          if (params.dataIndex === 0 || !cells) cells = squares(nodes, 0, 0, api.getWidth(), api.getHeight());
          return tile(box, cells[params.dataIndex]);
        },
      }],
    };
    return { option, urlOf: (index) => cells[index].node.url };
  }

  function daysOption(box) {
    const days = source(box), today = box.dataset.today;
    const at = (day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
    const total = (d) => d.done + d.open + d.overdue;
    const most = Math.max(...days.map(total)), told = (d) => days.length <= 12 || total(d) > most / 20; // of many days the smaller are told on hover and in the table
    const bars = (name, fill) => ({ name: word(box, name), type: "bar", stack: "all", data: days.map((d) => d[name] || null), itemStyle: { color: fill, borderColor: name === "open" ? INK2 : fill, borderWidth: name === "open" ? 1 : 0 }, barMaxWidth: rem() * 1.5, barMinHeight: 3 });
    const text = { color: INK, fontFamily: font, fontSize: rem() * .8 };
    const option = {
      animation: false,
      grid: { left: 4, right: 4, top: rem() * 1.9, bottom: rem() * 1.9 },
      tooltip: { ...tooltip(), trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: SHADE } } },
      xAxis: {
        type: "category", data: days.map((d) => at(d.day)), axisTick: { show: false }, axisLine: { lineStyle: { color: INK } },
        axisLabel: { ...text, hideOverlap: true, interval: (i) => days[i].day === today || days[i].day.endsWith("-01") || told(days[i]), formatter: (value, i) => (days[i].day === today ? word(box, "today") : value) },
      },
      yAxis: { type: "value", show: false, max: (v) => v.max * 1.02 },
      series: [
        bars("done", GREEN), bars("overdue", RED), bars("open", PAPER),
        {
          type: "scatter", data: days.map((d) => total(d) || null), symbolSize: .1, silent: true, tooltip: { show: false },
          label: { show: true, position: "top", distance: 2, ...text, formatter: ({ value, dataIndex }) => (told(days[dataIndex]) ? said(value) : "") }, labelLayout: { hideOverlap: true },
          markLine: { symbol: "none", silent: true, label: { show: false }, lineStyle: { color: RED, width: 1, type: "solid" }, data: days.some((d) => d.day === today) ? [{ xAxis: days.findIndex((d) => d.day === today) }] : [] },
        },
      ],
    };
    return { option, urlOf: (index) => days[index].url };
  }

  function draw(box) {
    const make = () => (box.dataset.chart === "map" ? mapOption(box) : daysOption(box));
    box.classList.add("drawn");
    const chart = window.echarts.init(box, null, { renderer: "svg" });
    let made = make();
    chart.setOption(made.option);
    const scalable = () => box.querySelector("svg").setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`); // print.css fits it to the page
    scalable();
    chart.on("click", ({ dataIndex }) => {
      const url = made.urlOf(dataIndex);
      if (url) location.assign(url);
    });
    const again = (size) => { chart.resize(size); made = make(); chart.setOption(made.option, true); scalable(); };
    let waiting = null;
    window.addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(again, 100, { width: "auto", height: "auto" }); });
    window.addEventListener("beforeprint", () => again({ width: 700, height: box.dataset.chart === "map" ? 400 : 170 })); // the shape of half an A4 page
    window.addEventListener("afterprint", () => again({ width: "auto", height: "auto" }));
  }
  if (window.echarts) for (const box of document.querySelectorAll("[data-chart]")) draw(box);
})();
