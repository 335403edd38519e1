"""Who reads a version: never more people than the French page, as it is when the version is published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from redaction import roles
from redaction.operations.moderation import publier_en_urgence
from tests.factories import FichePageFactory, UtilisateurFactory, accueil, groupes_des_roles, index_fiches, proteger
from tests.redaction.test_publication import personne
from tests.socle.test_publication import fresh, republier
from tests.variantes import equipe
from tests.variantes.equipe import Personne, version
from tests.variantes.fraicheur import arbre, source, variante
from tests.variantes.traduction import Traduction, client_de

pytestmark = pytest.mark.django_db

PHRASE = "Une phrase pour le cercle."
CERCLE = "Cercle des Tilleuls"
Publier = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")
    groupes_des_roles()


def fermer(page: Any, comment: str) -> None:
    groupe = CERCLE if comment == PageViewRestriction.GROUPS else ""
    proteger(page, comment, groupe=groupe, mot_de_passe="sesame" if comment == PageViewRestriction.PASSWORD else "")


def lit(page: Any, *groupes: str, anonyme: bool = False) -> bool:
    """Tell whether someone of these groups reads the text of a page at its address."""
    user = None if anonyme else UtilisateurFactory(groupes=list(groupes))
    return PHRASE in client_de(user).get(fresh(page).url, follow=True).content.decode()


def lecteurs(page: Any) -> set[str]:
    """Return who reads the text of a page."""
    readers = {"tout le monde": lit(page, anonyme=True), "membre": lit(page), "cercle": lit(page, CERCLE)}
    return {reader for reader, reads in readers.items() if reads}


def acces(page: Any) -> list[tuple[str, str, list[str]]]:
    """Return the restrictions that stand on a page itself."""
    found = PageViewRestriction.objects.filter(page=page.pk).order_by("pk")
    return [(one.restriction_type, one.password, [group.name for group in one.groups.all()]) for one in found]


def en_urgence(page: Any) -> None:
    """Publish a new draft without waiting for its review."""
    draft = fresh(page).get_latest_revision_as_object()
    revision = draft.save_revision()
    publier_en_urgence(fresh(page), personne(roles.MODERATION), "Un numéro faux.", revision.pk)


LECTEURS = {"login": {"membre", "cercle"}, "password": set(), "groups": {"cercle"}}


@pytest.mark.parametrize("publier", [republier, en_urgence], ids=lambda publier: publier.__name__)
@pytest.mark.parametrize(("comment", "lisent"), LECTEURS.items(), ids=LECTEURS)
def test_a_version_in_falc_is_closed_like_the_french_page(comment: str, lisent: set[str], publier: Publier) -> None:
    Group.objects.create(name=CERCLE)
    page = source()
    easy = variante(page, resume=PHRASE)
    assert lecteurs(easy) == {"tout le monde", "membre", "cercle"}
    fermer(page, comment)
    publier(easy)
    assert acces(easy) == acces(page)
    assert lecteurs(easy) == lisent
    # Published once more: as it is.
    publier(easy)
    assert acces(easy) == acces(page)


@pytest.mark.parametrize("comment", ["password", "groups"])
@pytest.mark.parametrize("urgence", [False, True])
def test_a_translation_is_closed_like_the_french_page(comment: str, urgence: bool) -> None:
    traduction = Traduction(resume=PHRASE)
    traduction.traduire()
    traduction.soumettre()
    traduction.decider(traduction.relectrice)
    assert lit(traduction.page, anonyme=True)
    fermer(traduction.source, comment)
    traduction.traduire(lambda text: f"{text} [2]")
    traduction.soumettre()
    if urgence:
        moderation = personne(roles.MODERATION)
        publier_en_urgence(traduction.page, moderation, "Un numéro faux.", traduction.page.latest_revision_id)
    else:
        traduction.decider(traduction.relectrice)
    assert traduction.page.title.endswith("[2]")
    assert acces(traduction.page) == acces(traduction.source)
    assert lecteurs(traduction.page) == ({"cercle"} if comment == "groups" else set())


def test_what_closes_the_french_page_from_above_closes_its_version() -> None:
    page = source()
    easy = variante(page, resume=PHRASE)
    fermer(index_fiches("fr"), "groups")
    republier(easy)
    assert acces(easy) == [("groups", "", [CERCLE])]
    assert lecteurs(easy) == {"cercle"}


def test_what_closes_the_version_from_above_is_enough() -> None:
    page = source()
    easy = variante(page, resume=PHRASE)
    for one in (page, index_fiches("fr-simple")):
        fermer(one, "groups")
    republier(easy)
    assert acces(easy) == []
    assert lecteurs(easy) == {"cercle"}


def test_a_version_that_nothing_closes_in_french_stays_open() -> None:
    alone = FichePageFactory(parent=index_fiches("fr-simple"), resume=PHRASE, publiee=True)
    for easy in (variante(source(), resume=PHRASE), alone):
        republier(easy)
        assert acces(easy) == []
        assert lit(easy, anonyme=True)


class TestClosedOtherwise:
    """A restriction that stands already is enough only if it lets in nobody whom the French page keeps out."""

    @pytest.mark.parametrize(("avant", "apres"), [("login", "groups"), ("login", "password"), ("password", "groups")])
    def test_the_french_page_is_closed_to_more_people_than_before(self, avant: str, apres: str) -> None:
        page = source()
        easy = variante(page, resume=PHRASE)
        fermer(page, avant)
        republier(easy)
        page.view_restrictions.all().delete()
        fermer(page, apres)
        republier(easy)
        assert acces(page)[0] in acces(easy)
        assert lecteurs(easy) <= LECTEURS[apres]

    def test_one_restriction_takes_the_place_of_another_of_its_kind(self) -> None:
        page = source()
        easy = variante(page, resume=PHRASE)
        fermer(page, "password")
        proteger(easy, "password", mot_de_passe="autre")
        republier(easy)
        assert acces(easy) == [("password", "sesame", [])]

    def test_all_that_closes_the_french_page_closes_its_version(self) -> None:
        page = source()
        easy = variante(page, resume=PHRASE)
        fermer(page, "login")
        fermer(index_fiches("fr"), "groups")
        republier(easy)
        assert acces(easy) == [("groups", "", [CERCLE])]
        fermer(accueil("fr"), "password")
        republier(easy)
        assert acces(easy) == [("groups", "", [CERCLE]), ("password", "sesame", [])]

    def test_two_circles_are_both_asked_for(self) -> None:
        page = source()
        easy = variante(page, resume=PHRASE)
        fermer(page, "groups")
        republier(easy)
        proteger(index_fiches("fr"), "groups", groupe="Autre cercle")
        republier(easy)
        assert acces(easy) == [("groups", "", [CERCLE]), ("groups", "", ["Autre cercle"])]
        assert not lit(easy, CERCLE)
        assert lit(easy, CERCLE, "Autre cercle")

    def test_a_version_that_fewer_people_read_is_left_alone(self) -> None:
        page = source()
        easy = variante(page, resume=PHRASE)
        proteger(page, "groups", groupe=CERCLE)
        page.view_restrictions.get().groups.add(Group.objects.create(name="Autre cercle"))
        fermer(easy, "groups")
        republier(easy)
        assert acces(easy) == [("groups", "", [CERCLE])]
        page.view_restrictions.update(restriction_type="login")
        republier(easy)
        assert acces(easy) == [("groups", "", [CERCLE])]


class TestGroups:
    """wagtail-localize copies a restriction without its groups: nobody but superusers would read the version."""

    def test_a_new_draft_has_those_of_the_french_page(self, chef: Personne) -> None:
        page = source()
        fermer(page, "groups")
        equipe.traduire(page, chef.user)
        assert acces(version(page)) == [("groups", "", [CERCLE])]

    def test_taking_the_french_text_again_brings_them(self, chef: Personne) -> None:
        page = source()
        translation = equipe.traduire(page, chef.user)
        fermer(page, "groups")
        chef.post("update_translations", translation.source_id)
        assert acces(version(page)) == [("groups", "", [CERCLE])]
