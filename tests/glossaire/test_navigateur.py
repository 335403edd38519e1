"""The definition beside the word, and the list that follows what is typed, in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django import DjangoDbBlocker

from home.models import InformationPage
from socle.models import Illustration
from tests.accessibilite.test_axe import WINDOWS, assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.factories import InformationPageFactory, TermePageFactory, accueil, blocs, glossaire, publier
from tests.harness import database
from tests.harness.server import Server

# No word of the demonstration site: its own glossary does not explain them.
MOTS = {
    "fr": (("Zorgamètre", "ZGM", "zorgamètre"), ("Vrillandage", "", "vrillandage"), ("Quassilien", "", "quassiliens")),
    "ar": (("زرغام", "", "زرغام"), ("فريلند", "", "فريلند"), ("كواسيل", "", "كواسيل")),
}
DEFINITION = {
    "fr": "Un appareil imaginaire, qui sert à mesurer ce que personne n’a encore mesuré, dans une phrase assez longue.",
    "ar": "جهاز خيالي يقيس ما لم يقسه أحد من قبل، في جملة طويلة بما يكفي لملء سطرين.",
}
REMPLISSAGE = {"fr": "des mots simples pour remplir la ligne et ", "ar": "كلمات بسيطة لملء السطر ثم "}


@dataclass(frozen=True)
class Adresses:
    """Where the words are explained, by language, and the list of words in French."""

    pages: dict[str, str]
    mots: dict[str, str]
    facile: str
    liste: str


@pytest.fixture
def site(server: Server, django_db_blocker: DjangoDbBlocker) -> Adresses:
    """A page with words of the glossary in a text, a table and a question, in French and in Arabic."""
    with django_db_blocker.unblock(), database.connected_to(server.database), override_settings(CACHES=CACHES):
        return Adresses(
            {langue: _page(langue) for langue in MOTS},
            {langue: _mots(langue) for langue in MOTS},
            _facile(),
            glossaire().url,
        )


CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def _mots(langue: str) -> str:
    parent = glossaire(langue)
    for rang, (titre, sigle, _lu) in enumerate(MOTS[langue]):
        if not parent.get_children().filter(slug=f"mot-d-essai-{rang}").exists():
            TermePageFactory(
                parent=parent,
                slug=f"mot-d-essai-{rang}",
                title=titre,
                sigle=sigle,
                definition=DEFINITION[langue],
                publiee=True,
            )
    return f"{parent.url}mot-d-essai-0/"


def _facile() -> str:
    """The first word in easy-to-read French, with its picture and a word explained."""
    parent = glossaire("fr-simple")
    if not parent.get_children().filter(slug="mot-d-essai-0").exists():
        dessin = Illustration.objects.order_by("pk").first()
        texte = [blocs.lignes("Vous mesurez.", "C’est facile."), blocs.mot_explique("zorgamètre")]
        TermePageFactory(
            parent=parent, slug="mot-d-essai-0", title="Zorgamètre", pictogramme=dessin, texte_falc=texte, publiee=True
        )
    return f"{parent.url}mot-d-essai-0/"


def _page(langue: str) -> str:
    _mots(langue)
    existing = InformationPage.objects.filter(locale__language_code=langue, slug="mots-d-essai").first()
    if existing is not None:
        return str(existing.url)
    un, deux, trois = (lu for _titre, _sigle, lu in MOTS[langue])
    suite = REMPLISSAGE[langue]
    page = InformationPageFactory(
        parent=accueil(langue),
        slug="mots-d-essai",
        title=suite,
        corps=[
            blocs.texte(f"<p>{suite * 4}<b>{un}</b> {suite * 3}</p><p>{un} {suite}</p>"),
            blocs.tableau(f"<p>{suite} {deux}</p>"),
            blocs.questions((suite, f"<p>{suite} {trois}</p>")),
        ],
    )
    return str(publier(page).url)


@pytest.fixture
def ouvrir(site: Adresses, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    def opened(langue: str = "fr", width: int = 1280, **options: object) -> Page:
        page = new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options).new_page()
        page.goto(site.pages[langue])
        return page

    return opened


def mot(page: Page, rang: int = 0) -> Locator:
    return page.locator("a.mot").nth(rang)


def assert_inside_the_window(page: Page, panneau: Locator) -> None:
    box = panneau.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    assert_no_sideways_scroll(page)


class TestKeyboard:
    def test_a_definition_is_opened_read_and_closed(self, ouvrir: Callable[..., Page]) -> None:
        page = ouvrir()
        bouton = page.get_by_role("button", name=MOTS["fr"][0][2])
        expect(bouton).to_have_attribute("aria-expanded", "false")
        bouton.focus()
        page.keyboard.press("Enter")
        panneau = page.get_by_role("group", name="Zorgamètre (ZGM)")
        expect(panneau).to_contain_text(DEFINITION["fr"])
        expect(bouton).to_have_attribute("aria-expanded", "true")
        assert bouton.get_attribute("aria-controls") == panneau.get_attribute("id")
        # It comes right after the word: first its link, then its button.
        page.keyboard.press("Tab")
        expect(panneau.get_by_role("link", name="Voir le mot « Zorgamètre »")).to_be_focused()
        page.keyboard.press("Tab")
        expect(panneau.get_by_role("button", name="Fermer")).to_be_focused()
        page.keyboard.press("Escape")
        expect(panneau).to_have_count(0)
        expect(bouton).to_be_focused()
        page.keyboard.press("Space")
        expect(panneau).to_be_visible()
        page.keyboard.press("Space")
        expect(panneau).to_have_count(0)
        expect(bouton).to_be_focused()

    def test_leaving_it_closes_it(self, ouvrir: Callable[..., Page]) -> None:
        page = ouvrir()
        mot(page).focus()
        page.keyboard.press("Enter")
        # Its link, its button, then what comes next in the page: here, the table that scrolls.
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(page.locator(".tableau")).to_be_focused()
        expect(page.locator(".definition")).to_have_count(0)
        page.keyboard.press("Tab")
        expect(mot(page, 1)).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".definition")).to_have_count(0)


class TestMouse:
    def test_one_is_open_at_a_time(self, ouvrir: Callable[..., Page]) -> None:
        page = ouvrir()
        mot(page).click()
        mot(page, 1).click()
        expect(page.locator(".definition")).to_have_count(1)
        expect(mot(page)).to_have_attribute("aria-expanded", "false")
        page.locator("h1").click()
        expect(page.locator(".definition")).to_have_count(0)
        mot(page).click()
        mot(page).click()
        expect(page.locator(".definition")).to_have_count(0)
        mot(page).click()
        page.get_by_role("button", name="Fermer").click()
        expect(page.locator(".definition")).to_have_count(0)
        expect(mot(page)).to_be_focused()

    def test_another_window_shows_the_page_of_the_word(self, ouvrir: Callable[..., Page], site: Adresses) -> None:
        page = ouvrir()
        with page.context.expect_page() as opened:
            mot(page).click(modifiers=["Control"])
        assert opened.value.url.endswith(site.mots["fr"])
        expect(page.locator(".definition")).to_have_count(0)
        mot(page).click()
        page.get_by_role("link", name="Voir le mot").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zorgamètre")


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("langue", MOTS)
def test_every_definition_fits_and_axe_finds_nothing(
    ouvrir: Callable[..., Page], langue: str, width: int, scheme: str
) -> None:
    page = ouvrir(langue, width, color_scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = !d.dataset.fermer })")
    expect(page.locator("a.mot")).to_have_count(3)
    for rang in range(3):
        mot(page, rang).click()
        panneau = page.locator(".definition")
        assert_inside_the_window(page, panneau)
        word, box = mot(page, rang).bounding_box(), panneau.bounding_box()
        assert word is not None
        assert box is not None
        gap = box["y"] - (word["y"] + word["height"]), word["y"] - (box["y"] + box["height"])
        assert max(gap) > -10, "the definition covers its word"
        assert min(abs(side) for side in gap) < 60, "the definition is far from its word"
        assert_no_violation(page)
        # It may cover the next word.
        page.keyboard.press("Escape")
    # At the start of the line, whichever way it is written, as far as the window allows.
    page.set_viewport_size({"width": 1280, "height": 800})
    mot(page).click()
    word, box = mot(page).bounding_box(), page.locator(".definition").bounding_box()
    assert word is not None
    assert box is not None
    near_end = word["x"] + box["width"] > 1280 if langue == "fr" else word["x"] + word["width"] < box["width"]
    aligned = abs(word["x"] - box["x"]) if langue == "fr" else abs(word["x"] + word["width"] - box["x"] - box["width"])
    assert aligned < 2 or near_end


def test_a_larger_text_stays_in_the_window(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir("fr", 640)
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    mot(page).click()
    assert_inside_the_window(page, page.locator(".definition"))


def test_without_scripts_the_word_is_a_link_and_the_page_lists_the_words(
    ouvrir: Callable[..., Page], site: Adresses
) -> None:
    page = ouvrir(java_script_enabled=False)
    liste = page.locator(".mots-de-la-page")
    expect(liste).to_be_visible()
    expect(liste.get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_role("link", name="zorgamètre", exact=True)).to_have_count(1)
    mot(page).click()
    expect(page).to_have_url(f"{page.url.partition('/fr/')[0]}{site.mots['fr']}")


def test_on_paper_words_call_their_notes_by_number(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    expect(page.locator(".mots-de-la-page")).to_be_hidden()
    mot(page).click()
    page.emulate_media(media="print")
    expect(page.locator(".mots-de-la-page")).to_be_visible()
    expect(page.locator(".definition")).to_be_hidden()
    numbers = page.evaluate(
        "() => [...document.querySelectorAll('a.mot')].map((m) => getComputedStyle(m, '::after').content)"
    )
    assert numbers == ['"1"', '"2"', '"3"']


class TestList:
    def test_it_follows_what_is_typed(self, site: Adresses, new_context: Callable[..., BrowserContext]) -> None:
        page = new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.goto(site.liste)
        field = page.locator("main").get_by_role("searchbox")
        shown = page.locator(".terme:visible")
        before = shown.count()
        field.fill("ZORGAM")
        expect(shown).to_have_count(1)
        expect(page.locator("#compte")).to_have_text("Mots trouvés : 1")
        expect(page.locator("main").get_by_role("status").filter(has_text="Mots trouvés : 1")).to_have_count(1)
        expect(page.locator(".lettres li:visible")).to_have_count(1)
        field.fill("")
        expect(shown).to_have_count(before)
        field.fill("zgm")
        field.press("Enter")
        expect(page).to_have_url(f"{page.url.partition('/fr/')[0]}{site.liste}?q=zgm")
        expect(shown).to_have_count(1)
        field.fill("vrilland")
        expect(page).to_have_url(f"{page.url.partition('/fr/')[0]}{site.liste}?q=vrilland")
        expect(page.locator(".terme__nom:visible")).to_have_text(["Vrillandage"])
        expect(field).to_be_focused()

    def test_without_scripts_the_button_does_it(
        self, site: Adresses, new_context: Callable[..., BrowserContext]
    ) -> None:
        page = new_context(java_script_enabled=False).new_page()
        page.goto(site.liste)
        page.locator("main").get_by_role("searchbox").fill("zorgametre")
        page.locator("main").get_by_role("button", name="Rechercher").click()
        expect(page.locator(".terme__nom")).to_have_text(["Zorgamètre"])


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("langue", ["fr", "fr-simple", "ar"])
def test_axe_finds_nothing_in_the_pages_of_the_glossary(
    site: Adresses, new_context: Callable[..., BrowserContext], langue: str, width: int, scheme: str
) -> None:
    window = {"width": width, "height": 800}
    page = new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce").new_page()
    terme = {**site.mots, "fr-simple": site.facile}[langue]
    liste = terme.removesuffix("mot-d-essai-0/")
    for url in (liste, terme, f"{liste}imprimer/"):
        page.goto(url)
        assert_no_violation(page)
        assert_no_sideways_scroll(page)
