"""Pages and branches sent to translation: drafts, a report by page, and nothing public."""

import datetime
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from fiches.models import FichePage
from redaction import roles
from redaction.roles import ROLES, Role
from socle.models import Utilisateur
from tests.factories import FichePageFactory, InformationPageFactory, accueil, proteger, publier
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.redaction.test_matrice import refused
from tests.variantes.equipe import Personne, introuvable, locale, personne, traduire, version
from variantes.models import Envoi
from variantes.models.envois import Resultat
from variantes.operations import envois as operations
from variantes.queries.gardes import peut_envoyer

pytestmark = pytest.mark.django_db


def branche(below: int = 2) -> Page:
    """A public French page with public pages below."""
    top = InformationPageFactory(title="Le guide", slug=f"guide-{Page.objects.count()}", publiee=True)
    for rank in range(below):
        InformationPageFactory(title=f"Chapitre {rank}", parent=top, publiee=True)
    return Page.objects.get(pk=top.pk)


def resultats(envoi: Envoi) -> list[tuple[str, str, str]]:
    lignes = envoi.lignes.select_related("locale")
    return [(ligne.titre, ligne.locale.language_code, ligne.resultat) for ligne in lignes]


class TestOnePage:
    def test_a_draft_is_made_and_opened(self, chef: Personne) -> None:
        page = FichePageFactory(title="Animer", publiee=True)
        response = chef.envoyer(page, "en")
        made = version(page)
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
        assert not made.live
        assert not made.alias_of_id
        assert resultats(Envoi.objects.get()) == [("Animer", "en", Resultat.CREEE)]
        assert chef.client.get(response.url).status_code == 200

    def test_the_form_says_which_languages_and_never_falc(self, chef: Personne) -> None:
        page = FichePageFactory(publiee=True)
        form = chef.get("submit_page_translation", page.pk).context["form"]
        assert {each.language_code for each in form.fields["locales"].queryset} == {"en", "ar", "es", "pt"}
        assert "avec_dessous" not in form.fields
        assert "locales" in chef.envoyer(page, "fr-simple").context["form"].errors
        assert "locales" in chef.envoyer(page).context["form"].errors
        assert "locales" in chef.post("submit_page_translation", page.pk, locales="x").context["form"].errors
        assert not Envoi.objects.exists()

    def test_a_language_can_be_chosen_by_the_address(self, chef: Personne) -> None:
        page = FichePageFactory(publiee=True)
        url = chef.url("submit_page_translation", page.pk)
        assert [each.pk for each in chef.client.get(f"{url}?select_locale=en").context["form"].initial["locales"]] == [
            locale("en").pk
        ]
        assert chef.client.get(f"{url}?select_locale=%27x").status_code == 200

    def test_what_exists_is_left_alone(self, chef: Personne) -> None:
        page = FichePageFactory(publiee=True)
        traduire(page, chef.user)
        made = version(page)
        response = chef.envoyer(page, "en")
        assert "existe déjà" in str(response.context["form"].non_field_errors())
        assert "existe déjà" in response.content.decode()
        assert version(page).latest_revision_id == made.latest_revision_id

    def test_a_page_written_by_hand_in_that_language_is_left_alone(self, chef: Personne) -> None:
        page = FichePageFactory(publiee=True)
        other = FichePageFactory(parent=version(page.get_parent()), version_de=page, title="By hand", publiee=True)
        _page, created = operations.ouvrir(page, locale("en"), chef.user)
        assert not created
        assert not Translation.objects.exists()
        assert Page.objects.get(pk=other.pk).title == "By hand"

    def test_twice_is_once(self, chef: Personne) -> None:
        page = FichePageFactory(publiee=True)
        chef.envoyer(page, "en")
        made = version(page)
        _page, created = operations.ouvrir(page, locale("en"), chef.user)
        assert (created, _page.pk) == (False, made.pk)
        assert Page.objects.filter(translation_key=page.translation_key, locale=locale("en")).count() == 1

    @pytest.mark.parametrize("case", ["draft", "english", "falc", "alias", "no home"])
    def test_what_cannot_be_translated_is_refused_with_a_reason(self, case: str, chef: Personne) -> None:
        pages = {
            "draft": lambda: FichePageFactory(brouillon=True),
            "english": lambda: FichePageFactory(parent=version(FichePageFactory().get_parent()), publiee=True),
            "falc": lambda: InformationPageFactory(parent=accueil("fr-simple"), publiee=True),
            "alias": lambda: FichePageFactory(publiee=True).create_alias(update_slug="copie"),
            "no home": lambda: FichePageFactory(publiee=True),
        }
        page = pages[case]()
        before = Page.objects.count()
        response = chef.envoyer(page, "es")
        if case == "no home":
            assert "page d’accueil" in str(response.context["form"].non_field_errors())
        else:
            assert response.status_code == 302
        assert Page.objects.count() == before
        assert not Envoi.objects.exists()
        with pytest.raises(ValidationError):
            operations.preparer(page, chef.user, [locale("es")])

    def test_an_unknown_page_and_the_root_are_not_found(self, chef: Personne) -> None:
        for pk in (9_999_999, Page.objects.get(depth=1).pk):
            assert introuvable(chef.get("submit_page_translation", pk))


