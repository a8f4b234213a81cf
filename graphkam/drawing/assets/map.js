/* The interactive map: what is shown, chosen, found and told. Text from records is only ever set as text. */
function graphkamMap(root, data, vis) {
  "use strict";

  const draw = graphkamDraw;
  const words = data.words;
  const part = (name) => root.querySelector(`.gk-${name}`);
  const stage = part("stage");
  const panel = part("panel");
  const nodes = new Map(data.details.map((d) => [d.id, d]));
  const state = { chosen: null, near: null, hovered: null, layers: new Set(), all: !data.has_minor_edges };
  const ties = new Map(); // node id -> its edges, and reporting lines as edges too
  let scale = 1;

  const reports = data.lines.map((l) => ({ ...l, from: l.target, to: l.source, layer: "reports", note: "" }));
  for (const edge of [...data.edges, ...reports]) {
    for (const end of [edge.from, edge.to]) {
      if (!ties.has(end)) ties.set(end, []);
      ties.get(end).push(edge);
    }
  }
  data.layers.filter((l) => l.is_on).forEach((l) => state.layers.add(l.code));

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* ---- the drawing ------------------------------------------------------------------------------ */

  /* As the label of a node, because labels come after the arrows: no arrow lies on a name. */
  function paint({ ctx, id, x, y }) {
    const d = nodes.get(id);
    return {
      drawExternalLabel() {
        draw.node(ctx, d, x, y, scale, {
          isDim: state.near !== null && !state.near.has(id),
          isChosen: state.chosen === id,
          isHovered: state.hovered === id,
        });
      },
      nodeDimensions: { width: d.width, height: d.height },
    };
  }

  const visNodes = new vis.DataSet(data.nodes.map((n) => ({ ...n, ctxRenderer: paint })));
  const isOurs = (edge) => edge.layer === "contact" || edge.layer === "seat"; // drawn from side to side
  const ours = data.edges.filter(isOurs);
  const theirs = data.edges.filter((edge) => !isOurs(edge));
  const visEdges = new vis.DataSet(theirs.map((e) => ({ ...e, hidden: !isShown(e) })));
  const network = new vis.Network(stage, { nodes: visNodes, edges: visEdges }, data.options);

  function beneath(ctx) {
    scale = network.getScale();
    data.boxes.forEach((b) => draw.box(ctx, b, scale));
    if (state.layers.has("reports")) {
      const width = Math.max(1.3, 0.7 / scale);
      const chosen = [];
      for (const l of data.lines) {
        const touches = state.chosen !== null && (l.source === state.chosen || l.target === state.chosen);
        if (touches) chosen.push(l);
        else draw.line(ctx, l.points, { width, isDim: state.near !== null, isFar: scale < 0.35 });
      }
      chosen.forEach((l) => draw.line(ctx, l.points, { width: width * 1.8, isChosen: true }));
    }
    for (const edge of ours) {
      if (isShown(edge)) draw.tie(ctx, edge, nodes.get(edge.from), nodes.get(edge.to), scale);
    }
    data.boxes.forEach((b) => draw.boxTitle(ctx, b, scale));
  }

  function isShown(edge) {
    if (!state.layers.has(edge.layer)) return false;
    if (state.chosen !== null) return edge.from === state.chosen || edge.to === state.chosen;
    return edge.major || (state.all && edge.layer !== "seat");
  }

  function refresh() {
    const changed = [];
    visEdges.forEach((edge) => {
      const hidden = !isShown(edge);
      if (hidden !== Boolean(edge.hidden)) changed.push({ id: edge.id, hidden });
    });
    if (changed.length) visEdges.update(changed);
    network.redraw();
  }

  /* ---- the view --------------------------------------------------------------------------------- */

  const bounds = data.boxes.reduce(
    (b, r) => [Math.min(b[0], r.x), Math.min(b[1], r.y), Math.max(b[2], r.x + r.width), Math.max(b[3], r.y + r.height)],
    [0, 0, data.width, data.height],
  );

  function wholeScale() {
    const margin = 24;
    const across = (stage.clientWidth - margin) / Math.max(bounds[2] - bounds[0], 1);
    const down = (stage.clientHeight - margin) / Math.max(bounds[3] - bounds[1], 1);
    return Math.max(Math.min(across, down, 1.35), 0.01);
  }

  function showAll(animated) {
    const position = { x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2 };
    network.moveTo({ position, scale: wholeScale(), animation: animated ? { duration: 250 } : false });
  }

  function zoom(factor) {
    const wished = Math.min(Math.max(network.getScale() * factor, wholeScale() * 0.6), 4);
    network.moveTo({ scale: wished, animation: { duration: 150 } });
  }

  /* Brings somebody into view: closer if asked, otherwise only if out of sight. */
  function bringIn(id, closer) {
    const d = nodes.get(id);
    const at = network.canvasToDOM({ x: d.x, y: d.y });
    const isOut = at.x < 60 || at.y < 40 || at.x > stage.clientWidth - 60 || at.y > stage.clientHeight - 40;
    if (!closer && !isOut) return;
    const wished = closer ? Math.max(network.getScale(), 0.95) : network.getScale();
    network.moveTo({ position: { x: d.x, y: d.y }, scale: wished, animation: { duration: 250 } });
  }

  /* ---- choosing --------------------------------------------------------------------------------- */

  function other(edge, id) {
    return edge.from === id ? edge.to : edge.from;
  }

  function choose(id, options) {
    if (!nodes.has(id)) return;
    state.chosen = id;
    recompute();
    tell(id);
    refresh();
    root.classList.remove("gk-no-panel");
    part("live").textContent = words.selected.replace("{name}", nodes.get(id).label);
    bringIn(id, options && options.closer);
    root.dataset.chosen = id;
  }

  function recompute() {
    if (state.chosen === null) return;
    const touching = (ties.get(state.chosen) || []).filter((e) => state.layers.has(e.layer));
    state.near = new Set([state.chosen, ...touching.map((e) => other(e, state.chosen))]);
  }

  function clear() {
    state.chosen = state.near = null;
    part("details").hidden = true;
    part("overview").hidden = false;
    part("live").textContent = "";
    delete root.dataset.chosen;
    refresh();
  }

  /* ---- the panel -------------------------------------------------------------------------------- */

  function tell(id) {
    const d = nodes.get(id);
    const told = part("details");
    const back = make("button", "gk-back", `← ${words.close}`);
    back.type = "button";
    back.addEventListener("click", clear);
    told.replaceChildren(back, make("h2", "gk-name", d.label));
    if (d.title) told.append(make("p", "gk-title", d.title));
    const facts = make("dl", "gk-facts");
    d.facts.forEach(([name, value]) => facts.append(make("dt", "", name), make("dd", "", value)));
    told.append(facts);
    data.layers.forEach((layer) => told.append(...tieGroup(id, layer)));
    told.hidden = false;
    part("overview").hidden = true;
    panel.scrollTop = 0;
  }

  function tieGroup(id, layer) {
    let found = (ties.get(id) || []).filter((e) => e.layer === layer.code);
    if (layer.code === "reports") found = found.filter((e) => e.to === id);
    if (!found.length) return [];
    const title = layer.code === "reports" ? words.reports_in : layer.label;
    const list = make("ul", "gk-ties");
    const entries = found.map((edge) => [nodes.get(other(edge, id)), edge]).filter(([d]) => d);
    entries.sort((a, b) => (b[1].width || 0) - (a[1].width || 0) || a[0].find.localeCompare(b[0].find));
    for (const [d, edge] of entries) {
      const item = make("li");
      const go = make("button", "gk-go", d.label);
      go.type = "button";
      go.addEventListener("click", () => choose(d.id));
      const arrow = layer.code === "influence" ? (edge.from === id ? "→ " : "← ") : "";
      item.append(go, make("span", "gk-note", arrow + (edge.note || d.title)));
      list.append(item);
    }
    return [make("h3", "", `${title} (${entries.length})`), list];
  }

  function swatch(entry) {
    const canvas = make("canvas", "gk-sample");
    canvas.setAttribute("aria-hidden", "true");
    draw.sample(canvas, entry);
    return canvas;
  }

  function legendLine(entry) {
    const item = make("div", entry.label.length > 12 ? "gk-entry gk-long" : "gk-entry");
    item.append(swatch(entry), make("span", "", entry.label));
    return item;
  }

  function fillOverview() {
    const boxes = part("layers");
    data.layers.forEach((layer) => {
      const [sample, ...more] = data.legend.filter((entry) => entry.edge && entry.edge.layer === layer.code);
      const line = tick(layer.label, layer.count, state.layers.has(layer.code), (on) => {
        state.layers[on ? "add" : "delete"](layer.code);
        recompute();
        refresh();
      });
      line.insertBefore(swatch(sample), line.children[1]);
      boxes.append(line, ...more.map(legendLine));
    });
    if (data.has_minor_edges) {
      boxes.append(tick(words.all_lines, null, false, (on) => { state.all = on; refresh(); }));
      boxes.append(make("p", "gk-hint", words.minor));
    }
    const legend = part("legend");
    let group = "";
    for (const entry of data.legend.filter((one) => one.node)) {
      if (entry.group !== group) legend.append(make("h3", "", (group = entry.group)));
      legend.append(legendLine(entry));
    }
  }

  function tick(text, count, isOn, changed) {
    const label = make("label", "gk-tick");
    const input = make("input");
    input.type = "checkbox";
    input.checked = isOn;
    input.addEventListener("change", () => changed(input.checked));
    label.append(input, make("span", "", text));
    if (count !== null) label.append(make("span", "gk-count", String(count)));
    return label;
  }

  /* ---- finding ---------------------------------------------------------------------------------- */

  const field = part("search");
  const matches = part("matches");

  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  }

  function search() {
    const wanted = folded(field.value).split(" ").filter(Boolean);
    matches.replaceChildren();
    matches.hidden = !wanted.length;
    field.setAttribute("aria-expanded", String(Boolean(wanted.length)));
    if (!wanted.length) return;
    const found = data.details.filter((d) => wanted.every((w) => d.find.includes(w))).slice(0, 10);
    if (!found.length) matches.append(make("div", "gk-no-match", words.no_match));
    for (const d of found) {
      const hit = make("button", "gk-match", d.label);
      hit.type = "button";
      hit.append(make("small", "", d.title));
      hit.addEventListener("click", () => take(d.id));
      matches.append(hit);
    }
  }

  function take(id) {
    field.value = "";
    search();
    showTable(false);
    choose(id, { closer: true });
    stage.focus({ preventScroll: true });
  }

  /* ---- table, tooltip, keyboard ----------------------------------------------------------------- */

  function showTable(on) {
    root.classList.toggle("gk-shows-table", on);
    part("to-table").textContent = on ? words.map : words.table;
    part("to-table").setAttribute("aria-pressed", String(on));
    if (!on) network.redraw();
  }

  const tip = part("tip");

  function showTip(name, title, facts, at) {
    tip.replaceChildren(make("strong", "", name));
    if (title) tip.append(make("div", "gk-title", title));
    facts.forEach(([label, value]) => {
      const row = make("div", "gk-tip-row");
      row.append(make("span", "gk-tip-name", label), make("span", "", value));
      tip.append(row);
    });
    tip.hidden = false;
    const x = Math.min(at.x + 16, stage.clientWidth - tip.offsetWidth - 8);
    const y = Math.min(at.y + 16, stage.clientHeight - tip.offsetHeight - 8);
    tip.style.left = `${Math.max(x, 8)}px`;
    tip.style.top = `${Math.max(y, 8)}px`;
  }

  let pointed; // the tie under the pointer

  function showEdge(edge, at) {
    const arrow = edge.layer === "influence" ? "→" : "–";
    showTip(`${nodes.get(edge.from).label} ${arrow} ${nodes.get(edge.to).label}`, edge.note, [], at);
  }

  function hideTip() {
    tip.hidden = true;
  }

  /* The nearest in a direction: straight ahead counts more than aside. */
  function step(dx, dy) {
    const from = nodes.get(state.chosen) || { x: bounds[0], y: bounds[1], id: null };
    let best = null;
    let least = Infinity;
    for (const d of nodes.values()) {
      const ahead = (d.x - from.x) * dx + (d.y - from.y) * dy;
      const aside = Math.abs((d.x - from.x) * dy) + Math.abs((d.y - from.y) * dx);
      if (d.id === from.id || ahead <= 1 || (from.id !== null && aside > ahead * 3 + 60)) continue;
      if (ahead + aside * 2 < least) [best, least] = [d.id, ahead + aside * 2];
    }
    if (best !== null) choose(best);
  }

  const KEYS = {
    ArrowLeft: () => step(-1, 0),
    ArrowRight: () => step(1, 0),
    ArrowUp: () => step(0, -1),
    ArrowDown: () => step(0, 1),
    Enter: () => state.chosen !== null && bringIn(state.chosen, true),
    "+": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: () => showAll(true),
    "/": () => field.focus(),
  };

  function listen() {
    network.on("beforeDrawing", beneath);
    network.on("click", ({ nodes: hit }) => (hit.length ? choose(hit[0]) : state.chosen !== null && clear()));
    network.on("doubleClick", ({ nodes: hit }) => hit.length && choose(hit[0], { closer: true }));
    network.on("hoverNode", ({ node, pointer }) => {
      state.hovered = node;
      const d = nodes.get(node);
      showTip(d.label, d.title, d.facts.slice(0, 8), pointer.DOM);
      stage.classList.add("gk-over");
      network.redraw();
    });
    network.on("blurNode", () => {
      state.hovered = null;
      hideTip();
      stage.classList.remove("gk-over");
      network.redraw();
    });
    network.on("hoverEdge", ({ edge, pointer }) => state.hovered === null && showEdge(visEdges.get(edge), pointer.DOM));
    network.on("blurEdge", () => state.hovered === null && hideTip());
    stage.addEventListener("mousemove", (event) => {
      if (state.hovered !== null || event.buttons) return;
      const at = { x: event.offsetX, y: event.offsetY };
      const { x, y } = network.DOMtoCanvas(at);
      const near = ours.find((e) => isShown(e) && draw.distance(nodes.get(e.from), nodes.get(e.to), x, y) < 5 / scale);
      if (near) showEdge(near, at);
      else if (pointed) hideTip();
      pointed = near;
    });
    ["dragStart", "zoom", "click"].forEach((event) => network.on(event, hideTip));
    stage.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in KEYS)) return;
      event.preventDefault();
      KEYS[event.key]();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (field.value) { field.value = ""; search(); } else if (state.chosen !== null) clear();
      hideTip();
      stage.focus({ preventScroll: true });
    });
    field.addEventListener("input", search);
    field.addEventListener("keydown", (event) => {
      const first = matches.querySelector("button");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    });
    part("fit").addEventListener("click", () => showAll(true));
    part("in").addEventListener("click", () => zoom(1.3));
    part("out").addEventListener("click", () => zoom(1 / 1.3));
    part("to-table").addEventListener("click", () => showTable(!root.classList.contains("gk-shows-table")));
    part("to-panel").addEventListener("click", () => root.classList.toggle("gk-no-panel"));
    root.querySelectorAll("[data-choose]").forEach((button) => {
      button.addEventListener("click", () => take(button.dataset.choose));
    });
    let isWhole = true;
    network.on("zoom", () => { isWhole = false; });
    network.on("dragEnd", () => { isWhole = false; });
    network.on("resize", () => isWhole && showAll(false));
    part("fit").addEventListener("click", () => { isWhole = true; });
  }

  fillOverview();
  listen();
  showAll(false);
  network.once("afterDrawing", () => { root.dataset.ready = "1"; });
  network.redraw();
  return { network, choose, clear, showAll, state };
}
