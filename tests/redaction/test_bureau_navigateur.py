"""In a real browser: the desk and the first screen, with the mouse or the keyboard, without JavaScript, and axe."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from django.utils.crypto import get_random_string
from playwright.sync_api import BrowserContext, Page, expect
from wagtail.models import WorkflowState

from fiches.models import FichePage, FichesIndexPage
from redaction.models import Proposition
from socle.models import Utilisateur
from tests.accessibilite.test_axe import WINDOWS, assert_no_violation
from tests.accessibilite.test_reflow import assert_no_sideways_scroll
from tests.comptes.test_navigateur import sur_le_serveur  # noqa: F401 -- a fixture
from tests.harness.server import PASSWORD

BUREAU = "/admin/moderation/"
# Screens with a table of Wagtail's, which scrolls by itself.
WAGTAILS = ("/admin/", "/admin/propositions/")
Ouvrir = Callable[..., Page]


@pytest.fixture
def fiche(sur_le_serveur: None) -> Iterator[FichePage]:  # noqa: F811 -- the fixture of that name
    """Give the running site a resource that its contributor has sent, and take it back."""
    author = Utilisateur.objects.get(email="contribution@demo.test")
    index = FichesIndexPage.objects.get(locale__language_code="fr")
    # A name of its own: tests of this module run at the same time on one site.
    title = f"Préparer une visite à {get_random_string(8).lower()}"
    page = FichePage(title=title, resume="Un essai.", locale=index.locale, owner=author, live=False)
    index.add_child(instance=page)
    page.save_revision(user=author)
    page = FichePage.objects.get(pk=page.pk)
    page.get_workflow().start(page, author)
    yield page
    FichePage.objects.get(pk=page.pk).delete()


@pytest.fixture
def signalement(sur_le_serveur: None) -> Iterator[Proposition]:  # noqa: F811 -- the fixture of that name
    """Give the running site a problem on a page with a long title, and take it back."""
    page = FichePage.objects.get(slug="integrer-un-usager-partenaire-des-la-conception", locale__language_code="fr")
    proposition = Proposition.objects.create(
        genre="probleme",
        etat="recue",
        langue="fr",
        texte="Le lien de la fin ne mène nulle part.",
        page=page,
        page_titre=page.title,
        recue_le=timezone.now(),
    )
    yield proposition
    proposition.delete()


@pytest.fixture
def ouvrir(new_context: Callable[..., BrowserContext]) -> Ouvrir:
    """Open a screen of the admin as somebody of the demo."""

    def open_as(person: str, address: str = BUREAU, **options: object) -> Page:
        defaults = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        page = new_context(**{**defaults, **options}).new_page()
        page.goto(f"/fr/compte/connexion/?next={address}")
        page.get_by_label("Adresse e-mail").fill(f"{person}@demo.test")
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return open_as


def test_the_review_is_done_from_the_desk(ouvrir: Ouvrir, fiche: FichePage) -> None:
    titre = fiche.title
    cherche = f"?q={titre.split()[-1]}"
    usager = ouvrir("usager", f"{BUREAU}attend/{cherche}")
    row = usager.get_by_role("article", name=titre)
    expect(row.get_by_text("Nouvelle page")).to_be_visible()
    row.get_by_role("button", name="Approuver (regard usager)").click()
    expect(usager.get_by_role("status")).to_contain_text(f"Votre avis sur « {titre} » est enregistré.")
    expect(usager.get_by_role("article", name=titre)).to_have_count(0)
    assert usager.url.endswith(cherche)

    pro = ouvrir("professionnel")
    row = pro.get_by_role("article", name=titre)
    expect(row.get_by_text("Regard usager : Samir Démo")).to_be_visible()
    row.get_by_role("button", name="Approuver (regard professionnel)").click()

    moderation = ouvrir("moderation")
    moderation.get_by_role("article", name=titre).get_by_role("button", name="Valider et publier").click()
    expect(moderation.get_by_role("status")).to_contain_text(f"« {titre} » est publiée.")
    assert FichePage.objects.get(pk=fiche.pk).live


@pytest.mark.parametrize("javascript", [True, False])
def test_changes_are_asked_for_by_keyboard(ouvrir: Ouvrir, fiche: FichePage, javascript: bool) -> None:
    page = ouvrir("professionnel", java_script_enabled=javascript)
    row = page.get_by_role("article", name=fiche.title)
    row.get_by_text("Demander des modifications").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Dites à qui s’adresse la visite.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("est renvoyée avec votre demande")).to_be_visible()
    state = WorkflowState.objects.get(object_id=str(fiche.pk))
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert state.current_task_state.comment == "Dites à qui s’adresse la visite."


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
@pytest.mark.parametrize("person", ["contribution", "professionnel", "moderation"])
@pytest.mark.usefixtures("fiche")
def test_axe_finds_nothing(ouvrir: Ouvrir, signalement: Proposition, person: str, width: int, scheme: str) -> None:
    page = ouvrir(person, "/admin/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    sections = {
        "contribution": ("envois", "a-revoir"),
        "professionnel": ("attend",),
        "moderation": ("en-cours", "urgences", "a-revoir", "propositions"),
    }[person]
    listed = [f"{BUREAU}{section}/" for section in sections]
    if person == "moderation":
        received = Proposition.objects.visible_to(Utilisateur.objects.get(email="moderation@demo.test"))
        # Those of other tests may be gone by the time that they are visited.
        kinds = received.exclude(texte=signalement.texte).order_by("genre", "etat").distinct("genre", "etat")
        listed += ["/admin/propositions/", *(each.url_admin for each in (signalement, *kinds))]
    for address in ("/admin/", *listed, f"{listed[0]}?genre=x"):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('main details').forEach((d) => { d.open = true })")
        assert_no_violation(page)
        assert_no_sideways_scroll(page)
        # Wagtail hides what its main part cannot hold.
        held, wide = page.evaluate(
            "() => [document.querySelector('main')].map((m) => [m.clientWidth, m.scrollWidth])[0]"
        )
        assert wide <= held or address in WAGTAILS
