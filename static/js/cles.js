// Passkeys: a form marked `data-cle` is sent once the browser has put the device's answer into `credential`.

const decoder = (texte) =>
  Uint8Array.from(atob(texte.replaceAll("-", "+").replaceAll("_", "/")), (caractere) => caractere.charCodeAt(0));

const coder = (octets) =>
  btoa(String.fromCharCode(...new Uint8Array(octets)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const decoderCles = (cles) => cles?.map((cle) => ({ ...cle, id: decoder(cle.id) }));

const creer = async (options, form) => {
  const seule = form.elements.passwordless?.checked;
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: decoder(options.challenge),
      user: { ...options.user, id: decoder(options.user.id) },
      excludeCredentials: decoderCles(options.excludeCredentials),
      authenticatorSelection: {
        ...options.authenticatorSelection,
        residentKey: seule ? "required" : "discouraged",
        requireResidentKey: Boolean(seule),
        ...(seule && { userVerification: "required" }),
      },
    },
  });
};

const montrer = async (options) =>
  navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: decoder(options.challenge),
      allowCredentials: decoderCles(options.allowCredentials),
    },
  });

const enJson = (cle) => {
  const response = {};
  for (const nom of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (cle.response[nom]) response[nom] = coder(cle.response[nom]);
  }
  return JSON.stringify({
    id: cle.id,
    rawId: coder(cle.rawId),
    type: cle.type,
    authenticatorAttachment: cle.authenticatorAttachment,
    clientExtensionResults: cle.getClientExtensionResults(),
    response,
  });
};

const lireOptions = async (form) => {
  const element = document.getElementById("cle-options");
  if (element) return JSON.parse(element.textContent).publicKey;
  const reponse = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await reponse.json()).request_options.publicKey;
};

const envoyer = async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const erreur = form.querySelector("[data-cle-erreur]");
  erreur.hidden = true;
  try {
    const geste = form.dataset.cle === "creer" ? creer : montrer;
    form.elements.credential.value = enJson(await geste(await lireOptions(form), form));
    form.submit();
  } catch {
    // Refused, cancelled, or out of time: the person may try again.
    erreur.hidden = false;
  }
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-cle]")) {
    form.hidden = false;
    form.addEventListener("submit", envoyer);
  }
  for (const note of document.querySelectorAll("[data-sans-cle]")) note.hidden = true;
}
