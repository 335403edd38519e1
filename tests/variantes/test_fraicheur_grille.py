"""The grid of the language versions: states, filters, who sees what, exports."""

import csv
import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from redaction import roles
from redaction.roles import Role
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    UtilisateurFactory,
    groupes_des_roles,
    index_fiches,
    proteger,
)
from tests.factories.relectures import mettre_en_relecture
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.socle.reading import soup
from tests.socle.test_publication import fresh
from tests.variantes.fraicheur import (
    GRILLE,
    alias,
    arbre,
    changer,
    chief,
    corriger,
    grille,
    lignes,
    publier_brouillon,
    source,
    synchroniser,
    traduire,
    variante,
)
from variantes.models import AvancementTraduction, VersionSource
from variantes.operations.avancement import recompter
from variantes.operations.fraicheur import toujours_valable
from variantes.queries.grille import Cellule, Etat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trees() -> None:
    arbre("fr-simple", "en")


def cellule(page: Any, langue: str = "fr-simple") -> Cellule:
    ligne = grille().lignes([page.pk])[0]
    return next(cell for cell in ligne.cellules if cell.locale.language_code == langue)


def etat(page: Any, langue: str = "fr-simple") -> Etat | None:
    found = cellule(page, langue).etat
    counted, _rows = grille(q=page.title).resume()
    locale = Locale.objects.get(language_code=langue)
    assert counted.nombres.get((found.value, locale.pk) if found else ("", 0), 0) == (1 if found else 0)
    return found


class TestEtats:
    def test_by_hand(self) -> None:
        page = source()
        assert etat(page) == Etat.MANQUANTE
        version = variante(page, publiee=False)
        assert etat(page) == Etat.BROUILLON
        publier_brouillon(version)
        assert etat(page) == Etat.A_JOUR
        corriger(page)
        assert etat(page) == Etat.A_JOUR
        changer(page)
        assert etat(page) == Etat.RETARD
        assert cellule(page).en_retard
        toujours_valable(fresh(version), chief(), "Oui")
        assert etat(page) == Etat.A_JOUR
        assert cellule(page).details == ["vérifiée, toujours valable"]

    def test_by_strings(self) -> None:
        page = source()
        translation = synchroniser(page)
        traduire(translation, sauf=2)
        assert etat(page, "en") == Etat.INCOMPLETE
        found = cellule(page, "en")
        assert (found.manquantes, found.synchronisee) == (1, True)  # the address is the other one
        assert "1 chaîne à traduire" in " ".join(found.details)
        version = traduire(translation)
        assert etat(page, "en") == Etat.BROUILLON
        publier_brouillon(version)
        assert etat(page, "en") == Etat.A_JOUR
        changer(page, resume="Un tout autre résumé.")
        assert etat(page, "en") == Etat.RETARD
        synchroniser(page)
        found = cellule(page, "en")
        assert (found.etat, found.manquantes, found.brouillon_ancien) == (Etat.RETARD, 1, True)
        publier_brouillon(traduire(translation))
        assert etat(page, "en") == Etat.A_JOUR

    def test_a_string_with_an_error_is_not_translated(self) -> None:
        page = source()
        translation = synchroniser(page)
        traduire(translation)
        row = StringTranslation.objects.exclude(context__path="slug").first()
        row.has_error = True
        row.save()
        assert etat(page, "en") == Etat.INCOMPLETE

    def test_a_translation_that_was_stopped_lacks_nothing(self) -> None:
        page = source()
        translation = synchroniser(page)
        traduire(translation, sauf=2)
        Translation.objects.update(enabled=False)
        assert etat(page, "en") == Etat.BROUILLON

    def test_in_review(self) -> None:

        groupes_des_roles()
        page, user = source(), chief()
        version = variante(page)
        changer(page)
        mettre_en_relecture([Page.objects.get(pk=version.pk)], user, user)
        found = cellule(page)
        assert (found.etat, found.qui, found.en_retard) == (Etat.RELECTURE, str(user), True)
        assert found.details[0] == "le texte public est plus ancien que le français"

    def test_a_draft_made_from_an_older_text_says_so(self) -> None:
        page = source()
        variante(page, publiee=False)
        changer(page)
        found = cellule(page)
        assert (found.etat, found.details) == (Etat.BROUILLON, ["écrite d’après un français plus ancien"])

    def test_an_alias_repeats_the_french(self) -> None:
        page = source()
        alias(page)
        changer(page)
        assert etat(page, "en") == Etat.ALIAS
        assert not cellule(page, "en").en_retard

    def test_nothing_is_missing_of_what_is_not_public(self) -> None:
        page = FichePageFactory(brouillon=True)
        assert etat(page) == Etat.ATTENTE
        assert lignes()[page.title].remarque == "Non publiée"

    def test_what_happens_to_the_french_page(self) -> None:
        page = source()
        version = variante(page)
        changed = changer(page)
        changed.unpublish()
        assert etat(page) == Etat.RETARD
        proteger(page)
        assert lignes()[page.title].remarque == "Non publiée"
        Page.objects.filter(pk=page.pk).update(live=True)
        assert lignes()[page.title].remarque == "Accès restreint"
        fresh(page).delete()
        ligne = lignes()[version.title]
        assert (ligne.remarque, ligne.sans_source) == ("Pas de page en français", True)
        assert [cell.etat for cell in ligne.cellules][:2] == [Etat.SANS_SOURCE, None]

    def test_a_page_that_moves_keeps_its_versions(self) -> None:
        page = source()
        variante(page)
        other = FichePageFactory(publiee=True)
        fresh(page).move(other, pos="right")
        assert etat(page) == Etat.A_JOUR

    def test_age(self) -> None:
        page = source()
        variante(page)
        changer(page)
        VersionSource.objects.update(majeure_le=timezone.now() - datetime.timedelta(days=12))
        assert cellule(page).jours == 12


