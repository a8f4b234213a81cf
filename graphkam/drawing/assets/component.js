/* The map as a part of the app: the same drawing, which tells the app what the reader does.

   Streamlit calls this at every change of the data, and what it gives back when the part goes away. What the
   reader has done to a map is kept by its name, so that another page in between loses nothing. */
const kept = new Map();
const mounted = new WeakMap();

function homeOf(map, id) {
  return map.ties.boxes.get(map.nodes.get(id).home) || { id: "", x: 0, y: 0 };
}

/* Where somebody was moved to, as seen from the box he or she is in: there it stays when boxes move. */
function asPlaces(map) {
  const found = {};
  Object.entries(map.state.moved).forEach(([id, [x, y]]) => {
    if (!map.nodes.has(id)) return;
    const home = homeOf(map, id);
    found[id] = [home.id, Math.round(x - home.x), Math.round(y - home.y)];
  });
  return found;
}

function asMoved(picture, places) {
  const boxes = new Map(picture.boxes.map((b) => [b.id, b]));
  const homes = new Map(picture.details.map((d) => [d.id, d.home]));
  const found = {};
  Object.entries(places).forEach(([id, [home, x, y]]) => {
    const box = boxes.get(home) || { x: 0, y: 0 };
    if (homes.get(id) === home) found[id] = [box.x + x, box.y + y];
  });
  return found;
}

function listener(here) {
  const trigger = (event) => here.setTriggerValue("event", event);
  return {
    choose(id) {
      if (id !== here.told) here.setStateValue("chosen", id);
      here.told = id;
    },
    edge: (edge) => trigger({ kind: "edge", id: edge.id }),
    move: () => trigger({ kind: "moved", places: asPlaces(here.map) }),
    open(id) {
      if (here.map.nodes.get(id).kind === "count") trigger({ kind: "opened", id });
    },
  };
}

function keep(here) {
  if (here.map) kept.set(here.name, here.map.keep());
}

function draw(here, root, given) {
  const isNew = !here.map;
  keep(here);
  if (here.map) here.map.end();
  const before = kept.get(given.name) || { chosen: given.chosen };
  here.name = given.name;
  here.rev = given.rev;
  here.told = before.chosen || null;
  const moved = asMoved(given.picture, given.places);
  here.map = graphkamMap(root, given.picture, vis, { ...before, moved }, listener(here));
  root.graphkam = here.map;
  // Back from another page: the app has forgotten who was chosen, the map has not. A link's choice comes first.
  if (isNew && here.told && !given.chosen) here.setStateValue("chosen", here.told);
}

export default function graphkamPart({ data, parentElement, setStateValue, setTriggerValue }) {
  const here = mounted.get(parentElement) || {};
  mounted.set(parentElement, here);
  Object.assign(here, { setStateValue, setTriggerValue });
  const root = parentElement.querySelector(".gk");
  const given = JSON.parse(new TextDecoder().decode(data));
  root.style.height = given.height;
  if (here.rev !== given.rev) draw(here, root, given);
  // The app may choose, too: a link that leads to somebody. Each of its choices is made once.
  if (given.chosen && here.asked !== `${given.name} ${given.chosen}`) {
    here.asked = `${given.name} ${given.chosen}`;
    if (here.map.state.chosen !== given.chosen) here.map.choose(given.chosen);
    here.told = given.chosen;
  }
  root.dataset.runs = Number(root.dataset.runs || 0) + 1;
  return () => {
    keep(here);
    here.map.end();
    mounted.delete(parentElement);
  };
}
