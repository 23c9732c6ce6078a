/* global L, document, fetch, setInterval */
// The parking map: a lot drawn as vector layers in plain metres, without tiles from elsewhere.

const words = {
  en: {
    lot: (city) => `Central lot, ${city}`,
    free: (total) => `of ${total} stalls free`,
    kinds: { preview: 'Preview site', production: 'Production site' },
    states: { free: 'Free', taken: 'Taken', reserved: 'Reserved', charging: 'Charging' },
    stall: 'Stall',
    overlays: { stalls: 'Stalls', trees: 'Trees', traffic: 'Traffic' },
    entrance: 'Entrance',
    running: (version, library) => `Parking map ${version} · Leaflet ${library}`,
  },
  fr: {
    lot: (city) => `Stationnement central, ${city}`,
    free: (total) => `places libres sur ${total}`,
    kinds: { preview: 'Site d’essai', production: 'Site de production' },
    states: { free: 'Libre', taken: 'Occupée', reserved: 'Réservée', charging: 'En charge' },
    stall: 'Place',
    overlays: { stalls: 'Places', trees: 'Arbres', traffic: 'Circulation' },
    entrance: 'Entrée',
    running: (version, library) => `Plan du stationnement ${version} · Leaflet ${library}`,
  },
};
const colours = { free: '#3fae6a', taken: '#d3d9df', reserved: '#f2b84b', charging: '#4a90d9' };
const lot = { width: 120, height: 78 };
// Two double rows between aisles and one row along each long side.
const rows = [
  { name: 'A', y: 66 },
  { name: 'B', y: 44 },
  { name: 'C', y: 34 },
  { name: 'D', y: 6 },
];
const stallsPerRow = 23;
const stall = { width: 4.4, depth: 9, firstX: 12 };

start();

async function start() {
  const [site, running] = await Promise.all([load('site.json'), load('version.json')]);
  const text = words[site.locale] ?? words.en;
  introduce(site, running, text);
  const random = seeded(site.client);
  const map = drawLot(text, random);
  const stalls = drawStalls(map, text, random);
  showCounts(stalls, text);
  // Cars come and go, so that a visitor sees a living page.
  setInterval(() => {
    const each = stalls[Math.floor(random() * stalls.length)];
    each.state = nextState(each.state, random);
    paint(each, text);
    showCounts(stalls, text);
  }, 1500);
}

async function load(path) {
  const response = await fetch(path, { cache: 'no-store' });
  return response.json();
}

function introduce(site, running, text) {
  document.documentElement.lang = site.locale;
  document.title = `${site.name} · ${text.kinds[site.kind]}`;
  put('client-name', site.name);
  put('lot-name', text.lot(site.city));
  put('version-line', text.running(running.version, L.version));
  put('digest', `${running.digest.slice(0, 19)}…`);
  const badge = put('site-kind', text.kinds[site.kind]);
  badge.classList.add(site.kind);
  badge.hidden = false;
}

function put(id, content) {
  const element = document.getElementById(id);
  element.textContent = content;
  return element;
}

function drawLot(text, random) {
  const map = L.map('map', { crs: L.CRS.Simple, minZoom: 1, maxZoom: 6, zoomSnap: 0.25 });
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  map.fitBounds(box(-6, -8, lot.width + 12, lot.height + 16));
  L.rectangle(box(-60, -60, 240, 200), flat('#dbe6d6')).addTo(map);
  L.rectangle(box(-60, -26, 240, 16), flat('#6d7783')).addTo(map);
  dashed(
    [
      [-18, -60],
      [-18, 180],
    ],
    '#f5f0d8',
  ).addTo(map);
  L.rectangle(box(52, -12, 14, 14), flat('#58626d')).addTo(map);
  L.rectangle(box(0, 0, lot.width, lot.height), {
    ...flat('#58626d'),
    stroke: true,
    color: '#f7f9fa',
    weight: 3,
  }).addTo(map);
  const overlays = {
    [text.overlays.traffic]: drawTraffic(text).addTo(map),
    [text.overlays.trees]: drawTrees(random).addTo(map),
  };
  L.control.layers(null, overlays, { collapsed: true }).addTo(map);
  return map;
}

