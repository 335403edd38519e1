// How far a sending is, asked for every few seconds; once it is finished, the page shows itself again with all it says.
const progress = document.querySelector("[data-envoi]");

const later = () => window.setTimeout(ask, 3000);

async function ask() {
  if (document.hidden) {
    later();
    return;
  }
  try {
    const answer = await fetch(progress.dataset.envoi, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) {
      return;
    }
    const state = await answer.json();
    if (state.fini || state.interrompu) {
      window.location.reload();
      return;
    }
    progress.value = state.faites;
    document.querySelector("[data-envoi-faites]").textContent = state.faites;
  } catch {
    // The network is away: the next question may pass.
  }
  later();
}

if (progress) {
  later();
}
