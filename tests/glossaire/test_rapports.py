"""What editors are told that the glossary lacks."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from glossaire.models import SigleCourant, SourceVerifiee
from glossaire.operations.sigles import ecarter, reprendre
from glossaire.queries.completer import (
    BROUILLON,
    COMPLETENT,
    FORME,
    MOT,
    conflits,
    jamais_rencontres,
    sans_versions,
    sigles_a_expliquer,
)
from glossaire.queries.sources import problemes
from glossaire.sigles import sigles
from redaction.roles import Role
from tests.factories import (
    FichePageFactory,
    InformationPageFactory,
    TermePageFactory,
    UtilisateurFactory,
    accueil,
    proteger,
)
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_matrice import ANONYME, PERSONNES, refused, signed_in
from tests.socle.reading import soup

pytestmark = pytest.mark.django_db
SECTIONS = ("sigles", "jamais-rencontres", "versions", "conflits", "sources")
SOURCE = {"titre": "Un guide", "auteur": "", "annee": None, "url": "https://exemple.org/guide"}


def url(section: str) -> str:
    return f"/admin/rapports/glossaire/{section}/"


def sources(*urls: str) -> list[tuple[str, dict[str, Any]]]:
    return [("source", {**SOURCE, "url": each}) for each in urls]


def rows(response: HttpResponse) -> list[list[str]]:
    found = soup(response).select("table.listing tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("td")] for row in found]


class TestAcronyms:
    @pytest.mark.parametrize(
        ("texte", "attendus"),
        [
            ("L’ARS et les ETPs de l'EHPAD.", {"ARS", "ETP", "EHPAD"}),
            ("Au XXIe siècle, chapitre IV, Louis XIV, article L. 1161", {}),
            ("ATTENTION aux MSP", {"MSP"}),
            ("LES USAGERS PARTENAIRES DE LA MSP.", {}),
            ("Le CO2, la B2, la H2O et le COVID-19", {"CO2", "H2O", "COVID"}),
            ("iPhone, McDo, eTP, Etp, A, B", {}),
            ("ÉPS et ÉTAPES", {"ÉPS"}),
            ("ABCDEFGHIJKLMNOP", {}),
        ],
    )
    def test_what_is_an_acronym(self, texte: str, attendus: set[str]) -> None:
        assert set(sigles(texte)) == set(attendus)

    def test_those_of_public_pages_that_no_term_explains(self) -> None:
        one = FichePageFactory(title="La CPTS", objectifs="<p>La CPTS et l’ARS. OK ?</p>", publiee=True)
        two = FichePageFactory(title="L’ARS", resume="Les CPTS.", publiee=True)
        FichePageFactory(title="Le brouillon du GHT", brouillon=True)
        proteger(FichePageFactory(title="Le secret du DAC", publiee=True))
        InformationPageFactory(title="The NHS", parent=accueil("en"), publiee=True)
        assert [(row.sigle, row.fois, row.pages) for row in sigles_a_expliquer("fr")] == [
            ("CPTS", 3, [one.pk, two.pk]),
            ("ARS", 2, [one.pk, two.pk]),
        ]
        assert [row.sigle for row in sigles_a_expliquer("en")] == ["NHS"]
        TermePageFactory(title="Agence régionale de santé", sigle="ARS", publiee=True)
        draft = TermePageFactory(title="Communauté professionnelle", sigle="CPTS", brouillon=True)
        (left,) = sigles_a_expliquer("fr")
        assert (left.sigle, left.brouillon, left.brouillon_titre) == ("CPTS", draft.pk, "Communauté professionnelle")

    def test_an_editor_sets_one_aside_and_takes_it_back(self) -> None:
        FichePageFactory(title="La CPTS", publiee=True)
        client, user = signed_in(COMPLETENT[0])
        assert user
        page = client.get(url("sigles"))
        assert [row[0] for row in rows(page)] == ["CPTS"]
        assert soup(page).select_one("a[href$='?sigle=CPTS']") is None  # there is no glossary yet
        answer = client.post(f"{url('sigles')}changer/", {"ecarter": "CPTS", "next": f"{url('sigles')}?langue=fr"})
        assert answer["Location"] == f"{url('sigles')}?langue=fr"
        assert rows(client.get(url("sigles"))) == []
        assert [row[0] for row in rows(client.get(f"{url('sigles')}?ecartes=oui"))] == ["CPTS"]
        client.post(f"{url('sigles')}changer/", {"reprendre": "CPTS", "next": "https://ailleurs.example/"})
        assert [row[0] for row in rows(client.get(url("sigles")))] == ["CPTS"]

    def test_bad_requests_are_refused(self) -> None:
        client, user = signed_in(COMPLETENT[0])
        for data in ({}, {"ecarter": "x"}, {"ecarter": "A" * 300}, {"ecarter": "<b>"}, {"reprendre": "\x00"[:0]}):
            assert client.post(f"{url('sigles')}changer/", data).status_code == 302
        assert not SigleCourant.objects.exists()
        assert client.get(f"{url('sigles')}changer/").status_code == 405
        with pytest.raises(ValidationError, match="pas un sigle"):
            ecarter("mot", user)
        for gesture in (ecarter, reprendre):
            with pytest.raises(PermissionDenied):
                gesture("CPTS", UtilisateurFactory())
        with pytest.raises(IntegrityError), transaction.atomic():
            SigleCourant.objects.create(sigle="")

    def test_the_form_of_a_new_term_is_filled(self) -> None:
        TermePageFactory(publiee=True)
        FichePageFactory(title="La CPTS", publiee=True)
        client, _user = signed_in(COMPLETENT[0])
        link = soup(client.get(url("sigles"))).select_one("a[href$='?sigle=CPTS']")
        assert link
        form = soup(client.get(str(link["href"])))
        assert not form.select_one("#id_title").get("value")  # type: ignore[union-attr]
        assert form.select_one("#id_sigle")["value"] == "CPTS"  # type: ignore[index]


class TestNeverMet:
    def test_those_that_no_other_page_uses(self) -> None:
        used = TermePageFactory(title="Pair-aidance", autres_noms="entraide", publiee=True)
        TermePageFactory(title="Défraiement", definition="Le défraiement et la tutelle.", publiee=True)
        TermePageFactory(title="Tutelle", publiee=True)
        TermePageFactory(title="Curatelle", brouillon=True)
        FichePageFactory(title="Autre", objectifs="<p>De l’entraide.</p>", publiee=True)
        FichePageFactory(title="La tutelle en secret", protegee="login")
        assert used.title not in [one.titre for one in jamais_rencontres("fr")]
        assert [one.titre for one in jamais_rencontres("fr")] == ["Défraiement"]


class TestVersions:
    def test_terms_without_falc_or_another_language(self) -> None:
        codes = ("fr-simple", "en", "ar", "es", "pt")
        for code in codes:
            accueil(code)
        whole = TermePageFactory(title="Binôme", publiee=True)
        for code in codes:
            TermePageFactory(langue=code, title=f"B {code}", slug=f"b-{code}", version_de=whole, publiee=True)
        part = TermePageFactory(title="Duo", publiee=True)
        TermePageFactory(langue="en", title="Pair", version_de=part, brouillon=True)
        TermePageFactory(title="Brouillon", brouillon=True)
        (row,) = sans_versions()
        assert (row.pk, row.etats, {one.language_code for one in row.manquantes}) == (
            part.pk,
            {"en": False},
            {*codes} - {"en"},
        )
        assert sans_versions("en") == []
        assert [one.titre for one in sans_versions("fr-simple")] == ["Duo"]

    def test_each_role_has_the_links_that_it_may_follow(self) -> None:
        for code in ("fr-simple", "en"):
            accueil(code)
        terme = TermePageFactory(title="Duo", publiee=True)
        falc = reverse("variantes_creer_falc", args=[terme.pk])
        english = f"{reverse('wagtail_localize:submit_page_translation', args=[terme.pk])}?select_locale=en"
        expected = {
            "Rédaction": (False, True),
            "Modération": (True, True),
            "Rédaction FALC": (True, False),
            "Administration": (False, False),
        }
        for role in COMPLETENT:
            client, _user = signed_in(role)
            page = soup(client.get(url("versions")))
            found = tuple(bool(page.select(f'a[href="{each}"]')) for each in (falc, english))
            assert found == expected[role.nom], role.nom
        admin, _none = StrictClient(), None
        admin.force_login(UtilisateurFactory(superutilisateur=True))
        assert soup(admin.get(url("versions"))).select(f'a[href="{falc}"]')


class TestClashes:
    def test_what_leads_to_two_terms(self) -> None:
        TermePageFactory(title="Usager", formes="partenaires", publiee=True)
        TermePageFactory(title="Patient", formes="partenaires", publiee=True)
        TermePageFactory(title="Maison de santé", sigle="MSP", publiee=True)
        TermePageFactory(title="Médiateur santé-pair", sigle="MSP", brouillon=True)
        TermePageFactory(title="Schéma d’aménagement", sigle="SAGE", publiee=True)
        terme = TermePageFactory(langue="en", title="Consultation", publiee=True)
        assert terme
        found = [(one.texte, one.genre, [titre for _pk, titre, _public in one.termes]) for one in conflits()]
        assert ("MSP", BROUILLON, ["Maison de santé", "Médiateur santé-pair"]) in found
        assert ("partenaires", FORME, ["Usager", "Patient"]) in found
        assert ("SAGE", MOT, ["Schéma d’aménagement"]) in found
        assert len(found) == 3
        assert conflits("en") == []
        assert len(conflits("fr")) == 3


class TestSources:
    def test_what_is_wrong(self) -> None:
        good, broken = "https://exemple.org/bon", "https://exemple.org/casse"
        terme = TermePageFactory(
            title="Binôme", sources=sources(good, broken, "", "htp:/x y", "https://ici"), publiee=True
        )
        TermePageFactory(title="Duo", publiee=True)
        TermePageFactory(title="Brouillon", brouillon=True)
        now = timezone.now()
        SourceVerifiee.objects.create(adresse=good, etat="repond", code=200, verifiee_le=now, bonne_le=now)
        SourceVerifiee.objects.create(adresse=broken, etat="introuvable", code=404, verifiee_le=now)
        found = [(one.probleme, one.citation.page_id, one.citation.adresse) for one in problemes()]
        assert found[:3] == [
            ("cassee", terme.pk, broken),
            ("malformee", terme.pk, "htp:/x y"),
            ("malformee", terme.pk, "https://ici"),
        ]
        assert [one[0] for one in found[3:]] == ["sans_source", "sans_adresse"]
        client, _user = signed_in(COMPLETENT[0])
        page = client.get(f"{url('sources')}?probleme=cassee")
        assert rows(page)[0][:5] == ["Binôme", "Ne répond plus", "Un guide", broken, "Page introuvable (404)"]
        assert "GLOSSAIRE_VERIFIER_LES_SOURCES" in page.content.decode()
        # A malformed address is no link.
        assert not soup(client.get(url("sources"))).select("a[href='htp:/x y']")


class TestScreens:
    @PERSONNES
    def test_who_reads_them(self, role: Role) -> None:
        client, _user = signed_in(role)
        allowed = role in COMPLETENT
        for section in SECTIONS:
            for part in ("", "lignes/"):
                answer = client.get(f"{url(section)}{part}")
                assert answer.status_code == 200 if allowed else refused(answer), (section, part)
        if role is not ANONYME:
            assert refused(client.post(f"{url('sigles')}changer/", {"ecarter": "CPTS"})) != allowed
            assert SigleCourant.objects.exists() == allowed
            assert ("/admin/rapports/glossaire/sigles/" in client.get("/admin/").content.decode()) == allowed

    @pytest.mark.parametrize("section", SECTIONS)
    @pytest.mark.parametrize(
        "query", ["?langue=xx", "?langue=", "?p=zz", "?p=99", "?ecartes=9&probleme=9", "?langue=en"]
    )
    def test_odd_requests(self, admin_client: StrictClient, section: str, query: str) -> None:
        FichePageFactory(title="La CPTS", publiee=True)
        assert admin_client.get(f"{url(section)}{query}").status_code == 200

    def test_the_same_cost_for_one_and_for_ten(self) -> None:
        client, _user = signed_in(COMPLETENT[1])
        accueil("fr-simple")

        def make(number: int) -> None:
            for rank in range(number):
                names = sigles_a_expliquer("fr")
                letter = "BCDFGHJKLM"[len(names)]
                FichePageFactory(title=f"La C{letter}TS", publiee=True)
                TermePageFactory(
                    title=f"Duo {letter} {rank}",
                    formes="duos partagés",
                    sources=sources(f"https://exemple.org/{letter}"),
                    publiee=True,
                )

        def get_all() -> None:
            for section in SECTIONS:
                assert client.get(url(section)).status_code == 200

        assert_same_cost(make, get_all, limit=125)

    @pytest.mark.parametrize("section", SECTIONS)
    def test_exports(self, admin_client: StrictClient, section: str) -> None:
        accueil("fr-simple")
        FichePageFactory(title="La CPTS", publiee=True)
        TermePageFactory(title="=cmd()", autres_noms="+duo", formes="deux", publiee=True)
        TermePageFactory(title="Autre", formes="deux", publiee=True)
        answer = admin_client.get(f"{url(section)}?export=csv")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert len(lines) > 1
        assert not any(line.startswith("=") for line in lines)
        assert answer["Content-Disposition"].startswith('attachment; filename="glossaire-')
        book = openpyxl.load_workbook(
            BytesIO(b"".join(admin_client.get(f"{url(section)}?export=xlsx").streaming_content))
        )  # type: ignore[attr-defined]
        assert book.active
        assert book.active.max_row == len(lines)
