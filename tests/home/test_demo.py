"""The demonstration content: seeded once, never over what an editor has made."""

import datetime
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction, Site, TaskState, WorkflowState

from fiches.models import FichePage
from glossaire.lexique import lexique
from glossaire.models import Relation, TermePage
from home.management.commands.seed_demo import COMPTES
from home.models import MessageContact
from redaction.models import MessageProposition, Proposition
from socle.models import (
    VOCABULAIRES,
    EntreeRecherche,
    Fichier,
    Illustration,
    LienMenu,
    Menu,
    Public,
    ReglagesSite,
    Utilisateur,
)
from socle.search import chercher
from tests.factories import anonyme, publier
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of

pytestmark = pytest.mark.django_db
COUNTED: tuple[type[Model], ...] = (
    *(Page, Illustration, Fichier, Menu, LienMenu, ReglagesSite, Utilisateur, Site, EntreeRecherche),
    *(MessageContact, Proposition, MessageProposition, PageViewRestriction, TaskState, WorkflowState, *VOCABULAIRES),
)
DEFAULT = "demo-partenariat"
RICH = ("integrer-un-usager-partenaire-des-la-conception", "recueillir-la-parole-des-usagers")


def seed() -> str:
    output = StringIO()
    call_command("seed_demo", stdout=output)
    return output.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


