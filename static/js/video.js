// Nothing is fetched from a video host before a click; a host that the site does not allow stays a plain link.

customElements.define(
  "lecteur-video",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => {
        const lien = event.target.closest("a");
        const lecteur = this.fabriquer();
        if (!lien || !lecteur || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.replaceChildren(lecteur);
        lecteur.focus();
      });
    }

    fabriquer() {
      const { lecteur, fichier, titre } = this.dataset;
      if (fichier) {
        const video = document.createElement("video");
        Object.assign(video, { src: fichier, controls: true, autoplay: true, tabIndex: 0 });
        video.setAttribute("aria-label", titre);
        return video;
      }
      if (!lecteur?.startsWith("https://")) return null;
      const cadre = document.createElement("iframe");
      Object.assign(cadre, { src: lecteur, title: titre, allow: "fullscreen; picture-in-picture" });
      cadre.referrerPolicy = "strict-origin-when-cross-origin";
      return cadre;
    }
  },
);
