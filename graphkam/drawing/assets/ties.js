/* Which lines there are between whom, who is near whom, and what is drawn of it: no painting here. */
function graphkamTies(data, nodes) {
  "use strict";

  const MOST_MERGED = 60; // lines to closed boxes drawn at rest: those of the most ties
  const boxes = new Map(data.boxes.map((b) => [b.id, b]));
  const reports = data.lines.map((l) => ({ ...l, from: l.target, to: l.source, layer: "reports", note: "" }));
  const touching = new Map(); // node id -> its edges, and reporting lines as edges too
  for (const edge of [...data.edges, ...reports]) {
    for (const end of [edge.from, edge.to]) {
      if (!touching.has(end)) touching.set(end, []);
      touching.get(end).push(edge);
    }
  }

  function of(id) {
    return touching.get(id) || [];
  }

  function other(edge, id) {
    return edge.from === id ? edge.to : edge.from;
  }

  /* Everybody within so many steps of somebody, over the kinds of line that are on. */
  function near(id, steps, layers) {
    const found = new Set([id]);
    let rim = [id];
    for (let step = 0; step < steps && rim.length; step += 1) {
      const next = [];
      for (const one of rim) {
        for (const edge of of(one)) {
          const end = other(edge, one);
          if (layers.has(edge.layer) && !found.has(end)) {
            found.add(end);
            next.push(end);
          }
        }
      }
      rim = next;
    }
    return found;
  }

  /* The outermost closed box that somebody is in, or nothing. */
  function hiddenBy(id, closed) {
    const node = nodes.get(id);
    let found = null;
    let box = node && node.home ? boxes.get(node.home) : null;
    for (; box; box = boxes.get(box.parent)) if (closed.has(box.id)) found = box;
    return found;
  }

  /* All boxes around a box. */
  function around(boxId) {
    const found = [];
    for (let box = boxes.get(boxId); box; box = boxes.get(box.parent)) found.push(box.id);
    return found;
  }

  function anchor(id, closed) {
    const box = hiddenBy(id, closed);
    if (!box) return nodes.get(id);
    return {
      id: box.id, x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height, isBox: true,
    };
  }

  function isAtRest(edge, state) {
    return edge.major || (state.all && edge.layer !== "seat");
  }

  /* Whether a line between two who are both to be seen is drawn. */
  function isShown(edge, state) {
    if (!state.layers.has(edge.layer)) return false;
    if (state.chosen === null) return isAtRest(edge, state);
    if (edge.from === state.chosen || edge.to === state.chosen) return true;
    return state.steps > 1 && state.near.has(edge.from) && state.near.has(edge.to) && edge.layer !== "seat";
  }

  /* The lines to draw, with their ends; lines that end in one closed box are one line. */
  function shown(state) {
    const found = [];
    const merged = new Map();
    for (const edge of data.edges) {
      const a = anchor(edge.from, state.closed);
      const b = anchor(edge.to, state.closed);
      if (!a || !b || a.id === b.id) continue;
      if (!a.isBox && !b.isBox) {
        if (isShown(edge, state)) found.push({ edge, a, b });
      } else if (isMerged(edge, state)) {
        const key = `${edge.layer}|${a.id}|${b.id}`;
        if (!merged.has(key)) merged.set(key, { edge, a, b, count: 0 });
        merged.get(key).count += 1;
      }
    }
    const lines = [...merged.values()].sort((one, two) => two.count - one.count);
    return [...found, ...lines.slice(0, state.chosen === null ? MOST_MERGED : lines.length).map(asOne)];
  }

  function isMerged(edge, state) {
    if (!state.layers.has(edge.layer)) return false;
    if (state.chosen !== null) return edge.from === state.chosen || edge.to === state.chosen;
    return edge.layer === "contact" ? !edge.dashes : edge.major;
  }

  function asOne({ edge, a, b, count }) {
    const note = count > 1 ? data.words.merged.replace("{count}", count) : edge.note;
    return { edge: { ...edge, width: Math.min(0.9 + 0.35 * count, 5), hollow: false, note, count }, a, b };
  }

  return { of, other, near, hiddenBy, around, shown, isAtRest, boxes };
}
