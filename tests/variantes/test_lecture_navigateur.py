"""Listening to a page, with the voices of a device that the test plays."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browser import Visit
from tests.harness.pages import Addresses

VOIX = """(voix) => {
  const dites = [];
  const synthese = {
    dites,
    getVoices: () => voix.map((lang) => ({ lang, name: lang })),
    speak: (dite) => dites.push(dite),
    cancel: () => { dites.arret = (dites.arret ?? 0) + 1 },
    addEventListener: () => {},
  };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
  Object.defineProperty(window, "speechSynthesis", { value: synthese });
}"""
FINIR = "() => { const dites = speechSynthesis.dites; dites[dites.length - 1].onend() }"
DITE = "() => { const dite = speechSynthesis.dites.at(-1); return [dite.text, dite.lang, dite.rate, dite.voice.lang] }"


@pytest.fixture
def avec_voix(visit: Visit, addresses: Addresses) -> object:
    def ouvrir(template: str, language: str, *voix: str) -> Page:
        page = visit(template, language)
        page.add_init_script(f"({VOIX})({list(voix)!r})")
        page.reload()
        return page

    return ouvrir


def bouton(page: Page, nom: str) -> object:
    return page.locator(f"lecture-vocale [data-geste={nom}]")


@pytest.mark.parametrize(
    ("language", "voix", "attendue"),
    [
        ("fr-simple", ("en-US", "fr-FR"), "fr-FR"),
        ("ar", ("ar-SA", "fr-FR"), "ar-SA"),
        ("en", ("en_US", "en-GB"), "en-GB"),
    ],
)
def test_a_page_is_read_line_by_line_in_its_language(
    avec_voix: object, language: str, voix: tuple[str, ...], attendue: str
) -> None:
    page = avec_voix("accueil" if language == "fr-simple" else "fiche", language, *voix)  # type: ignore[operator]
    lire = bouton(page, "lire")
    lire.focus()
    page.keyboard.press("Enter")
    title = page.locator("main h1").inner_text().replace("\n", " ")
    texte, langue, vitesse, choisie = page.evaluate(DITE)
    if page.locator("main .fiche__type").count():  # the kind of resource stands above its title
        page.evaluate(FINIR)
        texte = page.evaluate(DITE)[0]
    assert (texte, vitesse, choisie) == (title, 1, attendue)
    assert langue.partition("-")[0] == language.partition("-")[0]
    expect(page.locator(".ligne-lue")).to_have_count(1)
    expect(page.locator("h1.ligne-lue")).to_have_count(1)
    expect(bouton(page, "pause")).to_be_focused()
    page.evaluate(FINIR)
    expect(page.locator("h1.ligne-lue")).to_have_count(0)
    expect(page.locator(".ligne-lue")).to_have_count(1)


def test_it_pauses_slows_down_and_stops(avec_voix: object) -> None:
    page = avec_voix("fiche", "fr", "fr-FR")  # type: ignore[operator]
    expect(bouton(page, "arreter")).to_be_hidden()
    bouton(page, "lire").click()
    before = page.evaluate(DITE)[0]
    said = "() => speechSynthesis.dites.length"
    bouton(page, "pause").click()
    page.evaluate(FINIR)  # a voice that is stopped says that it has ended
    assert page.evaluate(said) == 1
    expect(page.locator(".ligne-lue")).to_have_count(1)
    bouton(page, "reprendre").click()
    assert (page.evaluate(said), page.evaluate(DITE)[0]) == (2, before)
    slower = bouton(page, "lentement")
    slower.click()
    expect(slower).to_have_attribute("aria-pressed", "true")
    texte, _langue, vitesse, _voix = page.evaluate(DITE)
    assert (texte, vitesse < 1) == (before, True)
    page.keyboard.press("Escape")
    expect(bouton(page, "lire")).to_be_visible()
    expect(page.locator(".ligne-lue")).to_have_count(0)
    bouton(page, "lire").click()
    bouton(page, "arreter").click()
    expect(bouton(page, "lire")).to_be_focused()


def test_the_menus_and_the_forms_are_not_read(avec_voix: object) -> None:
    page = avec_voix("accueil", "fr-simple", "fr-FR")  # type: ignore[operator]
    bouton(page, "lire").click()
    dites = []
    for _ in range(200):
        dites.append(page.evaluate(DITE)[0])
        page.evaluate(FINIR)
        if bouton(page, "lire").is_visible():
            break
    assert dites
    assert not {"Menu", "Imprimer", "J’ai compris", "Rechercher"} & set(dites)
    assert dites.count(dites[0]) == 1, "a line is read twice"


def test_without_a_voice_of_the_language_there_is_no_button(avec_voix: object) -> None:
    page = avec_voix("fiche", "ar", "fr-FR", "en-US")  # type: ignore[operator]
    expect(page.locator("lecture-vocale")).to_be_hidden()
    expect(page.locator("bouton-imprimer")).to_be_visible()


def test_leaving_the_page_stops_the_voice(avec_voix: object) -> None:
    page = avec_voix("fiche", "fr", "fr-FR")  # type: ignore[operator]
    bouton(page, "lire").click()
    stopped = page.evaluate(
        "() => { const avant = speechSynthesis.dites.arret; dispatchEvent(new Event('pagehide'));"
        " return speechSynthesis.dites.arret > avant }"
    )
    assert stopped is True
