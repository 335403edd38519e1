// Disclosures: closed by Esc or a click elsewhere, open where the screen has room for them.

const aFermer = "details[data-fermer][open]:not([data-toujours])";

document.addEventListener("click", (event) => {
  for (const details of document.querySelectorAll(aFermer)) {
    if (!details.contains(event.target)) details.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of document.querySelectorAll(aFermer)) {
    if (details.contains(document.activeElement)) details.querySelector("summary").focus();
    details.open = false;
  }
});

const grandEcran = matchMedia("(min-width: 62em)");

const reglerVolets = () => {
  for (const details of document.querySelectorAll("details[data-large]")) {
    details.open = grandEcran.matches;
    details.toggleAttribute("data-toujours", grandEcran.matches);
  }
};

reglerVolets();
grandEcran.addEventListener("change", reglerVolets);

// Printed questions and transcripts are open, in every browser.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details.accordeon:not([open])")) {
    details.open = true;
    details.dataset.imprime = "";
  }
});

addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-imprime]")) {
    details.open = false;
    delete details.dataset.imprime;
  }
});
