"""What the checker tells the writer of a page in FALC: in the editor, and in the lists of pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import InformationPage
from redaction import roles
from tests.factories import InformationPageFactory, UtilisateurFactory, accueil, blocs
from tests.harness.queries import queries_of
from tests.redaction.test_matrice import refused
from tests.socle.reading import soup
from variantes.models import ControleFalc
from variantes.operations.controle import controler_tout

pytestmark = pytest.mark.django_db

FALC = "fr-simple"
LONGUE = "Vous venez à la réunion avec une amie et vous parlez de votre vie avec la maladie."


def page_falc(*lignes: str, **values: Any) -> InformationPage:
    page: InformationPage = InformationPageFactory(
        parent=accueil(FALC), texte_falc=[blocs.lignes(*lignes)] if lignes else [], **values
    )
    return page


def ecrit_par(role: Any) -> Client:
    client = Client()
    client.force_login(UtilisateurFactory(groupes=(role.nom,)))
    return client


def formulaire(page: Page, *lignes: str, **values: Any) -> dict[str, Any]:
    """Return what the editor of the page sends."""
    text = "".join(f"<p>{ligne}</p>" for ligne in lignes)
    bloc = {"pictogramme": "", "texte": rich_text(text)}
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "resume": "",
            "texte_falc": streamfield([("lignes", bloc)]),
            "comments": inline_formset([]),
            **values,
        }
    )


def demander(client: Client, page: Page, donnees: dict[str, Any]) -> Any:
    return client.post(reverse("variantes_assistant", args=[page.pk]), donnees)


def test_a_finding_shows_its_line_its_reason_an_example_and_its_rule() -> None:
    page = page_falc("Vous venez.")
    answer = demander(ecrit_par(roles.REDACTION_FALC), page, formulaire(page, "Vous venez.", LONGUE))
    assert answer.status_code == 200
    html = soup(answer)
    found = next(row for row in html.select("li") if "Phrase trop longue" in row.get_text())
    assert LONGUE in found.get_text()
    assert found.select_one("mark")
    assert found.select_one(".assistant__exemple").get_text(strip=True)
    assert "Règle 1" in found.get_text()
    assert html.select_one("[data-bilan]")["data-bilan"].startswith("1 erreur")


def test_a_long_line_is_offered_cut() -> None:
    page = page_falc("Vous venez.")
    html = soup(demander(ecrit_par(roles.REDACTION_FALC), page, formulaire(page, LONGUE)))
    button = html.select_one("[data-assistant-couper]")
    assert "Vous venez à la réunion avec une amie." in button["data-coupes"]
    assert button["data-ligne"] == LONGUE
    assert button["data-assistant-couper"].startswith("texte_falc/")


def test_a_good_text_has_nothing_to_say() -> None:
    page = page_falc("Vous venez.")
    html = soup(demander(ecrit_par(roles.REDACTION_FALC), page, formulaire(page, "Vous venez à la réunion.")))
    assert not html.select("[data-assistant-couper]")
    assert "erreur" not in html.select_one("[data-bilan]")["data-bilan"]


def test_the_text_that_is_checked_is_not_saved() -> None:
    page = page_falc("Vous venez.")
    before = Page.objects.get(pk=page.pk).latest_revision_id
    demander(ecrit_par(roles.REDACTION_FALC), page, formulaire(page, LONGUE))
    page.refresh_from_db()
    assert page.latest_revision_id == before
    assert "amie" not in str(page.texte_falc.raw_data)


def test_what_was_typed_is_shown_as_text() -> None:
    page = page_falc("Vous venez.")
    answer = demander(
        ecrit_par(roles.REDACTION_FALC),
        page,
        formulaire(page, "Vous lisez &lt;script&gt;alert(1)&lt;/script&gt; &amp;."),
    )
    assert "<script" not in answer.content.decode()


def test_a_form_that_cannot_be_read_is_said_so() -> None:
    page = page_falc("Vous venez.")
    donnees = formulaire(page, "Vous venez.") | {"slug": "deux mots"}
    answer = demander(ecrit_par(roles.REDACTION_FALC), page, donnees)
    assert answer.status_code == 200
    assert "Un champ est à corriger" in answer.content.decode()


@pytest.mark.parametrize("donnees", [{}, {"texte_falc-count": "abc"}, {"title": "\x00"}])
def test_a_broken_form_never_fails(donnees: dict[str, str]) -> None:
    page = page_falc("Vous venez.")
    assert demander(ecrit_par(roles.REDACTION_FALC), page, donnees).status_code in {200, 400}


@pytest.mark.parametrize("role", [roles.CONTRIBUTION, roles.REDACTION, roles.ANIMATION, roles.TRADUCTIONS[0]])
def test_who_may_not_write_the_page_is_refused(role: Any) -> None:
    page = page_falc("Vous venez.")
    assert demander(ecrit_par(role), page, formulaire(page, LONGUE)).status_code in {302, 403}


def test_a_visitor_is_sent_to_the_login() -> None:
    page = page_falc("Vous venez.")
    answer = demander(Client(), page, formulaire(page, LONGUE))
    assert answer.status_code == 302
    assert "login" in answer.url or "connexion" in answer.url


def test_only_pages_in_falc_are_checked() -> None:
    page = InformationPageFactory(parent=accueil())
    client = ecrit_par(roles.MODERATION)
    assert demander(client, page, formulaire(page, LONGUE)).status_code == 400
    assert client.get(reverse("variantes_assistant", args=[page_falc("Vous venez.").pk])).status_code == 405


def test_the_panel_is_in_the_editor_of_pages_in_falc_alone() -> None:
    client = ecrit_par(roles.MODERATION)
    falc = client.get(reverse("wagtailadmin_pages:edit", args=[page_falc("Vous venez.").pk])).content.decode()
    french = client.get(
        reverse("wagtailadmin_pages:edit", args=[InformationPageFactory(parent=accueil()).pk])
    ).content.decode()
    assert "data-assistant-falc" in falc
    assert "data-content-readability-score" not in falc
    assert "data-assistant-falc" not in french
    assert "data-content-readability-score" in french


def test_each_new_text_is_counted(django_capture_on_commit_callbacks: Any) -> None:
    page = page_falc("Vous venez.")
    page.texte_falc = [("lignes", {"pictogramme": None, "texte": "<p>Le CHU &amp; la CPAM.</p>"})]
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    kept = ControleFalc.objects.get(page=page)
    assert kept.erreurs >= 2
    assert "erreurs" in kept.bilan


def test_a_page_in_french_is_not_counted(django_capture_on_commit_callbacks: Any) -> None:
    page = InformationPageFactory(parent=accueil())
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision()
    assert not ControleFalc.objects.filter(page=page).exists()


def test_all_pages_are_counted_again_after_a_change_of_the_rules() -> None:
    page = page_falc("Le CHU.")
    page.save_revision()
    ControleFalc.objects.all().delete()
    assert controler_tout() >= 1
    assert ControleFalc.objects.get(page=page).erreurs == 1


def liste(client: Client, parent: Page) -> str:
    return client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()


def recherche(client: Client, nom: str = "search") -> str:
    return client.get(reverse(f"wagtailadmin_pages:{nom}"), {"q": "simple"}).content.decode()


def test_the_list_of_pages_says_what_was_found() -> None:
    page = page_falc("Le CHU.", title="Une page simple")
    page.save_revision()
    controler_tout()
    client = ecrit_par(roles.REDACTION_FALC)
    assert "FALC : 1 erreur" in liste(client, accueil(FALC))
    for name in ("search", "search_results"):
        assert "FALC : 1 erreur" in recherche(client, name)


def test_the_search_is_closed_to_who_may_not_enter_the_admin() -> None:
    reader = Client()
    reader.force_login(UtilisateurFactory())
    for client in (Client(), reader):
        for name in ("search", "search_results"):
            assert refused(client.get(reverse(f"wagtailadmin_pages:{name}")))


@pytest.mark.parametrize("lire", [lambda client: liste(client, accueil(FALC)), recherche])
def test_the_counts_of_a_list_are_read_in_one_query(lire: Callable[[Client], str]) -> None:
    client = ecrit_par(roles.MODERATION)

    def asked() -> int:
        return sum("controlefalc" in sql for sql in queries_of(lambda: lire(client)))

    for number in (1, 9):
        for rank in range(number):
            page_falc("Le CHU.", title=f"Une page simple {number}-{rank}").save_revision()
        controler_tout()
        assert asked() == 1
