// The words that the page explains: links to the glossary become buttons that open the definition beside the word, which
// is copied from the list at the end of the page.

const liste = document.querySelector(".mots-de-la-page");
const MARGE = 8;
let ouvert;

const creer = (className, ...contenu) => {
  const element = Object.assign(document.createElement("span"), { className });
  element.append(...contenu);
  return element;
};

const boutonFermer = () =>
  Object.assign(document.createElement("button"), {
    type: "button",
    className: "definition__fermer",
    textContent: liste.dataset.fermer,
    onclick: () => fermer(true),
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
  return Object.assign(panneau, { id, popover: "manual" });
};

// Under the word, or above it where the screen ends; never beyond the sides of the window. What a panel is placed from
// depends on the page: it is moved by what it lacks.
const placer = () => {
  const { mot, panneau } = ouvert;
  Object.assign(panneau.style, { left: 0, top: 0 });
  const boite = panneau.getBoundingClientRect();
  const [premiere, ...autres] = mot.getClientRects();
  const derniere = autres.at(-1) ?? premiere;
  const rtl = getComputedStyle(mot).direction === "rtl";
  const debut = rtl ? derniere.right - boite.width : derniere.left;
  const x = Math.max(MARGE, Math.min(debut, document.documentElement.clientWidth - boite.width - MARGE));
  const dessous = derniere.bottom + MARGE;
  const dessus = premiere.top - boite.height - MARGE;
  const y = dessous + boite.height > innerHeight && dessus > 0 ? dessus : dessous;
  Object.assign(panneau.style, { left: `${x - boite.left}px`, top: `${y - boite.top}px` });
};

const fermer = (rendre = false) => {
  if (!ouvert) return;
  const { mot, panneau } = ouvert;
  ouvert = undefined;
  mot.setAttribute("aria-expanded", "false");
  mot.removeAttribute("aria-controls");
  if (rendre) mot.focus();
  panneau.remove();
};

const ouvrir = (mot) => {
  fermer();
  const panneau = panneauDe(mot);
  ouvert = { mot, panneau };
  mot.after(panneau);
  mot.setAttribute("aria-expanded", "true");
  mot.setAttribute("aria-controls", panneau.id);
  panneau.showPopover?.();
  placer();
  panneau.scrollIntoView({ block: "nearest" });
};

const basculer = (mot, event) => {
  event.preventDefault();
  ouvert?.mot === mot ? fermer(true) : ouvrir(mot);
};

for (const mot of document.querySelectorAll("a.mot[data-mot]")) {
  // A word without an entry in the list stays a link.
  if (!document.getElementById(`mot-${mot.dataset.mot}`)) continue;
  mot.setAttribute("role", "button");
  mot.setAttribute("aria-expanded", "false");
  mot.setAttribute("aria-describedby", "mots-aide");
  // With another key, the page of the word in another window.
  mot.addEventListener("click", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) basculer(mot, event);
  });
  mot.addEventListener("keydown", (event) => event.key === " " && basculer(mot, event));
}

const dedans = (element) => ouvert.panneau.contains(element) || ouvert.mot.contains(element);

addEventListener("keydown", ({ key }) => key === "Escape" && fermer(ouvert && dedans(document.activeElement)));
// A tap, and not a finger that scrolls; and never over what has the focus.
for (const genre of ["pointerup", "focusin"]) {
  addEventListener(genre, (event) => ouvert && !dedans(event.target) && fermer());
}
addEventListener("resize", () => ouvert && placer());
addEventListener("scroll", (event) => ouvert && event.target !== document && placer(), true);
