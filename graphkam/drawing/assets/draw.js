/* Draws boxes, people, lines and legend samples on a canvas. All text is painted, never parsed. */
const graphkamDraw = (() => {
  "use strict";

  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
  const BOXES = {
    unit: [["#f4f6f9", "#c3ccd6"], ["#ffffff", "#ccd4dd"], ["#f6f8fa", "#dbe1e8"]],
    team: [["#e8f1fa", "#9fc1e3"]],
    centres: [["#fffbea", "#e3cf86"]],
  };
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
    const width = (d.mark.length > 1 ? 19 : 14) * k;
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
      ctx.font = font((seen > 14 ? 19 : 23) * k, 600);
      ctx.fillText(fitted(ctx, d.short || d.label, end - start), start, y + k);
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
    ctx.restore();
  }

  function box(ctx, b, scale) {
    const looks = BOXES[b.kind];
    const [fill, line] = looks[Math.min(b.level, looks.length) - 1];
    ctx.fillStyle = fill;
    rounded(ctx, b.x, b.y, b.width, b.height, 9);
    ctx.fill();
    ctx.strokeStyle = line;
    ctx.lineWidth = Math.max(1, 0.8 / scale);
    ctx.stroke();
  }

  /* After the lines, so that no line runs through a name. */
  function boxTitle(ctx, b, scale) {
    const looks = BOXES[b.kind];
    if (b.font * scale < 4.5) return;
    const size = Math.min(b.font, Math.max(14, 19 / scale)); // large letters are for the view from afar
    ctx.font = font(size, 650);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    const text = fitted(ctx, b.label, b.width - 20);
    const y = b.y + 4 + size * 0.72;
    ctx.fillStyle = looks[Math.min(b.level, looks.length) - 1][0];
    ctx.fillRect(b.x + 8, y - size * 0.6, ctx.measureText(text).width + 8, size * 1.2);
    ctx.fillStyle = TITLE_INK;
    ctx.fillText(text, b.x + 12, y);
    if (b.note && 11 * scale > 4.5) {
      ctx.font = "italic " + font(11);
      ctx.fillStyle = "#7b8794";
      ctx.fillText(fitted(ctx, b.note, b.width - 20), b.x + 12, b.y + b.height - 11);
    }
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

  /* A tie between us and them, from side to side: where it starts and ends can be told. */
  function ends(a, b) {
    const way = a.x <= b.x ? 1 : -1;
    const from = [a.x + (way * a.width) / 2, a.y];
    const to = [b.x - (way * b.width) / 2, b.y];
    const reach = way * Math.max(Math.abs(to[0] - from[0]) * 0.45, 40);
    return [from, [from[0] + reach, from[1]], [to[0] - reach, to[1]], to];
  }

  function tie(ctx, edge, a, b, scale) {
    const [from, one, two, to] = ends(a, b);
    const width = Math.max(edge.width, 0.8 / scale);
    ctx.strokeStyle = edge.color.color || edge.color;
    ctx.lineWidth = width;
    ctx.setLineDash(edge.dashes || []);
    ctx.beginPath();
    ctx.moveTo(...from);
    ctx.bezierCurveTo(...one, ...two, ...to);
    ctx.stroke();
    ctx.setLineDash([]);
    if (edge.hollow) {
      ctx.strokeStyle = "#ffffff";
      ctx.lineWidth = Math.max(width - 2, width * 0.4);
      ctx.stroke();
    }
  }

  /* How far a point is from a tie. */
  function distance(a, b, x, y) {
    const [p, q, r, s] = ends(a, b);
    let least = Infinity;
    for (let step = 0; step <= 24; step += 1) {
      const t = step / 24;
      const u = 1 - t;
      const at = (i) => u * u * u * p[i] + 3 * u * u * t * q[i] + 3 * u * t * t * r[i] + t * t * t * s[i];
      least = Math.min(least, Math.hypot(at(0) - x, at(1) - y));
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

  return { node, box, boxTitle, line, tie, distance, sample };
})();
