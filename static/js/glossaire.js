// The list of words follows what is typed: in place when all of it is on the page, asked for otherwise.

const PAUSE = 250;

const normaliser = (texte) =>
  texte
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

class FiltreInstantane extends HTMLElement {
  connectedCallback() {
    this.champ = this.querySelector("input[type=search]");
    this.liste = this.closest("liste-filtrable");
    this.compte = this.liste.querySelector("#compte");
    this.titre = this.compte.textContent;
    this.depart = this.champ.value.trim();
    this.annonce = Object.assign(document.createElement("p"), { className: "invisible" });
    this.annonce.setAttribute("role", "status");
    this.append(this.annonce);
    this.champ.addEventListener("input", () => this.suivre());
  }

  disconnectedCallback() {
    clearTimeout(this.minuterie);
    this.requete?.abort();
  }

  suivre() {
    clearTimeout(this.minuterie);
    // What the server has already filtered is not on the page.
    if (this.hasAttribute("data-entier") && !this.depart) this.filtrer();
    else this.minuterie = setTimeout(() => this.demander(), PAUSE);
  }

  filtrer() {
    const texte = this.champ.value.trim();
    const mots = normaliser(texte).split(" ");
    let nombre = 0;
    for (const terme of this.liste.querySelectorAll(".terme")) {
      terme.lu ??= normaliser([...terme.querySelectorAll("[data-lu]")].map((lu) => lu.textContent).join(" "));
      terme.hidden = !mots.every((mot) => terme.lu.includes(mot));
      nombre += !terme.hidden;
    }
    for (const lettre of this.liste.querySelectorAll(".lettre")) {
      lettre.hidden = !lettre.querySelector(".terme:not([hidden])");
      const lien = this.liste.querySelector(`.lettres a[href="#${CSS.escape(lettre.firstElementChild.id)}"]`);
      if (lien) lien.parentElement.hidden = lettre.hidden;
    }
    for (const recents of this.liste.querySelectorAll(".recents")) recents.hidden = Boolean(texte);
    this.compte.textContent = texte ? `${this.dataset.trouves} ${nombre}` : this.titre;
    this.accorder(texte);
    this.minuterie = setTimeout(() => this.dire(), PAUSE * 2);
  }

  // The filters chosen next keep the words that were typed.
  accorder(texte) {
    for (const lien of this.liste.querySelectorAll(".facette__option, .actif")) {
      const adresse = new URL(lien.getAttribute("href"), location.href);
      if (texte) adresse.searchParams.set("q", texte);
      else adresse.searchParams.delete("q");
      lien.href = adresse.pathname + adresse.search;
    }
  }

  async demander() {
    this.requete?.abort();
    this.requete = new AbortController();
    const form = this.querySelector("form");
    const adresse = new URL(form.action);
    adresse.search = new URLSearchParams([...new FormData(form)].filter(([, valeur]) => valeur)).toString();
    try {
      const reponse = await fetch(adresse, { signal: this.requete.signal, headers: { Accept: "text/html" } });
      if (!reponse.ok) return;
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      history.replaceState({}, "", adresse);
      this.liste.recherche = location.search;
      for (const nom of ["#resultats", ".filtres__corps"]) {
        const nouveau = page.querySelector(nom);
        if (nouveau) this.liste.querySelector(nom)?.replaceWith(nouveau);
      }
      this.compte = this.liste.querySelector("#compte");
      this.dire();
    } catch {
      // The button of the form still leads there.
    }
  }

  dire() {
    this.annonce.textContent = this.compte.textContent.trim();
  }
}

customElements.define("filtre-instantane", FiltreInstantane);
