/* Draws boxes, people, lines and legend samples on a canvas. All text is painted, never parsed. */
const graphkamDraw = (() => {
  "use strict";

  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const BOXES = {
    unit: [["#f4f6f9", "#c3ccd6"], ["#ffffff", "#ccd4dd"], ["#f6f8fa", "#dbe1e8"]],
    team: [["#e8f1fa", "#9fc1e3"]],
    centres: [["#fffbea", "#e3cf86"]],
    band: [["#ffffff", "#dbe1e8"]],
    lane: [["rgba(0,0,0,0)", "#c3ccd6"]],
  };
  const LANE_HEAD = 26;
  const MUTED = "#5f6b7a";
  const TITLE_INK = "#323f4b";
  const HEIGHT = 40; // of a person's box: all sizes below are for it, and grow with larger boxes
  const cut = new Map();

  function font(size, weight) {
    return `${weight || 400} ${size.toFixed(1)}px ${FONT}`;
  }

  /* Cuts a text to a width, with an ellipsis; remembers, because every redraw asks again. */
  function fitted(ctx, text, width) {
    const key = `${ctx.font}|${Math.round(width)}|${text}`;
    let found = cut.get(key);
    if (found !== undefined) return found;
    found = text;
    if (ctx.measureText(text).width > width) {
      const letters = Array.from(text);
      let low = 0;
      let high = letters.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (ctx.measureText(letters.slice(0, middle).join("").trimEnd() + "…").width <= width) low = middle;
        else high = middle - 1;
      }
      found = low ? letters.slice(0, low).join("").trimEnd() + "…" : "";
    }
    if (cut.size > 20000) cut.clear();
    cut.set(key, found);
    return found;
  }

  /* The name, the name with an initial, or the last name: the longest that fits. */
  function named(ctx, d, width) {
    const fits = [d.label, d.brief, d.short].find((text) => text && ctx.measureText(text).width <= width);
    return fits || fitted(ctx, d.short || d.label, width);
  }

  function rounded(ctx, x, y, width, height, radius) {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    ctx.beginPath();
    ctx.moveTo(x + r, y);
    ctx.arcTo(x + width, y, x + width, y + height, r);
    ctx.arcTo(x + width, y + height, x, y + height, r);
    ctx.arcTo(x, y + height, x, y, r);
    ctx.arcTo(x, y, x + width, y, r);
    ctx.closePath();
  }

  function diamond(ctx, x, y, half) {
    ctx.beginPath();
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y + half);
    ctx.lineTo(x - half, y);
    ctx.closePath();
  }

  const BADGES = {
    key(ctx, s) {
      ctx.beginPath();
      ctx.arc(-s * 0.42, 0, s * 0.34, 0, 7);
      ctx.moveTo(-s * 0.08, 0);
      ctx.lineTo(s * 0.8, 0);
      ctx.moveTo(s * 0.5, 0);
      ctx.lineTo(s * 0.5, s * 0.36);
      ctx.moveTo(s * 0.8, 0);
      ctx.lineTo(s * 0.8, s * 0.36);
      ctx.stroke();
    },
    lock(ctx, s, ink) {
      ctx.beginPath();
      ctx.arc(0, -s * 0.15, s * 0.32, Math.PI, 0);
      ctx.stroke();
      ctx.fillStyle = ink;
      ctx.fillRect(-s * 0.52, -s * 0.15, s * 1.04, s * 0.8);
    },
    clock(ctx, s) {
      ctx.beginPath();
      ctx.arc(0, 0, s * 0.66, 0, 7);
      ctx.moveTo(0, -s * 0.42);
      ctx.lineTo(0, 0);
      ctx.lineTo(s * 0.34, s * 0.2);
      ctx.stroke();
    },
  };

  /* Small signs on the upper edge at the right, each on a white disc so that any fill lets it be read. */
  function badges(ctx, names, right, middle, size) {
    names.forEach((name, number) => {
      const x = right - size * (number + 0.5) * 1.12;
      ctx.save();
      ctx.translate(x, middle);
      ctx.fillStyle = "#ffffff";
      ctx.strokeStyle = "#52606d";
      ctx.lineWidth = size * 0.06;
      ctx.beginPath();
      ctx.arc(0, 0, size * 0.54, 0, 7);
      ctx.fill();
      ctx.stroke();
      ctx.strokeStyle = "#1f2933";
      ctx.lineWidth = size * 0.1;
      ctx.lineCap = "round";
      BADGES[name](ctx, size * 0.44, "#1f2933");
      ctx.restore();
    });
  }

  function frame(ctx, d, x, y, scale) {
    const k = d.height / HEIGHT;
    const seen = Math.min((d.border_width > 2 ? 1.6 : 1) / scale, d.height * 0.16); // never hides the fill
    const line = Math.max(d.border_width * (k > 1 ? k : 1), seen);
    const left = x - d.width / 2;
    const top = y - d.height / 2;
    const radius = 7 * k;
    const gap = line + (d.kind === "member" || d.kind === "centre" ? 0 : Math.min(1.5, d.height / 20));
    ctx.fillStyle = "#ffffff";
    rounded(ctx, left, top, d.width, d.height, radius);
    ctx.fill();
    ctx.fillStyle = d.fill;
    rounded(ctx, left + gap, top + gap, d.width - 2 * gap, d.height - 2 * gap, radius - gap / 2);
    ctx.fill();
    ctx.strokeStyle = d.border;
    ctx.lineWidth = line;
    ctx.setLineDash(d.is_dashed ? [Math.max(6, line * 2.2), Math.max(4, line * 1.4)] : []);
    rounded(ctx, left + line / 2, top + line / 2, d.width - line, d.height - line, radius);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function mark(ctx, d, x, y, k) {
    const width = (9 + 5 * d.mark.length) * k;
    const left = x + d.width / 2 - width - 3 * k;
    const top = y + d.height / 2 - 15 * k;
    ctx.fillStyle = "#ffffff";
    rounded(ctx, left, top, width, 12.5 * k, 4 * k);
    ctx.fill();
    ctx.strokeStyle = d.border;
    ctx.lineWidth = k;
    ctx.stroke();
    ctx.fillStyle = "#1f2933";
    ctx.font = font(9.5 * k, 700);
    ctx.textAlign = "center";
    ctx.fillText(d.mark, left + width / 2, top + 6.6 * k);
    ctx.textAlign = "left";
    return width + 4 * k;
  }

  function twoLines(ctx, text, x, y, width, size) {
    ctx.font = font(size, 600);
    if (ctx.measureText(text).width <= width) return ctx.fillText(text, x, y);
    const all = text.split(" ");
    let first = all.shift();
    while (all.length && ctx.measureText(`${first} ${all[0]}`).width <= width) first += ` ${all.shift()}`;
    ctx.fillText(fitted(ctx, first, width), x, y - (all.length ? size * 0.58 : 0));
    return all.length && ctx.fillText(fitted(ctx, all.join(" "), width), x, y + size * 0.58);
  }

  /* What a departure changes: it is told from afar, too. */
  function told(d) {
    return /^[\u25bc\u21c4]/.test(d.mark) ? d.mark : "";
  }

  /* The lines of text, as much as the scale lets be read. */
  function writing(ctx, d, x, y, scale) {
    const k = d.height / HEIGHT;
    const seen = d.height * scale;
    const left = x - d.width / 2;
    let start = left + 8 * k;
    ctx.textBaseline = "middle";
    ctx.fillStyle = d.ink;
    if (d.kind === "centre") {
      ctx.save();
      ctx.fillStyle = "#c99700";
      diamond(ctx, start + 6 * k, y, 7 * k);
      ctx.fill();
      ctx.restore();
      start += 18 * k;
    } else if (d.sign && seen > 9) {
      ctx.font = font((seen > 20 ? 14 : 21) * k, 700);
      const width = Math.max(ctx.measureText(d.sign).width, 14 * k);
      ctx.textAlign = "center";
      ctx.fillText(d.sign, start + width / 2, y + k);
      start += width + 6 * k;
    }
    const end = left + d.width - 6 * k;
    ctx.textAlign = "left";
    if (d.kind === "centre") {
      twoLines(ctx, d.label, start, y, end - start, (seen > 24 ? 12 : 14) * k);
    } else if (seen > 20) {
      const small = seen < 28; // seen from further away: larger letters, fewer of them
      badges(ctx, d.badges, end + 2 * k, y - d.height / 2 + 1.5 * k, 14 * k);
      const under = d.mark ? mark(ctx, d, x, y, k) : 0;
      ctx.fillStyle = d.ink;
      ctx.font = font((small ? 14.5 : 12.5) * k, 600);
      ctx.fillText(named(ctx, d, end - start), start, y - (d.title ? 7.5 : 0) * k);
      ctx.font = (d.kind === "vacant" || d.kind === "unknown" ? "italic " : "") + font((small ? 11.5 : 10.5) * k);
      ctx.globalAlpha *= 0.92;
      ctx.fillText(fitted(ctx, d.title, end - start - under), start, y + 8.5 * k);
    } else if (seen > 8) {
      const name = `${told(d)} ${d.short || d.label}`.trim();
      for (const size of seen > 14 ? [19, 17] : [23, 20, 17]) { // a whole name rather than a large one
        ctx.font = font(size * k, 600);
        if (ctx.measureText(name).width <= end - start) break;
      }
      ctx.fillText(fitted(ctx, name, end - start), start, y + k);
    } else if (told(d)) {
      ctx.font = font(26 * k, 700);
      ctx.fillText(told(d), start, y + k);
    }
  }

  function node(ctx, d, x, y, scale, look) {
    ctx.save();
    ctx.globalAlpha = look && look.isDim ? 0.16 : 1;
    if (look && look.isChosen) {
      ctx.strokeStyle = "#f0b429";
      ctx.lineWidth = Math.max(5, 3 / scale);
      rounded(ctx, x - d.width / 2 - 4, y - d.height / 2 - 4, d.width + 8, d.height + 8, 10);
      ctx.stroke();
    } else if (look && look.isHovered) {
      ctx.shadowColor = "rgba(31,41,51,.45)";
      ctx.shadowBlur = 10;
    }
    frame(ctx, d, x, y, scale);
    ctx.shadowBlur = 0;
    writing(ctx, d, x, y, scale);
    if (d.is_gone) struck(ctx, d, x, y);
    ctx.restore();
  }

  /* Somebody supposed to leave: struck out from corner to corner. */
  function struck(ctx, d, x, y) {
    ctx.strokeStyle = "#b8002a";
    ctx.lineWidth = d.height * 0.07;
    ctx.beginPath();
    ctx.moveTo(x - d.width / 2, y - d.height / 2);
    ctx.lineTo(x + d.width / 2, y + d.height / 2);
    ctx.stroke();
  }

  function box(ctx, b, scale) {
    const [fill, line] = look(b);
    ctx.fillStyle = fill;
    rounded(ctx, b.x, b.y, b.width, b.height, 9);
    ctx.fill();
    ctx.strokeStyle = line;
    ctx.lineWidth = Math.max(1, 0.8 / scale);
    ctx.stroke();
    if (b.kind === "lane" && b.fill) {
      ctx.fillStyle = b.fill;
      rounded(ctx, b.x + 4, b.y + 4, b.width - 8, LANE_HEAD, 6);
      ctx.fill();
      ctx.stroke();
    }
  }

  function look(b) {
    const looks = BOXES[b.kind];
    return looks[Math.min(b.level, looks.length) - 1];
  }

  /* Size of a title, and whether it can be read: large letters are for the view from afar. */
  function titleSize(b, scale) {
    return b.font * scale < 4.5 ? 0 : Math.min(b.font, Math.max(14, 19 / scale));
  }

  function onGround(ctx, b, text, x, y, size) {
    ctx.fillStyle = look(b)[0];
    ctx.fillRect(x - 4, y - size * 0.6, ctx.measureText(text).width + 8, size * 1.2);
  }

  /* After the lines, so that no line runs through a name. */
  function boxTitle(ctx, b, scale) {
    if (b.kind === "lane" || b.kind === "band") return stripTitle(ctx, b, scale);
    const size = titleSize(b, scale);
    if (!size) return undefined;
    ctx.font = font(size, 650);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    const text = fitted(ctx, b.opens ? `${b.label} ▾` : b.label, b.width - 20);
    const y = b.y + 4 + size * 0.72;
    onGround(ctx, b, text, b.x + 12, y, size);
    ctx.fillStyle = TITLE_INK;
    ctx.fillText(text, b.x + 12, y);
    figures(ctx, b, ctx.measureText(text).width, size, y, scale);
    if (b.note && 11 * scale > 4.5) {
      ctx.font = "italic " + font(11);
      ctx.fillStyle = "#7b8794";
      ctx.fillText(fitted(ctx, b.note, b.width - 20), b.x + 12, b.y + b.height - 11);
    }
    return undefined;
  }

  /* How many are in a box, at the right of its title, as far as there is room. */
  function figures(ctx, b, taken, size, y, scale) {
    const small = Math.max(size * 0.66, 9.5);
    if (!b.figures.length || small * scale < 7) return;
    ctx.font = font(small);
    for (let many = b.figures.length; many; many -= 1) {
      const text = b.figures.slice(0, many).join(" · ");
      const width = ctx.measureText(text).width;
      if (width < b.width - taken - 36) {
        onGround(ctx, b, text, b.x + b.width - width - 12, y, small);
        ctx.fillStyle = MUTED;
        ctx.fillText(text, b.x + b.width - width - 12, y);
        return;
      }
    }
  }

  function stripTitle(ctx, b, scale) {
    const size = Math.min(Math.max(b.font, 9 / scale), b.kind === "lane" ? b.font * 2 : b.font);
    ctx.textBaseline = "middle";
    ctx.font = font(size, 650);
    ctx.fillStyle = b.ink || TITLE_INK;
    if (b.kind === "lane") {
      ctx.textAlign = "center";
      ctx.fillText(fitted(ctx, b.label, b.width - 14), b.x + b.width / 2, b.y + 4 + LANE_HEAD / 2);
    } else {
      ctx.textAlign = "left";
      wrapped(ctx, b.label, 84).forEach((text, row) => ctx.fillText(text, b.x + 8, b.y + 12 + size * (0.5 + row * 1.2)));
    }
    ctx.textAlign = "left";
  }

  function wrapped(ctx, text, width) {
    const rows = [""];
    text.split(" ").forEach((word) => {
      const longer = `${rows[rows.length - 1]} ${word}`.trim();
      if (!rows[rows.length - 1] || ctx.measureText(longer).width <= width) rows[rows.length - 1] = longer;
      else rows.push(word);
    });
    return rows.slice(0, 3).map((row) => fitted(ctx, row, width));
  }

  /* The name and as many figures as fit beside it, in smaller letters rather than without any. */
  function oneLine(ctx, b, size, room) {
    for (const smaller of [1, 0.86, 0.74]) {
      ctx.font = font(size * smaller, 650);
      for (let many = b.figures.length; many; many -= 1) {
        const text = `${b.label} ▸  ${b.figures.slice(0, many).join(" · ")}`;
        if (ctx.measureText(text).width <= room) return [text, size * smaller];
      }
    }
    return [`${b.label} ▸`, size];
  }

  /* Around the middle, in as many rows as there is height for. */
  function tileText(ctx, b, scale, [width, height]) {
    const size = Math.min(Math.max(13.5 / scale, 12), height * 0.5);
    const room = width - size * 1.6;
    const rows = Math.max(1, Math.min(Math.floor((height - size * 0.4) / (size * 1.3)), b.figures.length + 1));
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    const [single, smaller] = rows > 1 ? ["", size] : oneLine(ctx, b, size, room);
    const texts = rows > 1 ? [`${b.label} ▸`, ...b.figures] : [single];
    texts.slice(0, rows).forEach((text, row) => {
      ctx.font = font(row ? size * 0.86 : smaller, row ? 400 : 650);
      ctx.fillStyle = row ? MUTED : TITLE_INK;
      ctx.fillText(fitted(ctx, text, room), 0, (row - (rows - 1) / 2) * size * 1.3);
    });
  }

  /* A closed box: its name and what is in it, in letters that can be read from any distance. */
  function tile(ctx, b, scale, state) {
    ctx.save();
    ctx.globalAlpha = state.isDim ? 0.3 : 1;
    ctx.fillStyle = "#eef2f7";
    rounded(ctx, b.x, b.y, b.width, b.height, 9);
    ctx.fill();
    ctx.strokeStyle = state.isHovered ? "#1b5e9e" : "#9aa5b1";
    ctx.lineWidth = Math.max(1.2, (state.isHovered ? 2.4 : 1.2) / scale);
    ctx.stroke();
    ctx.translate(b.x + b.width / 2, b.y + b.height / 2);
    const isNarrow = b.width * scale < 90 && b.height > b.width * 1.4;
    if (isNarrow) ctx.rotate(-Math.PI / 2);
    tileText(ctx, b, scale, isNarrow ? [b.height, b.width] : [b.width, b.height]);
    ctx.textAlign = "left";
    ctx.restore();
  }

  function line(ctx, points, look) {
    ctx.save();
    ctx.globalAlpha = look.isDim ? 0.13 : 1;
    ctx.strokeStyle = look.isChosen ? "#b7791f" : look.isFar ? "#8794a2" : "#52606d";
    ctx.lineWidth = look.width;
    ctx.lineJoin = "round";
    ctx.beginPath();
    points.forEach(([x, y], number) => (number ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.stroke();
    ctx.restore();
  }

  /* ---- curves: ``curves.py`` says the same for images -------------------------------------------- */

  const BOW = 0.1;
  const SIDEWAYS = new Set(["contact", "seat", "proposed", "successor"]);

  function curve(layer, a, b) {
    return SIDEWAYS.has(layer) ? sideways(a, b) : arc(a, b);
  }

  /* A tie between us and them runs from side to side: where it starts and ends can be told. */
  function sideways(a, b) {
    const way = a.x <= b.x ? 1 : -1;
    const from = [a.x + (way * a.width) / 2, a.y];
    const to = [b.x - (way * b.width) / 2, b.y];
    const reach = way * Math.max(Math.abs(to[0] - from[0]) * 0.45, 40);
    return [from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to];
  }

  function arc(a, b) {
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const knee = [(a.x + b.x) / 2 - dy * BOW * 2, (a.y + b.y) / 2 + dx * BOW * 2];
    const start = edgeOf(a, knee);
    const end = edgeOf(b, knee);
    const middle = [(a.x + b.x) / 2 - dy * BOW, (a.y + b.y) / 2 + dx * BOW];
    const bend = [2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2];
    const toward = (p) => [p[0] + ((bend[0] - p[0]) * 2) / 3, p[1] + ((bend[1] - p[1]) * 2) / 3];
    return [start, toward(start), toward(end), end];
  }

  function edgeOf(box, toward) {
    const dx = toward[0] - box.x;
    const dy = toward[1] - box.y;
    if (!dx && !dy) return [box.x, box.y];
    const across = dx ? box.width / 2 / Math.abs(dx) : Infinity;
    const down = dy ? box.height / 2 / Math.abs(dy) : Infinity;
    const share = Math.min(across, down, 1);
    return [box.x + dx * share, box.y + dy * share];
  }

  function at([p, q, r, s], t) {
    const u = 1 - t;
    const of = (i) => u * u * u * p[i] + 3 * u * u * t * q[i] + 3 * u * t * t * r[i] + t * t * t * s[i];
    return [of(0), of(1)];
  }

  function edge(ctx, e, way, scale, state) {
    const width = Math.max(e.width, 0.8 / scale) * (state.isChosen ? 1.8 : 1);
    ctx.save();
    ctx.globalAlpha = state.isDim ? 0.12 : 1;
    ctx.strokeStyle = state.isChosen ? "#b7791f" : e.color.color || e.color;
    ctx.lineWidth = width;
    ctx.setLineDash(e.dashes ? e.dashes.map((part) => part * Math.max(1, 0.5 / scale)) : []);
    ctx.beginPath();
    ctx.moveTo(...way[0]);
    ctx.bezierCurveTo(...way[1], ...way[2], ...way[3]);
    ctx.stroke();
    ctx.setLineDash([]);
    if (e.hollow) {
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = Math.max(width - 2, width * 0.4);
      ctx.stroke();
    }
    if (e.arrow) head(ctx, way, (8 + 1.5 * e.width) * Math.min(Math.max(1, 0.5 / scale), 2.5), ctx.strokeStyle);
    if (e.mark) sign(ctx, e, way, Math.max(17, 11 / scale));
    ctx.restore();
  }

  function head(ctx, way, size, ink) {
    const [x, y] = way[3];
    const [fromX, fromY] = at(way, 0.9);
    const length = Math.hypot(x - fromX, y - fromY) || 1;
    const dx = ((x - fromX) / length) * size;
    const dy = ((y - fromY) / length) * size;
    ctx.fillStyle = ink;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - dx - dy * 0.45, y - dy + dx * 0.45);
    ctx.lineTo(x - dx + dy * 0.45, y - dy - dx * 0.45);
    ctx.fill();
  }

  function sign(ctx, e, way, size) {
    const [x, y] = at(way, 0.5);
    ctx.font = font(size, 700);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineWidth = size * 0.3;
    ctx.strokeStyle = "#ffffff";
    ctx.strokeText(e.mark, x, y);
    ctx.fillStyle = e.color.color || e.color;
    ctx.fillText(e.mark, x, y);
    ctx.textAlign = "left";
  }

  /* How far a point is from a curve. */
  function distance(way, x, y) {
    let least = Infinity;
    for (let step = 0; step <= 24; step += 1) {
      const [px, py] = at(way, step / 24);
      least = Math.min(least, Math.hypot(px - x, py - y));
    }
    return least;
  }

  /* A legend sample on a small canvas of its own. */
  function sample(canvas, entry) {
    const ratio = globalThis.devicePixelRatio || 1;
    canvas.width = 40 * ratio;
    canvas.height = 24 * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    if (entry.node) {
      const d = entry.node;
      frame(ctx, d, 20, 12, 1);
      if (d.is_gone) struck(ctx, d, 20, 12);
      ctx.textBaseline = "middle";
      ctx.textAlign = "center";
      ctx.fillStyle = d.ink;
      ctx.font = font(11, 700);
      if (d.kind === "centre") {
        ctx.fillStyle = "#c99700";
        diamond(ctx, 20, 12, 5.5);
        ctx.fill();
      } else if (d.badges.length) badges(ctx, d.badges, 29, 12, 15);
      else ctx.fillText(d.sign || d.mark, 20, 12.5);
      return;
    }
    edgeSample(ctx, entry.edge);
  }

  function edgeSample(ctx, e) {
    ctx.strokeStyle = ctx.fillStyle = e.colour;
    ctx.lineWidth = e.width;
    ctx.setLineDash(e.is_dotted ? [2, 3] : e.is_dashed ? [6, 4] : []);
    ctx.beginPath();
    ctx.moveTo(3, 12);
    ctx.lineTo(e.has_arrow ? 30 : 37, 12);
    ctx.stroke();
    ctx.setLineDash([]);
    if (e.is_hollow) {
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = e.width - 2;
      ctx.stroke();
    }
    if (e.has_arrow) {
      ctx.beginPath();
      ctx.moveTo(38, 12);
      ctx.lineTo(29, 7.5);
      ctx.lineTo(29, 16.5);
      ctx.fill();
    }
    if (e.mark) {
      ctx.fillStyle = "#ffffff";
      ctx.fillRect(14, 4, 12, 16);
      ctx.fillStyle = e.colour;
      ctx.font = font(12, 700);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(e.mark, 20, 12.5);
    }
  }

  return { node, box, boxTitle, titleSize, tile, line, curve, edge, distance, sample };
})();
