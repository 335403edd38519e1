// A list whose filters are plain links: followed in place when possible, by the browser otherwise.

class ListeFiltrable extends HTMLElement {
  connectedCallback() {
    this.annonce = document.createElement("p");
    this.annonce.className = "invisible";
    this.annonce.setAttribute("role", "status");
    this.after(this.annonce);
    this.addEventListener("click", this);
    this.addEventListener("submit", this);
    this.recherche = location.search;
    addEventListener("popstate", () => {
      if (location.search !== this.recherche) this.aller(location.href, { historique: false });
    });
  }

  handleEvent(event) {
    if (event.type === "submit") {
      const adresse = new URL(event.target.action);
      const champs = [...new FormData(event.target)].filter(([, valeur]) => valeur);
      adresse.search = new URLSearchParams(champs).toString();
      event.preventDefault();
      this.aller(adresse.href, { cle: "#compte" });
      return;
    }
    const lien = event.target.closest("a[href]");
    const voulu = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!lien || voulu || lien.closest(".carte, [data-page-entiere]")) return;
    const adresse = new URL(lien.href);
    if (adresse.origin !== location.origin || adresse.pathname !== location.pathname) return;
    event.preventDefault();
    const cle = lien.dataset.cle && lien.closest("[data-facette], .tris") ? lien.dataset.cle : "#compte";
    this.aller(adresse.href, { cle, haut: Boolean(lien.closest(".pagination")) });
  }

  async aller(adresse, { cle = "", haut = false, historique = true } = {}) {
    this.requete?.abort();
    this.requete = new AbortController();
    this.setAttribute("aria-busy", "true");
    try {
      const reponse = await fetch(adresse, { signal: this.requete.signal, headers: { Accept: "text/html" } });
      if (!reponse.ok) throw new Error(reponse.status);
      const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const region = page.querySelector(this.localName);
      if (!region) throw new Error("region");
      if (historique) history.pushState({}, "", adresse);
      this.recherche = location.search;
      document.title = page.title;
      this.remplacer(region, cle, haut);
    } catch (erreur) {
      if (erreur.name !== "AbortError") location.assign(adresse);
    }
  }

  remplacer(region, cle, haut) {
    for (const details of this.querySelectorAll("details")) {
      const nouveau = details.id
        ? region.querySelector(`#${details.id}`)
        : region.querySelector(`[data-facette="${details.dataset.facette}"]`);
      if (nouveau) nouveau.open = details.open;
      if (nouveau && details.hasAttribute("data-toujours")) nouveau.setAttribute("data-toujours", "");
    }
    this.replaceChildren(...region.childNodes);
    this.removeAttribute("aria-busy");
    const compte = this.querySelector("#compte");
    if (cle) {
      const lien = cle.startsWith("#") ? null : this.querySelector(`[data-cle="${CSS.escape(cle)}"]`);
      (lien ?? compte)?.focus({ preventScroll: true });
    }
    if (haut) compte?.scrollIntoView();
    this.annonce.textContent = compte?.textContent.trim() ?? "";
  }
}

customElements.define("liste-filtrable", ListeFiltrable);
