// The chooser of pictograms: Wagtail's chooser of pictures, told of the words of the block that is being illustrated.
(() => {
  const { telepath } = window;
  const Images = telepath.constructors["wagtail.images.widgets.ImageChooser"];
  const ImageWidget = new Images("", "", {}).widgetClass;
  // An address has a limit, and the first words of a text say what it is about.
  const LONGUEUR = 800;

  // The picture is one field of a block: the words are in the others.
  const motsAutour = (element) => {
    const champ = element.closest("[data-contentpath]");
    const bloc = champ?.parentElement.closest("[data-contentpath]") ?? element.closest("form");
    if (!bloc) return "";
    const textes = [...bloc.querySelectorAll('input[type="text"], textarea, [contenteditable="true"]')];
    return textes
      .map((texte) => texte.value ?? texte.innerText)
      .join(" ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, LONGUEUR);
  };

  class Pictogramme extends ImageWidget {
    getModalOptions() {
      const mots = motsAutour(this.chooserElement);
      return { ...super.getModalOptions(), ...(mots && { linkedFieldFilters: { mots } }) };
    }
  }

  class PictogrammeChooser extends Images {
    widgetClass = Pictogramme;
  }

  telepath.register("variantes.pictogrammes.PictogrammeChooser", PictogrammeChooser);
})();
