/* The interactive map: what is shown, chosen, folded, moved. Beside it: ties.js, panel.js, draw.js.

   ``kept`` is what a reader has done to the map so far (camera, choice, folds, moves), to go on from;
   ``told`` hears of what the reader does: choose(id or null), edge(edge), move(id, [x, y]), open(id). */
function graphkamMap(root, data, vis, kept, told) {
  "use strict";

  const draw = graphkamDraw;
  const words = data.words;
  const part = (name) => root.querySelector(`.gk-${name}`);
  const stage = part("stage");
  const nodes = new Map(data.details.map((d) => [d.id, { ...d, plan: [d.x, d.y] }]));
  const ties = graphkamTies(data, nodes);
  const tell = { choose() {}, edge() {}, move() {}, open() {}, ...told };
  const before = kept || {};

  /* A kind of line that was not there before is as the picture has it: what is laid over is seen. */
  function isOn(code) {
    const wasThere = before.layers && before.known.includes(code);
    return wasThere ? before.layers.includes(code) : data.layers.find((l) => l.code === code).is_on;
  }

  const state = {
    chosen: null,
    edge: null,
    near: null,
    steps: before.steps || 1,
    hovered: null,
    tile: null,
    layers: new Set(data.layers.map((l) => l.code).filter(isOn)),
    all: before.all || !data.has_minor_edges,
    closed: new Set(before.closed || data.boxes.filter((b) => b.is_closed).map((b) => b.id)),
    moved: { ...before.moved },
  };
  const parents = new Set(data.details.map((d) => d.home).filter(Boolean).flatMap((home) => ties.around(home)));
  data.boxes.forEach((b) => { b.opens = b.kind === "unit" && parents.has(b.id); });
  const ends = new AbortController();
  const on = (target, event, done) => target.addEventListener(event, done, { signal: ends.signal });
  let scale = 1;
  let isSettled = false; // before it has its room, vis-network has its own idea of a first view
  let lines = [];

  /* ---- the drawing ------------------------------------------------------------------------------ */

  /* As the label of a node, because labels come last: no line lies on a name. */
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

  Object.entries(state.moved).forEach(([id, [x, y]]) => {
    if (nodes.has(id)) Object.assign(nodes.get(id), { x, y });
  });
  const visNodes = new vis.DataSet(
    data.nodes.map((n) => {
      const { x, y } = nodes.get(n.id);
      return { ...n, x, y, hidden: Boolean(ties.hiddenBy(n.id, state.closed)), ctxRenderer: paint };
    }),
  );
  const network = new vis.Network(stage, { nodes: visNodes, edges: [] }, data.options);

  function isHome(d) {
    return d.x === d.plan[0] && d.y === d.plan[1];
  }

  /* The corners of a reporting line; where one of its ends was moved, simply down and across. */
  function corners(l) {
    const boss = nodes.get(l.source);
    const one = nodes.get(l.target);
    if (isHome(boss) && isHome(one)) return l.points;
    const middle = (boss.y + one.y) / 2;
    return [[boss.x, boss.y], [boss.x, middle], [one.x, middle], [one.x, one.y]];
  }

  function beneath(ctx) {
    scale = network.getScale();
    if (isSettled) seen = { position: network.getViewPosition(), scale };
    const tiles = data.boxes.filter((b) => state.closed.has(b.id) && !isInside(b));
    const open = data.boxes.filter((b) => !state.closed.has(b.id) && !isInside(b));
    open.forEach((b) => draw.box(ctx, b, scale));
    if (state.layers.has("reports")) reporting(ctx);
    for (const { edge, a, b } of lines) {
      draw.edge(ctx, edge, draw.curve(edge.layer, a, b), scale, {
        isChosen: state.edge === edge.id,
        isDim: state.edge !== null && state.edge !== edge.id,
      });
    }
    open.forEach((b) => draw.boxTitle(ctx, b, scale));
    const near = state.near && new Set([...state.near].map((id) => ties.hiddenBy(id, state.closed)).filter(Boolean));
    tiles.forEach((b) => draw.tile(ctx, b, scale, { isHovered: state.tile === b.id, isDim: near && !near.has(b) }));
  }

  /* Whether a box is in a closed one. */
  function isInside(b) {
    return ties.around(b.parent).some((id) => state.closed.has(id));
  }

  function reporting(ctx) {
    const width = Math.max(1.3, 0.7 / scale);
    const chosen = [];
    for (const l of data.lines) {
      const ends = [ties.hiddenBy(l.source, state.closed), ties.hiddenBy(l.target, state.closed)];
      if (ends[0] && ends[0] === ends[1]) continue;
      const touches = state.chosen !== null && (l.source === state.chosen || l.target === state.chosen);
      if (touches) chosen.push(l);
      else draw.line(ctx, corners(l), { width, isDim: state.near !== null, isFar: scale < 0.35 });
    }
    chosen.forEach((l) => draw.line(ctx, corners(l), { width: width * 1.8, isChosen: true }));
  }

  function refresh() {
    recompute();
    lines = ties.shown(state);
    network.redraw();
  }

  function recompute() {
    state.near = state.chosen === null ? null : ties.near(state.chosen, state.steps, state.layers);
  }

  /* ---- the view --------------------------------------------------------------------------------- */

  const frames = data.details.map((d) => ({ x: d.x - d.width / 2, y: d.y - d.height / 2, width: d.width, height: d.height }));
  const bounds = [...data.boxes, ...frames].reduce(
    (b, r) => [Math.min(b[0], r.x), Math.min(b[1], r.y), Math.max(b[2], r.x + r.width), Math.max(b[3], r.y + r.height)],
    [0, 0, data.width, data.height],
  );

  function wholeScale() {
    const margin = 24;
    const across = (stage.clientWidth - margin) / Math.max(bounds[2] - bounds[0], 1);
    const down = (stage.clientHeight - margin) / Math.max(bounds[3] - bounds[1], 1);
    return Math.max(Math.min(across, down, 1.35), 0.01);
  }

  let isWhole = !before.camera;
  let seen = before.camera; // at the last drawing: when the room has changed, the network no longer knows

  function showAll(animated) {
    isWhole = true;
    const position = { x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2 };
    network.moveTo({ position, scale: wholeScale(), animation: animated ? { duration: 250 } : false });
  }

  function zoom(factor) {
    isWhole = false;
    const wished = Math.min(Math.max(network.getScale() * factor, wholeScale() * 0.6), 4);
    network.moveTo({ scale: wished, animation: { duration: 150 } });
  }

  /* Brings somebody into view: closer if asked, otherwise only if out of sight. */
  function bringIn(id, closer) {
    const d = nodes.get(id);
    const at = network.canvasToDOM({ x: d.x, y: d.y });
    const isOut = at.x < 60 || at.y < 40 || at.x > stage.clientWidth - 60 || at.y > stage.clientHeight - 40;
    if (!closer && !isOut) return;
    isWhole = false;
    const wished = closer ? Math.max(network.getScale(), 0.95) : network.getScale();
    network.moveTo({ position: { x: d.x, y: d.y }, scale: wished, animation: { duration: 250 } });
  }

  function bringBox(b) {
    isWhole = false;
    const across = (stage.clientWidth - 60) / b.width;
    const down = (stage.clientHeight - 60) / b.height;
    const position = { x: b.x + b.width / 2, y: b.y + b.height / 2 };
    network.moveTo({ position, scale: Math.min(across, down, 1.1), animation: { duration: 300 } });
  }

  /* ---- choosing --------------------------------------------------------------------------------- */

  function choose(id, options) {
    if (!nodes.has(id)) return;
    const { closer, isOwn } = options || {};
    const wasHidden = unfoldTo(id);
    state.chosen = id;
    state.edge = null;
    panel.tell(id);
    refresh();
    if (!root.classList.contains("gk-embedded")) root.classList.remove("gk-no-panel");
    panel.announce(words.selected.replace("{name}", nodes.get(id).label));
    if (wasHidden) bringBox(ties.boxes.get(nodes.get(id).home));
    else bringIn(id, closer);
    root.dataset.chosen = id;
    if (isOwn) tell.choose(id);
  }

  function clear(options) {
    if (state.chosen === null && state.edge === null) return;
    state.chosen = state.edge = null;
    panel.tellAll();
    panel.announce("");
    delete root.dataset.chosen;
    refresh();
    if (!options || !options.isQuiet) tell.choose(null);
  }

  function chooseEdge(edge) {
    state.edge = edge.id;
    refresh();
    tell.edge(edge);
  }

  function openIt(id) {
    choose(id, { closer: true, isOwn: true });
    tell.open(id);
  }

  /* ---- boxes that open and close ---------------------------------------------------------------- */

  function fold(id, isClosed, options) {
    state.closed[isClosed ? "add" : "delete"](id);
    if (isClosed && state.chosen !== null && ties.hiddenBy(state.chosen, state.closed)) clear();
    refold();
    if (!isClosed && options && options.isOwn) bringBox(ties.boxes.get(id));
  }

  function foldAll(isClosed) {
    const all = data.boxes.filter((b) => b.opens).map((b) => b.id);
    const outermost = all.filter((id) => !ties.boxes.get(id).parent);
    const some = outermost.length > 1 ? outermost : all.filter((id) => outermost.includes(ties.boxes.get(id).parent));
    state.closed = new Set(isClosed ? (some.length ? some : outermost) : []);
    if (isClosed) clear();
    refold();
    if (isClosed) showAll(true);
  }

  function unfoldTo(id) {
    const home = nodes.get(id).home;
    const around = home ? ties.around(home).filter((box) => state.closed.has(box)) : [];
    around.forEach((box) => state.closed.delete(box));
    if (around.length) refold();
    return around.length > 0;
  }

  function refold() {
    const changed = [];
    visNodes.forEach((n) => {
      const hidden = Boolean(ties.hiddenBy(n.id, state.closed));
      if (hidden !== Boolean(n.hidden)) changed.push({ id: n.id, hidden });
    });
    if (changed.length) visNodes.update(changed);
    panel.tellFolds();
    root.dataset.closed = state.closed.size;
    refresh();
  }

  /* The box whose title, or whose tile, is at a point. */
  function boxAt({ x, y }) {
    const hits = data.boxes.filter((b) => {
      if (!b.opens || isInside(b) || x < b.x || x > b.x + b.width || y < b.y || y > b.y + b.height) return false;
      return state.closed.has(b.id) || y < b.y + 8 + draw.titleSize(b, scale) * 1.4;
    });
    return hits[hits.length - 1] || null;
  }

  /* ---- what is pointed at ----------------------------------------------------------------------- */

  function lineAt({ x, y }) {
    return lines.find(({ edge, a, b }) => draw.distance(draw.curve(edge.layer, a, b), x, y) < Math.max(5 / scale, edge.width));
  }

  function nameOf(end) {
    return end.isBox ? ties.boxes.get(end.id).label : end.label;
  }

  function point(event) {
    if (state.hovered !== null || event.buttons) return;
    const at = { x: event.offsetX, y: event.offsetY };
    const where = network.DOMtoCanvas(at);
    const line = lineAt(where);
    const box = line ? null : boxAt(where);
    stage.classList.toggle("gk-over", Boolean(line || box));
    if (line) {
      const arrow = line.edge.layer === "influence" ? "→" : "–";
      panel.showTip(`${nameOf(line.a)} ${arrow} ${nameOf(line.b)}`, line.edge.note, [], at);
    } else panel.hideTip();
    if ((box && box.id) !== state.tile) {
      state.tile = box && box.id;
      network.redraw();
    }
  }

  /* Shows where somebody is, without choosing: the list of buttons has the keyboard. */
  function pointAt(id) {
    state.hovered = id;
    if (id !== null && !ties.hiddenBy(id, state.closed)) bringIn(id, false);
    network.redraw();
  }

  /* The nearest in a direction: straight ahead counts more than aside. */
  function step(dx, dy) {
    const from = nodes.get(state.chosen) || { x: bounds[0], y: bounds[1], id: null };
    let best = null;
    let least = Infinity;
    for (const d of nodes.values()) {
      if (ties.hiddenBy(d.id, state.closed)) continue;
      const ahead = (d.x - from.x) * dx + (d.y - from.y) * dy;
      const aside = Math.abs((d.x - from.x) * dy) + Math.abs((d.y - from.y) * dx);
      if (d.id === from.id || ahead <= 1 || (from.id !== null && aside > ahead * 3 + 60)) continue;
      if (ahead + aside * 2 < least) [best, least] = [d.id, ahead + aside * 2];
    }
    if (best !== null) choose(best, { isOwn: true });
  }

  /* ---- moving ----------------------------------------------------------------------------------- */

  function dragged(ids) {
    ids.forEach((id) => Object.assign(nodes.get(id), network.getPosition(id)));
  }

  function dropped(ids) {
    dragged(ids);
    ids.forEach((id) => {
      const d = nodes.get(id);
      state.moved[id] = [d.x, d.y];
      tell.move(id, [d.x, d.y]);
    });
    root.dataset.moved = Object.keys(state.moved).length;
    refresh();
  }

  /* ---- the reader ------------------------------------------------------------------------------- */

  const KEYS = {
    ArrowLeft: () => step(-1, 0),
    ArrowRight: () => step(1, 0),
    ArrowUp: () => step(0, -1),
    ArrowDown: () => step(0, 1),
    Enter: () => state.chosen !== null && openIt(state.chosen),
    "+": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: () => showAll(true),
    1: () => setSteps(1),
    2: () => setSteps(2),
    3: () => setSteps(3),
    "/": () => panel.field.focus(),
  };

  function setSteps(steps) {
    state.steps = steps;
    part("steps").value = String(steps);
    refresh();
  }

  function showTable(isOn) {
    const toggle = part("to-table");
    if (!toggle) return;
    root.classList.toggle("gk-shows-table", isOn);
    toggle.textContent = isOn ? words.map : words.table;
    toggle.setAttribute("aria-pressed", String(isOn));
    if (!isOn) network.redraw();
  }

  function clicked({ nodes: hit, pointer }) {
    if (hit.length) return choose(hit[0], { isOwn: true });
    const line = lineAt(pointer.canvas);
    if (line && !line.edge.count) return chooseEdge(line.edge);
    const box = line ? null : boxAt(pointer.canvas);
    if (box) return fold(box.id, !state.closed.has(box.id), { isOwn: true });
    return clear();
  }

  function listenToNetwork() {
    network.on("beforeDrawing", beneath);
    network.on("click", clicked);
    network.on("doubleClick", ({ nodes: hit }) => hit.length && openIt(hit[0]));
    network.on("hoverNode", ({ node, pointer }) => {
      state.hovered = node;
      const d = nodes.get(node);
      panel.showTip(d.label, d.title, d.facts.slice(0, 8), pointer.DOM);
      stage.classList.add("gk-over");
      network.redraw();
    });
    network.on("blurNode", () => {
      state.hovered = null;
      panel.hideTip();
      stage.classList.remove("gk-over");
      network.redraw();
    });
    network.on("dragging", ({ nodes: ids }) => dragged(ids));
    network.on("dragEnd", ({ nodes: ids }) => {
      if (ids.length) dropped(ids);
      else isWhole = false;
    });
    network.on("zoom", () => { isWhole = false; });
    ["dragStart", "zoom", "click"].forEach((event) => network.on(event, panel.hideTip));
  }

  /* As long as everything is in view it stays so, whatever the room; otherwise the camera stays where it is. */
  const room = new ResizeObserver(() => {
    const camera = seen;
    network.setSize("100%", "100%");
    isSettled = true;
    if (isWhole) showAll(false);
    else if (camera) network.moveTo(camera);
    network.redraw();
  });

  function listen() {
    listenToNetwork();
    room.observe(stage);
    panel.listen(on);
    on(stage, "mousemove", point);
    on(stage, "mouseleave", panel.hideTip);
    on(stage, "keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in KEYS)) return;
      event.preventDefault();
      KEYS[event.key]();
    });
    on(root, "keydown", (event) => {
      if (event.key !== "Escape") return;
      if (!panel.endSearch()) clear();
      panel.hideTip();
      stage.focus({ preventScroll: true });
    });
    const press = (name, done) => part(name) && on(part(name), "click", done);
    press("fit", () => showAll(true));
    press("in", () => zoom(1.3));
    press("out", () => zoom(1 / 1.3));
    press("close-all", () => foldAll(true));
    press("open-all", () => foldAll(false));
    press("to-table", () => showTable(!root.classList.contains("gk-shows-table")));
    press("to-panel", () => root.classList.toggle("gk-no-panel"));
    press("to-full", () => {
      if (root.matches(":fullscreen")) document.exitFullscreen();
      else root.requestFullscreen();
    });
    on(part("steps"), "change", () => setSteps(Number(part("steps").value)));
  }

  /* What the reader has done, for the next map of the same. */
  function keep() {
    return {
      camera: isWhole ? null : seen,
      chosen: state.chosen,
      steps: state.steps,
      layers: [...state.layers],
      known: data.layers.map((l) => l.code),
      all: state.all,
      closed: [...state.closed],
      moved: { ...state.moved },
    };
  }

  function end() {
    ends.abort();
    room.disconnect();
    panel.empty();
    network.destroy();
  }

  const map = {
    nodes, ties, state, choose, clear, fold, pointAt, showTable, network, showAll, keep, end,
    showLayer(code, isOn) { state.layers[isOn ? "add" : "delete"](code); refresh(); },
    isAtRest(edge) { return ties.isAtRest(edge, state); },
    showMinor(isOn) { state.all = isOn; refresh(); },
  };
  const panel = graphkamPanel(root, data, map);
  root.classList.toggle("gk-opens", data.boxes.some((b) => b.opens));
  part("steps").value = String(state.steps);
  root.dataset.closed = state.closed.size;
  listen();
  if (before.camera) network.moveTo(before.camera);
  else showAll(false);
  if (before.chosen && nodes.has(before.chosen)) choose(before.chosen);
  // What cannot be seen waits until what can be seen is drawn.
  network.once("afterDrawing", () => {
    root.dataset.ready = "1";
    setTimeout(() => ends.signal.aborted || panel.fillTwin());
  });
  refresh();
  return map;
}