class TestAvancement:
    def test_the_counts_of_all_are_those_of_each(self) -> None:
        page = source()
        translation = synchroniser(page)
        traduire(translation, sauf=2)
        assert recompter() == 1
        assert recompter() == 0
        assert etat(page, "en") == Etat.INCOMPLETE
        traduire(translation)
        assert AvancementTraduction.objects.get().perimee
        assert etat(page, "en") == Etat.BROUILLON
        recompter()
        assert AvancementTraduction.objects.get().manquantes == 0
        assert etat(page, "en") == Etat.BROUILLON
        StringTranslation.objects.exclude(context__path="slug").first().delete()
        assert etat(page, "en") == Etat.INCOMPLETE

    def test_new_strings_are_counted(self) -> None:
        page = source()
        traduire(synchroniser(page))
        recompter()
        changer(page, resume="Un tout autre résumé.")
        synchroniser(page)
        assert AvancementTraduction.objects.get().perimee
        recompter()
        assert AvancementTraduction.objects.get().manquantes == 1

    def test_what_changed_without_a_word_is_counted_the_day_after(self) -> None:
        traduire(synchroniser(source()))
        recompter()
        StringTranslation.objects.all()._raw_delete("default")
        assert recompter() == 0
        assert recompter(timezone.now() + datetime.timedelta(days=2)) >= 1


class TestFiltres:
    def test_each(self) -> None:
        user = chief()
        behind = source(title="Écouter")
        mine = variante(behind)
        Page.objects.filter(pk=mine.pk).update(owner=user)
        changer(behind)
        VersionSource.objects.filter(translation_key=behind.translation_key).update(
            majeure_le=timezone.now() - datetime.timedelta(days=40)
        )
        source(title="Accueillir")
        FichePageFactory(title="Brouillon", brouillon=True)
        info = InformationPageFactory(title="Mentions", publiee=True)
        alone = FichePageFactory(title="Alone", parent=index_fiches("en"), publiee=True)
        shown = {
            "": ["Accueillir", "Alone", "Brouillon", "Écouter", "Mentions"],
            "q=COUT": ["Écouter"],
            "q=%25": [],
            f"genre={info.content_type_id}": ["Mentions"],
            "source=non_publique": ["Brouillon"],
            "source=absente": ["Alone"],
            "langue=en&etat=sans_source": ["Alone"],
            "langue=fr-simple&etat=sans_source": [],
            "etat=retard": ["Écouter"],
            "etat=attente": ["Brouillon"],
            "retard=39": ["Écouter"],
            "retard=41": [],
            "miennes=on": ["Écouter"],
            "retard=0&langue=en": [],
        }
        client = StrictClient()
        client.force_login(user)
        for query, expected in shown.items():
            answer = client.get(f"{GRILLE}?{query}")
            found = [row["ligne"].titre for row in answer.context["lignes"]]
            ours = [
                title
                for title in found
                if title not in (index_fiches().title, fresh(index_fiches()).get_parent().title)
            ]
            assert ours == expected, query
        assert alone.pk

    @pytest.mark.parametrize(
        "query",
        [
            "retard=abc",
            "retard=-1",
            "retard=99999999999999999999",
            "etat=x",
            "langue=xx",
            "genre=x",
            "source=x",
            "tri=x",
        ],
    )
    def test_what_makes_no_sense_is_said_beside_the_field(self, query: str, admin_client: StrictClient) -> None:
        source(title="Accueillir")
        for more in ("", "&export=csv"):
            answer = admin_client.get(f"{GRILLE}?{query}{more}")
            assert answer.status_code == 200
            assert soup(answer).select_one(".bureau-filtres .error-message") is not None
            assert "Accueillir" in answer.content.decode()

    @pytest.mark.parametrize("query", ["p=abc", "p=0", "p=999999", "v=x", "q=%25%5C_", "q=" + "x" * 300])
    def test_nothing_breaks_it(self, query: str, admin_client: StrictClient) -> None:
        assert admin_client.get(f"{GRILLE}?{query}").status_code == 200

    def test_the_order_of_the_tree(self) -> None:
        first, second = source(title="Zèbre"), source(title="Accueil du jour")
        numbers = grille(tri="arbre").numeros()
        assert numbers.index(first.pk) < numbers.index(second.pk)
        numbers = grille().numeros()
        assert numbers.index(first.pk) > numbers.index(second.pk)


