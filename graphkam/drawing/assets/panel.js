/* What stands around the drawing: who somebody is, the kinds of line, the legend, the search, the list of
   buttons that says the same as the drawing. Text from records is only ever set as text. */
function graphkamPanel(root, data, map) {
  "use strict";

  const words = data.words;
  const part = (name) => root.querySelector(`.gk-${name}`);

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function button(name, text, done) {
    const made = make("button", name, text);
    made.type = "button";
    made.addEventListener("click", done);
    return made;
  }

  /* The words of the page's fixed parts, in the reader's language. */
  function speak() {
    root.querySelectorAll("[data-word]").forEach((e) => { e.textContent = words[e.dataset.word]; });
    root.querySelectorAll("[data-name]").forEach((e) => {
      e.setAttribute("aria-label", words[e.dataset.name]);
      if (e.matches("button, select")) e.title = words[e.dataset.name];
    });
    part("search").placeholder = words.search;
    part("stage").setAttribute("aria-label", data.canvas);
  }

  /* ---- who somebody is -------------------------------------------------------------------------- */

  function tell(id) {
    const d = map.nodes.get(id);
    const told = part("details");
    const back = button("gk-back", `← ${words.close}`, map.clear);
    told.replaceChildren(back, make("h2", "gk-name", d.label));
    if (d.title) told.append(make("p", "gk-title", d.title));
    const facts = make("dl", "gk-facts");
    d.facts.forEach(([name, value]) => facts.append(make("dt", "", name), make("dd", "", value)));
    told.append(facts);
    data.layers.forEach((layer) => told.append(...tieGroup(id, layer)));
    told.hidden = false;
    part("overview").hidden = true;
    part("panel").scrollTop = 0;
  }

  function tieGroup(id, layer) {
    let found = map.ties.of(id).filter((e) => e.layer === layer.code);
    if (layer.code === "reports") found = found.filter((e) => e.to === id);
    if (!found.length) return [];
    const title = layer.code === "reports" ? words.reports_in : layer.label;
    const list = make("ul", "gk-ties");
    const entries = found.map((edge) => [map.nodes.get(map.ties.other(edge, id)), edge]).filter(([d]) => d);
    entries.sort((a, b) => (b[1].width || 0) - (a[1].width || 0) || a[0].find.localeCompare(b[0].find));
    for (const [d, edge] of entries) {
      const item = make("li");
      const arrow = layer.code === "influence" ? (edge.from === id ? "→ " : "← ") : "";
      item.append(
        button("gk-go", d.label, () => map.choose(d.id, { isOwn: true })),
        make("span", "gk-note", arrow + (edge.note || d.title)),
      );
      list.append(item);
    }
    return [make("h3", "", `${title} (${entries.length})`), list];
  }

  function tellAll() {
    part("details").hidden = true;
    part("overview").hidden = false;
  }

  /* ---- kinds of line and legend ----------------------------------------------------------------- */

  function swatch(entry) {
    const canvas = make("canvas", "gk-sample");
    canvas.setAttribute("aria-hidden", "true");
    graphkamDraw.sample(canvas, entry);
    return canvas;
  }

  function legendLine(entry) {
    const item = make("div", entry.label.length > 12 ? "gk-entry gk-long" : "gk-entry");
    item.append(swatch(entry), make("span", "", entry.label));
    return item;
  }

  /* How many lines of a kind are drawn while nobody is chosen, and of how many. */
  function atRest(layer) {
    const left = data.edges.filter((e) => e.layer === layer.code && !map.isAtRest(e)).length;
    if (!left) return String(layer.count);
    return words.lines_of.replace("{shown}", layer.count - left).replace("{count}", layer.count);
  }

  function fillOverview() {
    const list = part("layers");
    const counts = [];
    data.layers.forEach((layer) => {
      const [sample, ...more] = data.legend.filter((entry) => entry.edge && entry.edge.layer === layer.code);
      const line = tick(layer.label, atRest(layer), map.state.layers.has(layer.code), (on) => map.showLayer(layer.code, on));
      counts.push([line.querySelector(".gk-count"), layer]);
      line.insertBefore(swatch(sample), line.children[1]);
      list.append(line, ...more.map(legendLine));
    });
    if (data.has_minor_edges) {
      const all = tick(words.all_lines, null, map.state.all, (on) => {
        map.showMinor(on);
        counts.forEach(([count, layer]) => { count.textContent = atRest(layer); });
      });
      all.title = words.minor;
      list.append(all);
      list.append(make("p", "gk-hint", words.minor));
    }
    const legend = part("legend");
    let group = "";
    for (const entry of data.legend.filter((one) => one.node)) {
      if (entry.group !== group) legend.append(make("h3", "", (group = entry.group)));
      legend.append(legendLine(entry));
    }
    const summary = part("summary");
    data.summary.forEach(([name, value]) => {
      const figure = make("div");
      figure.append(make("dt", "", name), make("dd", "", value));
      summary.append(figure);
    });
    if (data.note) part("overview").prepend(make("p", "gk-hint gk-left-out", data.note));
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
    if (!wanted.length) return;
    const found = data.details.filter((d) => wanted.every((w) => d.find.includes(w))).slice(0, 10);
    if (!found.length) matches.append(make("div", "gk-no-match", words.no_match));
    for (const d of found) {
      const hit = button("gk-match", d.label, () => take(d.id));
      hit.append(make("small", "", d.title));
      matches.append(hit);
    }
  }

  function take(id) {
    field.value = "";
    search();
    map.showTable(false);
    map.choose(id, { closer: true, isOwn: true });
    part("stage").focus({ preventScroll: true });
  }

  function endSearch() {
    const had = Boolean(field.value);
    field.value = "";
    search();
    return had;
  }

  /* ---- the same as a list of buttons, for ears and keyboards ------------------------------------ */

  function fillTwin() {
    const list = part("twin");
    const order = { unit: 0, person: 1, vacant: 1, unknown: 1, count: 1, member: 2, centre: 3 };
    const boxes = data.boxes.filter((b) => b.opens).map((b) => [b, "unit"]);
    const all = [...boxes, ...data.details.map((d) => [d, d.kind])];
    all.sort((a, b) => order[a[1]] - order[b[1]]);
    const made = all.map(([d, kind]) => twin(d, kind));
    if (made.length) made[0].firstChild.tabIndex = 0;
    list.append(...made);
  }

  function twin(d, kind) {
    const item = make("li");
    const said = kind === "unit" ? [d.label, ...d.figures] : [d.label, d.title];
    const one = button("", said.filter(Boolean).join(", "), () => {
      if (kind === "unit") map.fold(d.id, !map.state.closed.has(d.id), { isOwn: true });
      else map.choose(d.id, { isOwn: true });
    });
    one.dataset.testid = `node-${d.id}`;
    one.tabIndex = -1;
    if (kind === "unit") one.setAttribute("aria-expanded", String(!map.state.closed.has(d.id)));
    one.addEventListener("focus", () => map.pointAt(kind === "unit" ? null : d.id));
    item.append(one);
    return item;
  }

  function tellFolds() {
    part("twin").querySelectorAll("[aria-expanded]").forEach((one) => {
      one.setAttribute("aria-expanded", String(!map.state.closed.has(one.dataset.testid.slice(5))));
    });
  }

  function walkTwin(event) {
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const item = event.target.closest("li");
    if (!(event.key in steps) || !item) return;
    event.preventDefault();
    event.stopPropagation();
    const next = steps[event.key] > 0 ? item.nextElementSibling : item.previousElementSibling;
    if (!next) return;
    event.target.tabIndex = -1;
    next.firstChild.tabIndex = 0;
    next.firstChild.focus();
  }

  /* ---- what is told of what is pointed at ------------------------------------------------------- */

  const tip = part("tip");

  function showTip(name, title, facts, at) {
    const stage = part("stage");
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

  function hideTip() {
    tip.hidden = true;
  }

  function announce(text) {
    part("live").textContent = text;
  }

  function empty() {
    ["layers", "legend", "summary", "twin", "details", "matches"].forEach((name) => {
      const kept = part(name).querySelector(":scope > [data-word]");
      part(name).replaceChildren(...(kept ? [kept] : []));
    });
    root.querySelectorAll(".gk-left-out").forEach((e) => e.remove());
    hideTip();
    announce("");
  }

  function listen(on) {
    on(field, "input", search);
    on(field, "keydown", (event) => {
      const first = matches.querySelector("button");
      if (event.key === "Enter" && first) first.click();
      if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    });
    on(matches, "keydown", (event) => {
      const steps = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
      if (!(event.key in steps)) return;
      event.preventDefault();
      (event.target[steps[event.key]] || field).focus();
    });
    on(part("twin"), "keydown", walkTwin);
    root.querySelectorAll("[data-choose]").forEach((one) => on(one, "click", () => take(one.dataset.choose)));
  }

  empty();
  speak();
  fillOverview();
  tellAll();
  return { fillTwin, tell, tellAll, tellFolds, showTip, hideTip, announce, endSearch, listen, empty, field };
}
