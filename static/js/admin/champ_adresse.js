// The search of wagtailgeowidget, asked of our own address by a button: what it finds fills the form and moves the point.
(() => {
  function ChampAdresse(options) {
    GeocoderField.call(this, options);
    this.options = options;
    // Nothing leaves while one writes.
    this.field.off("input");
    this.place = document.createElement("div");
    this.place.className = "recherche-adresse";
    this.button = this.bouton(this.translations.chercher, () => this.geocodeSearch(this.asked()));
    this.said = document.createElement("div");
    this.said.setAttribute("role", "status");
    this.place.append(this.button, this.said);
    this.field[0].after(this.place);
    this.field.on("keydown", (event) => {
      if (event.key === "Enter") this.geocodeSearch(this.asked());
    });
  }

  ChampAdresse.prototype = Object.create(GeocoderField.prototype);
  ChampAdresse.prototype.constructor = ChampAdresse;

  Object.assign(ChampAdresse.prototype, {
    bouton(text, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = text;
      button.addEventListener("click", act);
      return button;
    },

    input(name) {
      return document.getElementById(`id_${name}`);
    },

    asked() {
      const parts = ["adresse", "code_postal", "commune"].map((name) => this.input(name)?.value.trim());
      return parts.filter(Boolean).join(" ");
    },

    say(text) {
      this.said.textContent = text;
    },

    async geocodeSearch(query) {
      if (!query) {
        this.say(this.translations.vide);
        return;
      }
      const turn = Symbol("turn");
      this.turn = turn;
      this.say(this.translations.en_cours);
      let answer, found;
      try {
        answer = await fetch(`${this.options.url}?${new URLSearchParams({ q: query })}`, {
          headers: { Accept: "application/json" },
        });
        found = await answer.json();
      } catch {
        found = null;
      }
      if (this.turn !== turn) return;
      if (!answer?.ok || !found?.resultats) this.say(found?.message ?? this.translations.panne);
      else if (!found.resultats.length) this.say(this.translations.rien);
      else if (found.resultats.length === 1) this.fill(found.resultats[0]);
      else this.offer(found.resultats);
    },

    offer(results) {
      const list = document.createElement("ul");
      list.className = "recherche-adresse__choix";
      for (const each of results) {
        const item = document.createElement("li");
        item.append(this.bouton(each.libelle, () => this.fill(each)));
        list.append(item);
      }
      this.say(this.translations.choisir);
      this.said.append(list);
    },

    fill(result) {
      for (const name of ["adresse", ...this.options.champs]) {
        const input = this.input(name);
        if (!input || !result[name]) continue;
        input.value = result[name];
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      this.field.trigger("searchGeocoded", [{ lat: result.latitude, lng: result.longitude }]);
      this.say(this.translations.fait);
      this.field[0].focus();
    },
  });

  class ChampAdresseController extends window.StimulusModule.Controller {
    static values = { options: Object };

    connect() {
      this.search ??= new ChampAdresse({ ...this.optionsValue, id: this.element.id });
    }
  }

  window.wagtail.app.register("champ-adresse", ChampAdresseController);
})();
