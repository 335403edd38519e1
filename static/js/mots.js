// The words that the page explains: links to the glossary become buttons that open the definition beside the word.
// What a definition says stands in the list at the end of the page, from which it is copied.

const liste = document.querySelector(".mots-de-la-page");
const MARGE = 8;
let ouvert = null;

const creer = (classe, ...contenu) => {
  const element = Object.assign(document.createElement("span"), { className: classe });
  element.append(...contenu);
  return element;
};

const boutonFermer = () =>
  Object.assign(document.createElement("button"), {
    type: "button",
    className: "definition__fermer",
    textContent: liste.dataset.fermer,
    onclick: () => fermer({ rendre: true }),
  });

// Right after its word, for those who listen and for the Tab key.
const panneauDe = (mot) => {
  const note = document.getElementById(`mot-${mot.dataset.mot}`);
  const id = `definition-${mot.dataset.mot}`;
  const panneau = creer("definition", ...note.cloneNode(true).childNodes);
  panneau.querySelector(".note__terme").id = `${id}-terme`;
  panneau.append(creer("definition__gestes", panneau.querySelector(".note__lien"), boutonFermer()));
  panneau.setAttribute("role", "group");
  panneau.setAttribute("aria-labelledby", `${id}-terme`);
  // Above tables that scroll and boxes that clip, where the browser has such a layer.
  panneau.popover = "manual";
  panneau.id = id;
  return panneau;
};

// Under the word, or above it where the screen ends; never beyond the sides of the window. What the panel is placed
// from differs with the browser and the page: it is moved by what it lacks.
const placer = () => {
  const { mot, panneau } = ouvert;
  Object.assign(panneau.style, { left: "0px", top: "0px" });
  const boite = panneau.getBoundingClientRect();
  const [premiere, ...autres] = mot.getClientRects();
  const derniere = autres.at(-1) ?? premiere;
  const largeur = document.documentElement.clientWidth;
  const rtl = getComputedStyle(mot).direction === "rtl";
  const voulu = rtl ? derniere.right - boite.width : derniere.left;
  const x = Math.max(MARGE, Math.min(voulu, largeur - boite.width - MARGE));
  const dessous = derniere.bottom + MARGE;
  const dessus = premiere.top - boite.height - MARGE;
  const y = dessous + boite.height > innerHeight && dessus > 0 ? dessus : dessous;
  Object.assign(panneau.style, { left: `${x - boite.left}px`, top: `${y - boite.top}px` });
};

const fermer = ({ rendre = false } = {}) => {
  if (!ouvert) return;
  const { mot, panneau } = ouvert;
  ouvert = null;
  mot.setAttribute("aria-expanded", "false");
  mot.removeAttribute("aria-controls");
  if (rendre) mot.focus();
  panneau.remove();
};

const ouvrir = (mot) => {
  fermer();
  const panneau = panneauDe(mot);
  mot.after(panneau);
  mot.setAttribute("aria-expanded", "true");
  mot.setAttribute("aria-controls", panneau.id);
  panneau.showPopover?.();
  ouvert = { mot, panneau };
  placer();
  panneau.scrollIntoView({ block: "nearest" });
};

const basculer = (mot, event) => {
  event.preventDefault();
  if (ouvert?.mot === mot) fermer({ rendre: true });
  else ouvrir(mot);
};

for (const mot of document.querySelectorAll("a.mot[data-mot]")) {
  // A word without an entry in the list stays a link.
  if (!document.getElementById(`mot-${mot.dataset.mot}`)) continue;
  mot.setAttribute("role", "button");
  mot.setAttribute("aria-expanded", "false");
  mot.setAttribute("aria-describedby", "mots-aide");
  mot.addEventListener("click", (event) => {
    // In another window or tab, the page of the word.
    if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) basculer(mot, event);
  });
  mot.addEventListener("keydown", (event) => event.key === " " && basculer(mot, event));
}

const dedans = (element) => ouvert.panneau.contains(element) || ouvert.mot.contains(element);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") fermer({ rendre: ouvert && dedans(document.activeElement) });
});
// A tap, and not a finger that scrolls.
document.addEventListener("pointerup", (event) => ouvert && !dedans(event.target) && fermer());
// Never over what has the focus.
document.addEventListener("focusin", (event) => ouvert && !dedans(event.target) && fermer());
addEventListener("resize", () => ouvert && placer());
document.addEventListener("scroll", (event) => ouvert && event.target !== document && placer(), true);