function drawTraffic(text) {
  const aisles = [60, 24];
  const layers = aisles.map((y) =>
    dashed(
      [
        [y - 1, 6],
        [y - 1, lot.width - 6],
      ],
      '#aab3bc',
    ),
  );
  const entrance = L.tooltip({ permanent: true, direction: 'right', offset: [8, 0] });
  const gate = L.circleMarker([-4, 59], {
    radius: 6,
    color: '#fff',
    weight: 2,
    fillColor: '#0b5cad',
    fillOpacity: 1,
  });
  return L.layerGroup([...layers, gate.bindTooltip(entrance.setContent(text.entrance))]);
}

function drawTrees(random) {
  const trees = [];
  for (let x = 3; x < lot.width; x += 9) {
    const radius = 1.9 + random() * 1.3;
    const style = { color: '#4d8a57', weight: 1, fillColor: '#6aa774', fillOpacity: 0.9 };
    trees.push(L.circle([lot.height + 4, x], { ...style, radius }));
    if (x < 48 || x > 70) trees.push(L.circle([-4.5, x], { ...style, radius: radius * 0.9 }));
  }
  return L.layerGroup(trees);
}

function drawStalls(map, text, random) {
  const layer = L.layerGroup().addTo(map);
  const stalls = [];
  for (const row of rows) {
    const icon = L.divIcon({ className: 'row-label', html: row.name, iconSize: [20, 20] });
    L.marker([row.y + 4.5, 7], { icon, interactive: false, keyboard: false }).addTo(layer);
    for (let number = 1; number <= stallsPerRow; number += 1) {
      const x = stall.firstX + (number - 1) * stall.width;
      const shape = L.rectangle(box(x, row.y, stall.width - 0.5, stall.depth), {
        weight: 1,
        color: '#fff',
      });
      const each = { name: `${row.name}${number}`, state: firstState(row, number, random), shape };
      shape.addTo(layer).bindPopup('');
      paint(each, text);
      stalls.push(each);
    }
  }
  return stalls;
}

function firstState(row, number, random) {
  if (row.name === 'D' && number > stallsPerRow - 6) return random() < 0.6 ? 'charging' : 'free';
  if (row.name === 'A' && number <= 3) return 'reserved';
  return random() < 0.62 ? 'taken' : 'free';
}

function nextState(state, random) {
  if (state === 'reserved') return 'reserved';
  if (state !== 'free') return 'free';
  return random() < 0.15 ? 'charging' : 'taken';
}

function paint(each, text) {
  each.shape.setStyle({ fillColor: colours[each.state], fillOpacity: 0.95 });
  each.shape.setPopupContent(`<b>${text.stall} ${each.name}</b><br>${text.states[each.state]}`);
}

function showCounts(stalls, text) {
  const count = (state) => stalls.filter((each) => each.state === state).length;
  put('free-count', String(count('free')));
  put('free-label', text.free(stalls.length));
  document.getElementById('meter-fill').style.width = `${(100 * count('free')) / stalls.length}%`;
  const items = Object.keys(colours).map((state) => legendItem(state, count(state), text));
  document.getElementById('legend').replaceChildren(...items);
}

function legendItem(state, count, text) {
  const item = document.createElement('li');
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  swatch.style.background = colours[state];
  const number = document.createElement('span');
  number.className = 'count';
  number.textContent = String(count);
  item.append(swatch, text.states[state], number);
  return item;
}

function box(x, y, width, height) {
  return [
    [y, x],
    [y + height, x + width],
  ];
}

function flat(fillColor) {
  return { stroke: false, fillColor, fillOpacity: 1, interactive: false };
}

function dashed(line, color) {
  return L.polyline(line, { color, weight: 2, dashArray: '8 10', interactive: false });
}

// The same client shows the same lot on every visit.
function seeded(text) {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393;
    state ^= state >>> 13;
    return (state >>> 0) / 4294967296;
  };
}
