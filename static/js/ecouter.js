// Reads the page aloud with the voices of the device: nothing is sent anywhere.

import { lignes, phrases } from "./lignes.js";

const LENT = 0.7;

class LectureVocale extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.langue = this.dataset.langue;
    this.etat = this.querySelector("[role=status]");
    this.boutons = Object.fromEntries([...this.querySelectorAll("[data-geste]")].map((b) => [b.dataset.geste, b]));
    this.addEventListener("click", (event) => this[event.target.closest("[data-geste]")?.dataset.geste]?.());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.file && this.arreter());
    addEventListener("pagehide", () => this.arreter());
    speechSynthesis.addEventListener?.("voiceschanged", () => this.chercher());
    speechSynthesis.cancel();
    this.chercher();
  }

  // Without a voice for the language, the buttons stay hidden: another voice would read nonsense.
  chercher() {
    const code = (voix) => voix.lang.replace("_", "-").toLowerCase();
    const base = (langue) => langue.split("-")[0];
    const voix = speechSynthesis.getVoices().filter((v) => base(code(v)) === base(this.langue));
    this.voix = voix.find((v) => code(v) === this.langue.toLowerCase()) ?? voix[0];
    this.hidden = !this.voix;
  }

  lire() {
    this.file = lignes(document.querySelector("main")).flatMap((ligne) =>
      phrases(ligne, this.langue).map((texte) => ({ ligne, texte })),
    );
    speechSynthesis.cancel();
    this.montrer("pause");
    this.etat.textContent = this.etat.dataset.lit;
    this.suivante();
  }

  suivante() {
    this.surligner(this.file?.[0]?.ligne);
    if (!this.file?.length) return this.arreter();
    const dite = new SpeechSynthesisUtterance(this.file[0].texte);
    Object.assign(dite, { voice: this.voix, lang: this.langue, rate: this.lent ? LENT : 1 });
    dite.onend = dite.onerror = () => {
      if (this.dite !== dite) return;
      this.file?.shift();
      this.suivante();
    };
    this.dite = dite;
    speechSynthesis.speak(dite);
  }

  // Telephones do not pause a voice: it stops, and the line starts again.
  pause() {
    this.dite = null;
    speechSynthesis.cancel();
    this.montrer("reprendre");
  }

  reprendre() {
    this.montrer("pause");
    this.suivante();
  }

  arreter() {
    if (this.file) this.etat.textContent = this.etat.dataset.fini;
    this.file = this.dite = null;
    speechSynthesis.cancel();
    this.surligner();
    this.montrer("lire");
  }

  // The line being read starts again at the new speed.
  lentement() {
    this.lent = !this.lent;
    this.boutons.lentement.setAttribute("aria-pressed", this.lent);
    this.pause();
    this.reprendre();
  }

  // One button changes its word: the focus stays on it.
  montrer(nom) {
    const garder = document.activeElement?.dataset.geste in { lire: 1, pause: 1, reprendre: 1, arreter: 1 };
    for (const geste of ["lire", "pause", "reprendre"]) this.boutons[geste].hidden = geste !== nom;
    this.boutons.arreter.hidden = this.boutons.lentement.hidden = nom === "lire";
    if (garder) this.boutons[nom].focus();
  }

  surligner(ligne) {
    if (this.ligne !== ligne) {
      this.ligne?.classList.remove("ligne-lue");
      ligne?.classList.add("ligne-lue");
      ligne?.scrollIntoView({ block: "nearest" });
    }
    this.ligne = ligne;
  }
}

customElements.define("lecture-vocale", LectureVocale);
