// The map of wagtailgeowidget, with our outlines, no tiles unless the settings name some, an empty position that stays
// empty, and a point that the arrows of the keyboard move.
(() => {
  const PIN =
    '<svg viewBox="0 0 32 44" width="32" height="44" aria-hidden="true"><path d="M16 1C7.7 1 1 7.7 1 16c0 11 15 27 15 27s15-16 15-27C31 7.7 24.3 1 16 1z"/><circle cx="16" cy="16" r="6"/></svg>';
  const NUMBER = "([+-]?\\d{1,3}(?:[.,]\\d+)?)";
  const TYPED = [
    new RegExp(`^\\s*${NUMBER}\\s*(?:[;\\s]|,\\s)\\s*${NUMBER}\\s*$`),
    /^\s*([+-]?\d{1,3}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)\s*$/,
  ];
  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  function ChampPosition(options) {
    this.options = options;
    LeafletField.call(this, options);
  }

  ChampPosition.prototype = Object.create(LeafletField.prototype);
  ChampPosition.prototype.constructor = ChampPosition;

  Object.assign(ChampPosition.prototype, {
    setup() {
      if (this.hasSetup) return;
      this.hasSetup = true;
      this.mapEl.prop("hidden", false);
      this.initMap(this.mapEl);
      this.initEvents();
      const known = this.parseStrToLatLng(this.latLngField.val());
      if (known) this.setMapPosition(known, true);
      // A map in a tab that is not open has no size yet.
      new ResizeObserver(() => this.map.invalidateSize()).observe(this.mapEl[0]);
    },

    initMap(mapEl) {
      const { emprise, contours, credit, tuiles, translations } = this.options;
      this.map = L.map(mapEl[0], { zoomControl: false, scrollWheelZoom: false, maxZoom: 18 }).fitBounds(emprise);
      this.map.attributionControl.setPrefix(false).addAttribution(credit);
      L.control.zoom({ zoomInTitle: translations.zoom_in, zoomOutTitle: translations.zoom_out }).addTo(this.map);
      if (tuiles) {
        const attribution = document.createElement("span");
        attribution.textContent = tuiles.credit;
        L.tileLayer(tuiles.url, { maxZoom: 18, attribution: attribution.innerHTML }).addTo(this.map);
      } else {
        this.zoom = 12;
      }
      fetch(contours)
        .then((answer) => answer.json())
        .then((found) => L.geoJSON(found, { interactive: false, className: "carte-du-lieu__contour" }).addTo(this.map))
        .catch(() => {});
      const icon = L.divIcon({ className: "carte-du-lieu__point", html: PIN, iconSize: [32, 44], iconAnchor: [16, 43] });
      this.marker = L.marker(this.map.getCenter(), { draggable: true, icon, title: translations.point });
    },

    initEvents() {
      LeafletField.prototype.initEvents.call(this);
      this.map.on("click", (event) => this.choose(event.latlng));
      this.latLngField.on("input", () => {
        if (this.latLngField.val().trim()) return;
        this.clearFieldMessage({ field: this.latLngField });
        this.marker.remove();
        this.setState("");
      });
      this.marker.on("add", () => {
        const point = this.marker.getElement();
        point.setAttribute("role", "button");
        point.setAttribute("aria-label", this.options.translations.point);
        point.addEventListener("keydown", (event) => {
          const step = STEPS[event.key];
          if (!step) return;
          event.preventDefault();
          event.stopPropagation();
          const pixels = event.shiftKey ? 1 : 8;
          const before = this.map.latLngToContainerPoint(this.marker.getLatLng());
          const after = before.add([step[0] * pixels, step[1] * pixels]);
          this.choose(this.map.containerPointToLatLng(after));
        });
      });
    },

    choose(latLng) {
      this.clearFieldMessage({ field: this.latLngField });
      this.setMapPosition(latLng);
      this.updateLatLng(latLng);
      this.writeLocation(latLng);
    },

    setMapPosition(latLng, near) {
      this.marker.setLatLng(latLng).addTo(this.map);
      if (near) this.map.setView(latLng, this.zoom, { animate: false });
      else if (!this.map.getBounds().contains(latLng)) this.map.panTo(latLng, { animate: false });
    },

    updateMapFromCoords(latLng) {
      if (latLng) this.setMapPosition(latLng, true);
    },

    updateLatLng(latLng) {
      const said = [latLng.lat, latLng.lng].map((each) => String(Number(Number(each).toFixed(6))));
      this.latLngField.val(said.join(", "));
    },

    parseStrToLatLng(value) {
      const found = TYPED.map((form) => form.exec(value)).find(Boolean);
      if (!found) return null;
      const [lat, lng] = [found[1], found[2]].map((each) => Number(each.replace(",", ".")));
      return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? L.latLng(lat, lng) : null;
    },

    displayWarning(message, { field }) {
      this.clearFieldMessage({ field });
      const warning = document.createElement("p");
      warning.className = `help-block help-warning ${this.genMessageId(field)}`;
      warning.setAttribute("role", "alert");
      warning.textContent = message;
      field[0].after(warning);
    },
  });

  class ChampPositionController extends window.StimulusModule.Controller {
    static values = { options: Object };

    connect() {
      if (this.field) return;
      const options = this.optionsValue;
      this.field = new ChampPosition({
        ...options,
        id: this.element.id,
        addressSelector: `#id_${options.addressField}`,
        defaultLocation: { lat: 0, lng: 0 },
      });
      // Found by the search of the address: near it, whatever the map showed.
      this.field.addressField.on("searchGeocoded", (_event, latLng) => this.field.setMapPosition(latLng, true));
    }
  }

  window.wagtail.app.register("champ-position", ChampPositionController);
})();
