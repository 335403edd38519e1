// The agenda on a map. The list beside it says the same without scripts.
import { Mots, grouper, lire } from "./carte_points.js";

const { L } = window;
const ZOOM_MAX = 17;
const DATES_MAX = 5;

const Bouton = L.Icon.extend({
  createIcon() {
    const button = document.createElement("button");
    button.type = "button";
    const [seen, said] = [document.createElement("span"), document.createElement("span")];
    seen.textContent = this.options.nombre;
    seen.ariaHidden = "true";
    said.className = "invisible";
    said.dir = "auto";
    said.textContent = button.title = this.options.nom;
    button.append(seen, said);
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => this.options.choisir(button));
    this._setIconStyles(button, "icon");
    return button;
  },
  createShadow: () => null,
});

class CarteAgenda extends HTMLElement {
  async connectedCallback() {
    if (this.map) return;
    this.reglages = JSON.parse(this.dataset.reglages);
    this.textes = this.reglages.textes;
    this.mots = new Mots(this.reglages);
    this.dessiner();
    try {
      const [contours, points] = await Promise.all([this.reglages.contours, this.reglages.points].map(demander));
      L.geoJSON(contours, { interactive: false, className: "carte-agenda__contour" }).addTo(this.map);
      this.points = lire(points);
    } catch {
      this.vue.remove();
      this.choix.replaceChildren(element("p", this.textes.panne));
      this.choix.hidden = false;
      return;
    }
    this.cadrer(this.points);
    this.map.on("moveend", () => this.montrer());
    this.montrer();
  }

  disconnectedCallback() {
    this.map?.remove();
    this.map = null;
  }

  dessiner() {
    this.vue = element("div", "", "carte-agenda__vue");
    this.vue.dir = "ltr";
    this.vue.setAttribute("role", "region");
    this.vue.setAttribute("aria-label", this.textes.carte);
    this.choix = element("section", "", "carte-agenda__choix");
    this.choix.hidden = true;
    this.prepend(this.vue);
    this.append(this.choix);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const options = { attributionControl: false, zoomControl: false, scrollWheelZoom: false, maxZoom: ZOOM_MAX };
    for (const moved of ["zoomAnimation", "fadeAnimation", "markerZoomAnimation", "inertia"]) options[moved] = !still;
    this.anime = !still;
    this.map = L.map(this.vue, options).fitBounds(this.reglages.emprise, { animate: false });
    this.marques = L.layerGroup().addTo(this.map);
    this.ajouterZoom();
    const fond = this.querySelector(".carte-agenda__fond");
    if (fond) {
      fond.hidden = false;
      fond.querySelector("button").addEventListener("click", () => this.charger(fond));
    }
  }

  ajouterZoom() {
    const zoom = element("div", "", "carte-agenda__zoom");
    for (const [signe, nom, pas] of [["+", this.textes.plus, 1], ["−", this.textes.moins, -1]]) {
      const button = element("button", signe);
      button.type = "button";
      button.ariaLabel = button.title = nom;
      button.addEventListener("click", () => this.map.setZoom(this.map.getZoom() + pas, { animate: this.anime }));
      zoom.append(button);
    }
    this.vue.before(zoom);
  }

  // Nothing is asked of another host before this click.
  charger(fond) {
    const { url, credit } = this.reglages.tuiles;
    L.tileLayer(url, { maxZoom: ZOOM_MAX }).addTo(this.map);
    this.classList.add("carte-agenda--fond");
    this.querySelector(".carte-agenda__credit").append(credit ? ` – ${credit}` : "");
    this.vue.focus();
    fond.remove();
  }

  cadrer(points) {
    if (!points.length) return;
    const bounds = L.latLngBounds(points.map(({ place }) => place)).pad(0.15);
    this.map.fitBounds(bounds, { maxZoom: 13, animate: this.anime });
  }

  montrer() {
    const zoom = this.map.getZoom();
    const seen = this.map.getBounds().pad(0.1);
    const here = this.points.filter(({ place }) => seen.contains(place));
    const groups = grouper(here, (place) => this.map.project(place, zoom));
    groups.sort((one, other) => other.place[0] - one.place[0]);
    this.marques.clearLayers();
    for (const group of groups) {
      const icon = new Bouton({
        nombre: group.nombre,
        nom: this.mots.groupe(group),
        className: `carte-agenda__point${group.points.length > 1 ? " carte-agenda__point--groupe" : ""}`,
        iconSize: [44, 44],
        choisir: (button) => this.choisir(group, button),
      });
      this.marques.addLayer(L.marker(group.place, { icon, keyboard: false }));
    }
    if (this.suivre) {
      const next = this.vue.querySelector(".carte-agenda__point");
      (next ?? this.vue).focus({ preventScroll: true });
      this.suivre = false;
    }
  }

  choisir({ points }, button) {
    const bounds = L.latLngBounds(points.map(({ place }) => place));
    const apart = points.length > 1 && !bounds.getNorthEast().equals(bounds.getSouthWest());
    if (apart && this.map.getZoom() < ZOOM_MAX) {
      // The button goes with its group: those that come in its place are next.
      this.suivre = true;
      this.map.fitBounds(bounds.pad(0.2), { maxZoom: ZOOM_MAX, animate: this.anime });
      return;
    }
    this.detailler(points, button);
  }

  async detailler(points, button) {
    this.retour = button;
    const shown = points.slice(0, DATES_MAX);
    const title = element("h3", shown.length > 1 ? this.mots.groupe({ points, nombre: total(points) }) : this.nom(points[0]));
    title.tabIndex = -1;
    title.dir = "auto";
    const close = element("button", this.textes.fermer, "bouton bouton--trait");
    close.type = "button";
    close.addEventListener("click", () => this.fermer());
    const parts = await Promise.all(shown.map((point) => this.dates(point, shown.length > 1)));
    this.choix.replaceChildren(title, ...parts.flat(), close);
    this.choix.hidden = false;
    title.focus();
  }

  nom({ id, nom, commune }) {
    return nom || document.querySelector(`#lieu-${id} .lieu__nom`)?.textContent || commune;
  }

  // What the list says of this place, in the reader's language: asked of it.
  async dates(point, several) {
    const address = this.reglages.lieu.replace(/\blieu=0\b/, `lieu=${point.id}`);
    const all = element("a", `${several ? `${this.nom(point)}${this.textes.virgule}` : ""}${this.mots.nombre("rencontres", point.nombre)}`);
    all.href = address;
    all.dataset.pageEntiere = "";
    const line = element("p");
    line.append(all);
    if (several) return [line];
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = [...page.querySelectorAll(".dates > li")].slice(0, DATES_MAX);
      const list = element("ul", "", "dates");
      list.setAttribute("role", "list");
      list.append(...found);
      if (point.nombre > found.length) all.textContent = `${this.textes.voir} (${point.nombre})`;
      return found.length && point.nombre <= found.length ? [list] : [list, line];
    } catch {
      return [line];
    }
  }

  fermer() {
    this.choix.hidden = true;
    const back = this.retour?.isConnected ? this.retour : this.vue;
    back.focus();
  }
}

function element(name, text = "", classe = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (classe) made.className = classe;
  return made;
}

function total(points) {
  return points.reduce((sum, { nombre }) => sum + nombre, 0);
}

async function demander(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

customElements.define("carte-agenda", CarteAgenda);
