// What the checker finds in a page in FALC, beside the editor: asked again each time the writer stops typing.
const RYTHME = 1500;
const cadre = document.querySelector("[data-assistant-falc]");
const formulaire = document.querySelector("[data-edit-form]");

const bilan = (texte) => {
  const place = cadre.querySelector("[data-assistant-bilan]");
  if (place.textContent !== texte) place.textContent = texte;
};

const empreinte = () => {
  const donnees = new FormData(formulaire);
  const fichiers = [...donnees.entries()].filter(([, valeur]) => valeur instanceof File);
  fichiers.forEach(([nom]) => donnees.delete(nom));
  return new URLSearchParams(donnees).toString();
};

let lue = null;
let precedente = null;

async function relire(texte) {
  lue = texte;
  try {
    const reponse = await fetch(cadre.dataset.assistantFalc, {
      method: "POST",
      body: texte,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": formulaire.querySelector("[name=csrfmiddlewaretoken]").value,
      },
    });
    if (!reponse.ok) throw new Error(reponse.status);
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const constats = page.querySelector("[data-bilan]");
    cadre.querySelector("[data-assistant-constats]").replaceChildren(constats);
    bilan(constats.dataset.bilan);
  } catch {
    lue = null;
    bilan("Le contrôle ne répond pas. Il va réessayer ; votre texte n’est pas touché.");
  }
}

// Read once it has stopped changing, and only while somebody sees the panel.
function veiller() {
  if (document.hidden || !cadre.offsetParent) return;
  const actuelle = empreinte();
  if (actuelle === precedente && actuelle !== lue) relire(actuelle);
  precedente = actuelle;
}

// A place is the path to a text in the form, "texte_falc/<id of a block>/texte#2", or the name of a field.
function lieu(cle) {
  return cle.split("#")[0].split("/").reduce(
    (element, nom) => element?.querySelector(`[data-contentpath="${CSS.escape(nom)}"]`) ?? element,
    formulaire,
  );
}

const nette = (texte) => texte.replace(/\s+/g, " ").trim();

function editeur(cle, ligne) {
  const champs = [...lieu(cle).querySelectorAll("input, textarea")].filter((champ) => champ.draftailEditor);
  for (const champ of champs) {
    const blocs = champ.draftailEditor.getEditorState().getCurrentContent().getBlocksAsArray();
    const bloc = blocs.find((un) => nette(un.getText()) === nette(ligne));
    if (bloc) return { champ, bloc };
  }
  return null;
}

function voir(cle, ligne) {
  const place = lieu(cle);
  for (let parent = place; parent && parent !== formulaire; parent = parent.parentElement) {
    if (parent.matches("[data-panel]")) parent.querySelector("[data-panel-toggle][aria-expanded='false']")?.click();
  }
  place.scrollIntoView({ block: "center" });
  const trouve = editeur(cle, ligne);
  if (!trouve) {
    place.querySelector("input:not([type=hidden]), textarea, [contenteditable=true]")?.focus();
    return;
  }
  const { EditorState, SelectionState } = window.DraftJS;
  const selection = SelectionState.createEmpty(trouve.bloc.getKey());
  const { draftailEditor } = trouve.champ;
  draftailEditor.onChange(EditorState.forceSelection(draftailEditor.getEditorState(), selection));
}

// Where each part begins and ends in the line; nothing when one of them is not found there as it is.
function bornes(ligne, morceaux) {
  let depart = 0;
  const trouvees = [];
  for (const morceau of morceaux) {
    const coeur = morceau.replace(/[.\s]+$/, "");
    const debut = ligne.toLowerCase().indexOf(coeur.toLowerCase(), depart);
    if (debut < 0) return null;
    depart = debut + coeur.length;
    trouvees.push({ debut, fin: depart, initiale: morceau[0] });
  }
  return trouvees;
}

function couper(cle, ligne, morceaux) {
  const trouve = editeur(cle, ligne);
  const parts = trouve && bornes(trouve.bloc.getText(), morceaux);
  if (!parts) {
    voir(cle, ligne);
    bilan("Cette ligne a changé : coupez-la avec la touche Entrée.");
    return;
  }
  const { EditorState, Modifier, SelectionState } = window.DraftJS;
  const etat = trouve.champ.draftailEditor.getEditorState();
  const cle_du_bloc = trouve.bloc.getKey();
  const entre = (debut, fin) =>
    SelectionState.createEmpty(cle_du_bloc).merge({ anchorOffset: debut, focusOffset: fin });
  const style = (place) => trouve.bloc.getInlineStyleAt(place);
  // From the last part to the first: what comes before keeps its place.
  let contenu = etat.getCurrentContent();
  for (let rang = parts.length - 1; rang > 0; rang -= 1) {
    const { debut, initiale } = parts[rang];
    const { fin } = parts[rang - 1];
    const entite = trouve.bloc.getEntityAt(debut);
    contenu = Modifier.replaceText(contenu, entre(debut, debut + 1), initiale, style(debut), entite);
    contenu = Modifier.replaceText(contenu, entre(fin, debut), ".", style(fin - 1));
    contenu = Modifier.splitBlock(contenu, entre(fin + 1, fin + 1));
  }
  trouve.champ.draftailEditor.onChange(EditorState.push(etat, contenu, "split-block"));
  bilan("La ligne est coupée. Relisez-la.");
}

if (cadre && formulaire) {
  cadre.addEventListener("click", (clic) => {
    const bouton = clic.target.closest("[data-assistant-voir], [data-assistant-couper]");
    if (!bouton) return;
    const { assistantVoir, assistantCouper, ligne, coupes } = bouton.dataset;
    if (assistantCouper) couper(assistantCouper, ligne, JSON.parse(coupes));
    else voir(assistantVoir, ligne);
  });
  setInterval(veiller, RYTHME);
}
