// The points of the map: read from differences, put together on a grid of the screen.

const PRECISION = 10000;
const CELL = 72;
const ECART = 52;

function sums(differences) {
  let total = 0;
  return differences.map((each) => (total += each));
}

export function lire(payload) {
  const [towns, ids, lats, lngs] = ["k", "i", "y", "x"].map((name) => sums(payload[name]));
  return ids.map((id, rank) => {
    const [commune, departement] = payload.c[towns[rank]];
    const place = [lats[rank] / PRECISION, lngs[rank] / PRECISION];
    return { id, place, commune, departement, nombre: payload.n[rank], nom: payload.t?.[rank] ?? "" };
  });
}

// Those in the same cell become one, in their middle; then those whose buttons would touch.
export function grouper(points, project) {
  const cells = new Map();
  for (const point of points) {
    const { x, y } = project(point.place);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    const cell = cells.get(key);
    if (cell) cell.push(point);
    else cells.set(key, [point]);
  }
  const groups = [];
  for (const found of [...cells.values()].map((group) => reunir(group, project)).sort((one, other) => other.nombre - one.nombre)) {
    const near = groups.findIndex(({ pixel }) => pixel.distanceTo(found.pixel) < ECART);
    if (near < 0) groups.push(found);
    else groups[near] = reunir([...groups[near].points, ...found.points], project);
  }
  return groups;
}

function reunir(points, project) {
  const place = [0, 1].map((axis) => points.reduce((sum, point) => sum + point.place[axis], 0) / points.length);
  const nombre = points.reduce((sum, point) => sum + point.nombre, 0);
  return { points, place, nombre, pixel: project(place) };
}

export class Mots {
  constructor({ langue, textes, departements }) {
    this.textes = textes;
    this.departements = departements;
    this.pluriel = new Intl.PluralRules(langue);
  }

  nombre(mot, number) {
    const forms = this.textes[mot];
    return (forms[this.pluriel.select(number)] ?? forms.other).replace("#", number);
  }

  // "12 rencontres, Paris": the town if there is one, the places and their départements otherwise.
  groupe({ points, nombre }) {
    const parts = [this.nombre("rencontres", nombre)];
    const communes = new Set(points.map(({ commune }) => commune));
    if (points.length > 1) parts.push(this.nombre("lieux", points.length));
    else if (points[0].nom) parts.push(points[0].nom);
    if (communes.size === 1) parts.push(...communes);
    else {
      const codes = [...new Set(points.map(({ departement }) => departement))].filter(Boolean);
      if (codes.length <= 2) parts.push(...codes.map((code) => this.departements[code] ?? code));
    }
    return parts.filter(Boolean).join(this.textes.virgule);
  }
}
