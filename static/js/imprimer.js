// The print button, which only makes sense with JavaScript.

customElements.define(
  "bouton-imprimer",
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.addEventListener("click", () => print());
    }
  },
);
