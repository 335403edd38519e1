// Each tick of the sheet is saved when it is made. What could not be saved says so, and goes with the button.
const form = document.querySelector("[data-feuille]");

async function save(box) {
  const row = box.closest("li");
  const state = row.querySelector("[data-etat]");
  const name = box.nextElementSibling.firstChild.textContent.trim();
  const data = new FormData();
  data.set(
    "csrfmiddlewaretoken",
    form.elements.namedItem("csrfmiddlewaretoken").value,
  );
  data.set("inscription", box.value);
  data.set("present", box.checked ? "1" : "0");
  state.textContent = "…";
  let said;
  try {
    const answer = await fetch(form.dataset.feuille, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
    });
    const told = await answer.json();
    if (answer.ok) {
      said = "enregistré";
      document.querySelector("[data-presents]").textContent = told.presents;
      remember(row, box);
    } else {
      said = told.message;
      box.checked = !box.checked;
    }
  } catch {
    said = "pas encore enregistré";
  }
  state.textContent = said;
  form.querySelector("[data-annonce]").textContent = `${name} : ${said}`;
}

// What the button sends is what has changed since the last time something was saved.
function remember(row, box) {
  row.querySelector("[name=avant]")?.remove();
  if (box.checked) {
    const before = document.createElement("input");
    before.type = "hidden";
    before.name = "avant";
    before.value = box.value;
    row.prepend(before);
  }
}

form?.addEventListener("change", (event) => {
  if (event.target.name === "present") {
    save(event.target);
  }
});