def test_it_is_refused_where_the_settings_do_not_allow_it(settings: object) -> None:
    settings.DEMO_ALLOWED = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="refusé en production"):
        seed()
    assert not FichePage.objects.exists()
    assert not Utilisateur.objects.exists()


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
@pytest.mark.usefixtures("demo_site")
class TestSeeded:
    def test_a_second_run_creates_nothing(self) -> None:
        before = counts()
        assert seed() == "0 pages de démonstration créées.\n"
        assert counts() == before

    def test_what_an_editor_has_changed_stays(self) -> None:
        page = FichePage.objects.get(slug=RICH[0], locale__language_code="fr")
        page.title, page.corps = "Titre de l’équipe", []
        publier(page)
        hidden = FichePage.objects.get(slug=RICH[1], locale__language_code="fr")
        hidden.unpublish()
        term = Public.objects.get(slug="usagers", locale__language_code="fr")
        term.nom = "Usagers et patients"
        term.save()
        reglages = ReglagesSite.objects.get()
        reglages.courriel, reglages.nom = "equipe@exemple.test", "Notre site"
        reglages.save()
        Menu.objects.get(emplacement="pied").liens.all()[0].delete()
        account = Utilisateur.objects.get(email="administration@demo.test")
        account.set_password("choisi-par-l-equipe")
        account.save()
        before = counts()

        seed()

        assert counts() == before
        page.refresh_from_db()
        assert (page.title, len(page.corps)) == ("Titre de l’équipe", 0)
        hidden.refresh_from_db()
        assert not hidden.live
        term.refresh_from_db()
        assert term.nom == "Usagers et patients"
        reglages.refresh_from_db()
        assert (reglages.courriel, reglages.nom) == ("equipe@exemple.test", "Notre site")
        account.refresh_from_db()
        assert account.check_password("choisi-par-l-equipe")

    def test_what_is_missing_comes_back(self) -> None:
        FichePage.objects.get(slug=RICH[0], locale__language_code="fr").delete()
        assert seed() == "1 pages de démonstration créées.\n"
        assert FichePage.objects.get(slug=RICH[0], locale__language_code="fr").live

    @pytest.mark.parametrize(
        ("password", "expected"), [("mon-mot-de-passe", "mon-mot-de-passe"), (None, "demo-partenariat")]
    )
    def test_the_password_of_the_accounts_comes_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch, password: str | None, expected: str
    ) -> None:
        Utilisateur.objects.filter(email="administration@demo.test").delete()
        monkeypatch.delenv("DEMO_PASSWORD", raising=False)
        if password:
            monkeypatch.setitem(os.environ, "DEMO_PASSWORD", password)
        seed()
        account = Utilisateur.objects.get(email="administration@demo.test")
        assert account.check_password(expected)
        assert account.is_superuser

    @pytest.mark.parametrize("slug", RICH)
    def test_the_richest_resources_stay_within_the_budget(self, client: StrictClient, slug: str) -> None:
        url = FichePage.objects.get(slug=slug, locale__language_code="fr").url
        assert len(queries_of(lambda: client.get(url))) <= 15

    @pytest.mark.parametrize("language", ["fr", "fr-simple", "en", "ar", "es", "pt"])
    def test_every_page_stays_within_the_budget(self, client: StrictClient, language: str) -> None:
        pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1)
        # Terms are many and alike: the first ones tell of the others.
        termes = TermePage.objects.live().filter(locale__language_code=language)
        pages = [*pages.exclude(pk__in=termes), *termes[:6]]
        paths = [page.get_url() for page in pages] + [f"/{language}/plan-du-site/", f"/{language}/recherche/?q=a"]
        costs = {path: len(queries_of(lambda path=path: client.get(path))) for path in paths}
        assert {path: cost for path, cost in costs.items() if cost > 15} == {}

    def test_translators_get_the_words_of_every_list(self) -> None:
        def lists(value: object) -> list[list[object]]:
            if isinstance(value, dict):
                return [found for item in value.values() for found in lists(item)]
            if isinstance(value, list):
                return [value, *(found for item in value for found in lists(item))]
            return []

        for page in FichePage.objects.all():
            for field in page._meta.get_fields():
                if isinstance(field, StreamField):
                    for block in getattr(page, field.name).raw_data:
                        inner = [] if block["type"] == "tableau" else lists(block["value"])
                        assert all(isinstance(item, dict) and item["id"] for found in inner for item in found), page

    def test_pages_are_in_every_state_of_the_review(self) -> None:
        pages = {page.slug: page for page in FichePage.objects.not_live().filter(locale__language_code="fr")}
        states = {
            (type(task.specific).__name__ if (task := page.current_workflow_task) else "", page.approved_schedule)
            for page in pages.values()
        }
        assert states == {("", False), ("RelectureEnBinome", False), ("Validation", False), ("", True)}
        en_relecture = TaskState.objects.filter(
            status="in_progress", revision__object_id__in=[p.pk for p in pages.values()]
        )
        assert sorted(state.specific.approbations.count() for state in en_relecture) == [0, 0, 1]
        refused = TaskState.objects.get(status="rejected", revision__object_id__in=[p.pk for p in pages.values()])
        assert refused.comment
        assert min(state.started_at for state in en_relecture) < timezone.now() - datetime.timedelta(days=14)

    def test_none_of_them_is_public(self, client: StrictClient) -> None:
        titres = list(FichePage.objects.not_live().filter(locale__language_code="fr").values_list("title", flat=True))
        assert len(titres) == 6
        seen = client.get("/fr/fiches/").content.decode() + client.get("/fr/recherche/?q=compte+rendu").content.decode()
        assert not [titre for titre in titres if titre in seen]

    def test_the_search_finds_it(self) -> None:
        assert EntreeRecherche.objects.count() == Page.objects.live().filter(depth__gt=1).count()
        found = [result.titre for result in chercher("usager conception", "fr", anonyme())[0:3]]
        assert FichePage.objects.get(slug=RICH[0], locale__language_code="fr").title in found

    def test_every_page_outside_french_is_a_version_of_a_french_one(self) -> None:
        french = set(Page.objects.filter(locale__language_code="fr").values_list("translation_key", flat=True))
        others = Page.objects.exclude(locale__language_code="fr").filter(depth__gt=1)
        assert [page for page in others if page.translation_key not in french] == []

    def test_the_glossary_has_its_terms_in_every_language(self) -> None:
        for language, least in {"fr": 80, "fr-simple": 40, "en": 40, "ar": 25}.items():
            assert len(lexique(language)) >= least, language
        assert Relation.objects.count() > 100
        assert lexique("fr").mot("ETP") == lexique("fr").mot("éducation thérapeutique du patient") is not None

    def test_terms_are_in_the_language_of_their_page(self) -> None:
        for page in FichePage.objects.select_related("locale"):
            for name in ("publics", "contextes", "natures", "thematiques"):
                terms = getattr(page, name).all()
                assert {term.locale_id for term in terms} <= {page.locale_id}, (page, name)


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_there_is_an_account_for_each_role_of_the_review(demo_site: str) -> None:
    for email, (_name, role) in COMPTES.items():
        client = StrictClient()
        user = Utilisateur.objects.get(email=email)
        client.force_login(user)
        assert [groupe.name for groupe in user.groups.all()] == [role.nom]
        assert not user.is_superuser
        assert client.get("/admin/").status_code == 200