@PERSONNES
def test_who_opens_the_grid(role: Role) -> None:
    client, user = signed_in(role)
    page = source(title="Accueillir")
    variante(page)
    # Who translates into a language that has no page yet has nothing to follow.
    elsewhere = {each for each in roles.TRADUCTIONS if not each.couvre("en")}
    without = {roles.ADMINISTRATION, roles.ANIMATION, roles.OUTILTHEQUE, ANONYME, *elsewhere}
    for address in (GRILLE, f"{GRILLE}?export=csv"):
        assert refused(client.get(address)) == (role in without), address
    if user is not None:
        assert (f'"{GRILLE}"' in client.get("/admin/").content.decode()) == (role not in without)


def test_titles_of_what_a_person_may_not_read_are_not_shown() -> None:
    public, private, draft = (
        source(title="Publique"),
        source(title="Privée"),
        FichePageFactory(title="Ébauche", brouillon=True),
    )
    proteger(private)
    translator = UtilisateurFactory(groupes=[role.nom for role in roles.TRADUCTIONS if role.langues == ("en",)])
    assert {"Publique"} == lignes(translator).keys() & {"Publique", "Privée", "Ébauche"}
    variante(private, "en")
    assert "Privée" in lignes(translator)
    writer = UtilisateurFactory(redacteur=True)
    assert {"Publique", "Privée", "Ébauche"} <= lignes(writer).keys()
    contributor = UtilisateurFactory(groupes=[roles.CONTRIBUTION.nom])
    reader = UtilisateurFactory(groupes=[roles.REGARD_USAGER.nom])
    assert "Ébauche" not in lignes(reader)
    assert contributor.pk
    assert public.pk
    assert draft.pk


class TestCost:
    def test_the_same_for_one_page_and_for_ten(self, admin_client: StrictClient) -> None:
        def make(number: int) -> None:
            for _ in range(number):
                page = source()
                variante(page)
                traduire(synchroniser(page))
                changer(page)

        assert_same_cost(make, lambda: admin_client.get(GRILLE), limit=24)


class TestExport:
    def rows(self, client: StrictClient, query: str = "") -> list[dict[str, str]]:
        answer = client.get(f"{GRILLE}?export=csv{query}")
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeff")
        return list(csv.DictReader(text[1:].splitlines(), delimiter=";"))

    def test_every_cell_that_is_looked_for(self, admin_client: StrictClient) -> None:
        page = source(title="=1+1")
        variante(page)
        changer(page)
        everything = [row for row in self.rows(admin_client) if row["Page en français"] == "'=1+1"]
        states = {row["Langue"]: row["État"] for row in everything}
        assert (states["Français facile (FALC)"], states["English"]) == ("Le français a changé", "À créer")
        chosen = self.rows(admin_client, "&etat=retard&langue=fr-simple")
        assert [(row["Page en français"], row["Jours"]) for row in chosen] == [("'=1+1", "0")]
        assert self.rows(admin_client, "&retard=1") == []


def test_a_wave_two_language_is_a_column(settings: Any) -> None:
    Locale.objects.get_or_create(language_code="tr")
    settings.LANGUAGES = [*settings.LANGUAGES, ("tr", "Türkçe")]
    assert [locale.language_code for locale in grille().toutes][-1] == "tr"