class TestBranch:
    def test_a_branch_is_followed_to_its_end(self, chef: Personne) -> None:
        top = branche()
        response = chef.envoyer(top, "en", "ar", avec_dessous="on")
        envoi = Envoi.objects.get()
        assert response.url == envoi.url_admin
        assert {result for _titre, _code, result in resultats(envoi)} == {Resultat.CREEE}
        assert len(resultats(envoi)) == 6
        assert envoi.fini_le is not None
        html = chef.client.get(envoi.url_admin).content.decode()
        assert "6</span> sur 6" in html
        assert "data-envoi=" not in html
        assert not Page.objects.filter(locale__language_code__in=["en", "ar"], live=True, depth__gt=3).exists()

    def test_one_page_that_fails_stops_no_other(self, chef: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
        top = branche(3)
        first, second, third = top.get_children().order_by("path")
        second.specific.unpublish()
        stock = Translation.save_target

        def broken(self: Translation, **options: Any) -> None:
            if self.source.object_id == third.translation_key:
                raise ZeroDivisionError
            stock(self, **options)

        monkeypatch.setattr(Translation, "save_target", broken)
        chef.envoyer(top, "en", avec_dessous="on")
        envoi = Envoi.objects.get()
        assert [result for _titre, _code, result in resultats(envoi)] == [
            Resultat.CREEE,
            Resultat.CREEE,
            Resultat.REFUSEE,
            Resultat.ECHEC,
        ]
        assert version(first)
        assert not version(second)
        assert not version(third)
        raisons = {ligne.titre: ligne.raison for ligne in envoi.lignes.all()}
        assert "pas publique" in raisons["Chapitre 1"]
        assert "ZeroDivision" not in raisons["Chapitre 2"]
        html = chef.client.get(f"{envoi.url_admin}?resultat=refusee").content.decode()
        assert "Chapitre 1" in html
        assert "Chapitre 0" not in html

    def test_what_is_below_a_refused_page_is_refused(self, chef: Personne) -> None:
        top = branche(1)
        child = top.get_children().get()
        InformationPageFactory(title="Au fond", parent=child, publiee=True)
        child.specific.unpublish()
        chef.envoyer(top, "en", avec_dessous="on")
        last = Envoi.objects.get().lignes.last()
        assert last.resultat == Resultat.REFUSEE
        assert "au-dessus" in last.raison

    def test_it_can_be_interrupted_and_taken_up_again(self, chef: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
        top = branche()
        monkeypatch.setattr(operations, "executer", operations.avancer)
        chef.envoyer(top, "en", avec_dessous="on")
        envoi = Envoi.objects.get()
        assert envoi.fini_le is None
        html = chef.client.get(envoi.url_admin).content.decode()
        assert "1</span> sur 3" in html
        assert f'data-envoi="{envoi.url_admin}?etat"' in html
        state = chef.client.get(f"{envoi.url_admin}?etat").json()
        assert state == {"faites": 1, "total": 3, "fini": False, "interrompu": False}
        # Asked for again meanwhile: the same sending.
        assert chef.envoyer(top, "en", avec_dessous="on").url == envoi.url_admin
        assert Envoi.objects.count() == 1
        # It moves: nothing to start again.
        assert "il n’y a rien à reprendre" in chef.client.post(envoi.url_admin, follow=True).content.decode()
        Envoi.objects.update(avance_le=timezone.now() - datetime.timedelta(hours=1))
        assert "Plus rien n’avance" in chef.client.get(envoi.url_admin).content.decode()
        monkeypatch.undo()
        assert chef.client.post(envoi.url_admin).status_code == 302
        envoi.refresh_from_db()
        assert envoi.fini_le is not None
        assert [result for _titre, _code, result in resultats(envoi)] == [Resultat.CREEE] * 3
        operations.executer(envoi.pk)
        assert Page.objects.filter(locale=locale("en"), depth__gt=3).count() == 2

    def test_rights_are_those_of_the_day_of_each_page(self, site: None, monkeypatch: pytest.MonkeyPatch) -> None:
        writer = personne(roles.REDACTION)
        top = branche()
        monkeypatch.setattr(operations, "executer", operations.avancer)
        writer.envoyer(top, "en", avec_dessous="on")
        writer.user.groups.clear()
        monkeypatch.undo()
        envoi = Envoi.objects.get()
        operations.executer(envoi.pk)
        assert [result for _titre, _code, result in resultats(envoi)] == [
            Resultat.CREEE,
            Resultat.REFUSEE,
            Resultat.REFUSEE,
        ]

    def test_lists_cost_the_same_for_many(self, chef: Personne) -> None:
        chef.envoyer(branche(1), "en", avec_dessous="on")
        envoi = Envoi.objects.get()
        liste = reverse("variantes_envois")

        def costs() -> list[int]:
            return [len(queries_of(partial(chef.client.get, url))) for url in (liste, envoi.url_admin)]

        few = costs()
        for _ in range(3):
            chef.envoyer(branche(4), "en", avec_dessous="on")
        envoi = Envoi.objects.first()
        assert costs() == few

    def test_old_ones_are_forgotten(self, chef: Personne) -> None:
        chef.envoyer(branche(0), "en", "ar")
        assert operations.oublier() == 0
        Envoi.objects.update(fini_le=timezone.now() - datetime.timedelta(days=200))
        assert operations.oublier() == 1


class TestPlace:
    def test_pages_above_are_made_as_drafts(self, chef: Personne) -> None:
        top = InformationPageFactory(title="Le guide", publiee=True)
        middle = InformationPageFactory(title="Une partie", parent=top, publiee=True)
        deep = InformationPageFactory(title="Un chapitre", parent=middle, publiee=True)
        chef.envoyer(deep, "en")
        assert resultats(Envoi.objects.get()) == [
            ("Le guide", "en", Resultat.CREEE),
            ("Une partie", "en", Resultat.CREEE),
            ("Un chapitre", "en", Resultat.CREEE),
        ]
        for page in (top, middle, deep):
            made = version(page)
            assert (made.live, made.alias_of_id) == (False, None)
            assert Translation.objects.filter(source__object_id=page.translation_key, enabled=True).exists()

    def test_a_private_page_stays_as_private(self, chef: Personne) -> None:
        top = InformationPageFactory(publiee=True)
        traduire(top, chef.user)
        child = InformationPageFactory(parent=top, publiee=True)
        own = InformationPageFactory(parent=top, publiee=True, protegee="login")
        chef.envoyer(own, "en")
        assert version(own).view_restrictions.count() == 1
        proteger(top)
        chef.envoyer(child, "en")
        assert version(child) is None
        assert not Envoi.objects.filter(titre=child.title).exists()
        proteger(version(top))
        chef.envoyer(child, "en")
        assert version(child) is not None


class TestClosedPages:
    """Who only translates sends what she may read: French text that is closed to her stays so."""

    @pytest.fixture
    def traductrice(self, site: None) -> Personne:
        return personne(roles.TRADUCTIONS[0])

    @pytest.mark.parametrize("comment", ["groups", "password"])
    def test_a_page_that_is_closed_to_her(self, comment: str, traductrice: Personne) -> None:
        page = FichePageFactory(title="Le cercle", publiee=True)
        assert peut_envoyer(traductrice.user, page, locale("en"))
        proteger(page, comment, groupe="Cercle" if comment == "groups" else "", mot_de_passe="sesame")
        assert not peut_envoyer(traductrice.user, page, locale("en"))
        for response in (traductrice.get("submit_page_translation", page.pk), traductrice.envoyer(page, "en")):
            assert refused(response)
            assert "Le cercle" not in response.content.decode()
        assert version(page) is None
        assert not Envoi.objects.exists()
        with pytest.raises(PermissionDenied):
            operations.ouvrir(page, locale("en"), traductrice.user)
        # Those of the circle, and those who write the page, send it.
        if comment == "groups":
            traductrice.user.groups.add(Group.objects.get(name="Cercle"))
            assert peut_envoyer(Utilisateur.objects.get(pk=traductrice.user.pk), page, locale("en"))
        assert peut_envoyer(personne(roles.REDACTION).user, page, locale("en"))

    def test_closed_pages_of_a_branch_are_neither_listed_nor_sent(self, traductrice: Personne) -> None:
        top = branche(2)
        closed, _open = top.get_children().order_by("path")
        below = InformationPageFactory(title="Au fond", parent=closed, publiee=True)
        proteger(closed, "groups", groupe="Cercle")
        response = traductrice.envoyer(top, "en", avec_dessous="on")
        assert resultats(Envoi.objects.get()) == [
            ("Le guide", "en", Resultat.CREEE),
            ("Chapitre 1", "en", Resultat.CREEE),
        ]
        assert "Chapitre 0" not in traductrice.client.get(response.url).content.decode()
        assert (version(closed), version(below)) == (None, None)
        # Whoever writes the pages is told of all of them.
        personne(roles.REDACTION).envoyer(top, "ar", avec_dessous="on")
        titles = [titre for titre, _code, _resultat in resultats(Envoi.objects.latest("pk"))]
        assert titles == ["Le guide", "Chapitre 0", "Au fond", "Chapitre 1"]

    def test_a_page_that_is_closed_meanwhile_is_refused(
        self, traductrice: Personne, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        top = branche(1)
        monkeypatch.setattr(operations, "executer", operations.avancer)
        traductrice.envoyer(top, "en", avec_dessous="on")
        monkeypatch.undo()
        child = top.get_children().get()
        proteger(child, "groups", groupe="Cercle")
        envoi = Envoi.objects.get()
        operations.executer(envoi.pk)
        assert [result for _titre, _code, result in resultats(envoi)] == [Resultat.CREEE, Resultat.REFUSEE]
        assert version(child) is None


ANONYME = Role("anonyme", "")
PEUVENT = {
    roles.REDACTION: {"en", "ar"},
    roles.MODERATION: {"en", "ar"},
    **{role: set(role.langues) & {"en", "ar"} for role in roles.TRADUCTIONS},
}


@pytest.mark.parametrize("role", [*ROLES, ANONYME], ids=lambda role: role.nom)
def test_who_may_send_where(role: Role, site: None) -> None:
    someone = Personne(StrictClient(), None) if role is ANONYME else personne(role)
    pages = {code: FichePageFactory(publiee=True, owner=someone.user) for code in ("en", "ar")}
    happened = set()
    for code, page in pages.items():
        response = someone.envoyer(page, code)
        assert response.status_code in {200, 302, 403}
        if version(page, code) is not None:
            happened.add(code)
        if someone.user is not None and version(page, code) is None:
            with pytest.raises(PermissionDenied):
                operations.preparer(page, someone.user, [locale(code)])
    assert happened == PEUVENT.get(role, set())
    assert not FichePage.objects.filter(locale__language_code__in=["en", "ar"], live=True).exists()


@pytest.mark.parametrize("role", [*ROLES, ANONYME], ids=lambda role: role.nom)
def test_who_follows_what(role: Role, chef: Personne) -> None:
    chef.envoyer(branche(0), "en", "ar")
    theirs = Envoi.objects.get()
    someone = Personne(StrictClient(), None) if role is ANONYME else personne(role)
    liste = someone.client.get(reverse("variantes_envois"))
    detail = someone.client.get(theirs.url_admin)
    again = someone.client.post(theirs.url_admin)
    assert (liste.status_code == 200) == (role in {roles.REDACTION, roles.MODERATION, *roles.TRADUCTIONS})
    assert (detail.status_code == 200) == (role is roles.MODERATION)
    assert again.status_code in {302, 403, 404}
    if liste.status_code == 200:
        assert (theirs.titre in liste.content.decode()) == (role is roles.MODERATION)


def test_the_button_is_for_those_who_may(site: None) -> None:
    page = publier(FichePageFactory(title="Animer"))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    target = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert target in personne(roles.REDACTION).client.get(url).content.decode()
    own = FichePageFactory(owner=(author := personne(roles.CONTRIBUTION)).user, publiee=True)
    html = author.client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).content.decode()
    assert reverse("wagtail_localize:submit_page_translation", args=[own.pk]) not in html
