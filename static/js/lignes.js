// The lines of a page that are read aloud, in order.

const LIGNES =
  "h1, h2, h3, h4, p, li, dt, dd, th, td, .image__legende, .citation figcaption, blockquote, summary, legend";
const MUET = [
  ...["nav", "form", "lecture-vocale", "[aria-hidden=true]", "[hidden]", ".invisible", ".outils-lecture"],
  ...[".impression-tete", ".avis", ".pages", ".liees", ".definition", ".mots-de-la-page"],
].join();

const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

// What is read at once: elements that hold words and no other such element.
export const lignes = (zone) =>
  [...zone.querySelectorAll(LIGNES)].filter(
    (ligne) => !ligne.closest(MUET) && !ligne.querySelector(LIGNES) && ligne.textContent.trim() && visible(ligne),
  );

// The words of a line, without the definition that may be open in it.
const texteDe = (ligne) => {
  const copie = ligne.cloneNode(true);
  for (const definition of copie.querySelectorAll(".definition")) definition.remove();
  return copie.textContent.replace(/\s+/g, " ").trim();
};

// Some voices stop after a quarter of a minute: long paragraphs are read sentence by sentence.
export const phrases = (ligne, langue) => {
  const texte = texteDe(ligne);
  if (texte.length < 160 || !Intl.Segmenter) return [texte];
  return [...new Intl.Segmenter(langue, { granularity: "sentence" }).segment(texte)].map((part) => part.segment);
};
