// The search field proposes pages while one types: an editable combobox with a list, after the ARIA practices.
// Without this script, or without an answer, it stays a plain search field.

class ChampSuggestions extends HTMLElement {
  connectedCallback() {
    this.champ = this.querySelector("input");
    this.liste = document.createElement("ul");
    Object.assign(this.liste, { className: "suggestions", id: `${this.champ.id}-suggestions`, hidden: true });
    this.liste.setAttribute("role", "listbox");
    this.liste.setAttribute("aria-label", this.dataset.titre);
    this.annonce = document.createElement("p");
    this.annonce.className = "invisible";
    this.annonce.setAttribute("role", "status");
    this.append(this.liste, this.annonce);
    this.champ.setAttribute("role", "combobox");
    this.champ.setAttribute("aria-autocomplete", "list");
    this.champ.setAttribute("aria-controls", this.liste.id);
    this.fermer();
    this.champ.addEventListener("input", () => this.attendre());
    this.champ.addEventListener("keydown", (event) => this.touche(event));
    this.champ.addEventListener("blur", () => this.fermer());
    // The field keeps the focus while an option is clicked.
    this.liste.addEventListener("mousedown", (event) => event.preventDefault());
    this.liste.addEventListener("click", ({ target }) => target.closest("li")?.suivre());
  }

  attendre() {
    clearTimeout(this.minuterie);
    this.requete?.abort();
    const texte = this.champ.value.trim();
    this.minuterie = setTimeout(() => (texte.length > 1 ? this.demander(texte) : this.fermer()), 200);
  }

  async demander(texte) {
    this.requete = new AbortController();
    try {
      const adresse = `${this.dataset.url}?${new URLSearchParams({ q: texte })}`;
      const reponse = await fetch(adresse, { signal: this.requete.signal, headers: { Accept: "application/json" } });
      if (!reponse.ok) throw new Error(reponse.status);
      this.montrer((await reponse.json()).suggestions);
    } catch {
      this.fermer();
    }
  }

  montrer(suggestions) {
    const options = suggestions.map(({ titre, url, type }, rang) => {
      const option = document.createElement("li");
      Object.assign(option, { className: "suggestion", id: `${this.liste.id}-${rang}`, textContent: titre });
      option.setAttribute("role", "option");
      option.ariaSelected = "false";
      option.suivre = () => location.assign(url);
      if (type) option.append(Object.assign(document.createElement("span"), { textContent: ` ${type}` }));
      return option;
    });
    this.fermer();
    if (!options.length || document.activeElement !== this.champ) return;
    this.liste.replaceChildren(...options);
    this.liste.hidden = false;
    this.champ.setAttribute("aria-expanded", "true");
    const texte = options.length === 1 ? this.dataset.une : this.dataset.plusieurs;
    this.annonce.textContent = texte.replace("{nombre}", options.length);
  }

  touche(event) {
    const options = [...this.liste.children];
    const active = options.findIndex((option) => option.ariaSelected === "true");
    if (event.isComposing || this.liste.hidden) return;
    if (event.key === "Escape" || event.key === "Tab") {
      // Escape closes the list; once more, the browser empties the field.
      if (event.key === "Escape") event.preventDefault();
      this.fermer();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      // Past either end, back to the field.
      const places = options.length + 1;
      const place = active + places + (event.key === "ArrowDown" ? 2 : 0);
      event.preventDefault();
      this.choisir(options[(place % places) - 1]);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options[active].suivre();
    }
  }

  choisir(choisie) {
    for (const option of this.liste.children) option.ariaSelected = String(option === choisie);
    this.champ.setAttribute("aria-activedescendant", choisie?.id ?? "");
    choisie?.scrollIntoView({ block: "nearest" });
  }

  fermer() {
    this.liste.hidden = true;
    this.liste.replaceChildren();
    this.annonce.textContent = "";
    this.champ.setAttribute("aria-expanded", "false");
    this.champ.removeAttribute("aria-activedescendant");
  }
}

customElements.define("champ-suggestions", ChampSuggestions);
