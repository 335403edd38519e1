"""One resource: what it demands of its editors, what it shows, what it leads to."""

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fiches.models import FichePage
from fiches.queries import Filtres, cartes, fiches_liees, termes_de
from socle.licences import Licence
from tests.factories import (
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    UtilisateurFactory,
    anonyme,
    blocs,
    index_fiches,
    terme,
)
from tests.harness.html import StrictClient
from tests.socle.reading import links, one, soup, texts

pytestmark = pytest.mark.django_db


class TestRules:
    def test_an_external_reference_needs_a_link_or_a_file(self) -> None:
        with pytest.raises(ValidationError) as error:
            FichePageFactory(type_ressource="reference")
        assert set(error.value.message_dict) == {"lien_externe"}

    def test_a_link_or_a_file_is_enough(self) -> None:
        FichePageFactory(type_ressource="reference", lien_externe="https://exemple.org/guide")
        FichePageFactory(type_ressource="reference", fichier=FichierFactory())

    @pytest.mark.parametrize("target", [{"lien_externe": "https://exemple.org/"}, {"fichier": FichierFactory}])
    def test_only_an_external_reference_has_one(self, target: dict) -> None:
        made = {name: value() if callable(value) else value for name, value in target.items()}
        with pytest.raises(ValidationError) as error:
            FichePageFactory(type_ressource="guide", **made)
        assert set(error.value.message_dict) == {"type_ressource"}

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "exemple", "//exemple.org"])
    def test_the_link_of_a_reference_is_an_address(self, address: str) -> None:
        with pytest.raises(ValidationError) as error:
            FichePageFactory(type_ressource="reference", lien_externe=address)
        assert "lien_externe" in error.value.message_dict

    @pytest.mark.parametrize("days", [0, -1])
    def test_the_next_review_comes_after_the_last(self, days: int) -> None:
        day = datetime.date(2026, 3, 1)
        with pytest.raises(ValidationError) as error:
            FichePageFactory(revise_le=day, prochaine_revision=day + datetime.timedelta(days=days))
        assert "La prochaine révision vient après la dernière." in error.value.messages

    def test_the_database_refuses_it_too(self) -> None:
        fiche = FichePageFactory(revise_le=datetime.date(2026, 3, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            FichePage.objects.filter(pk=fiche.pk).update(prochaine_revision=datetime.date(2026, 3, 1))

    @pytest.mark.parametrize("missing", ["revise_le", "prochaine_revision"])
    def test_either_date_may_be_unknown(self, missing: str) -> None:
        dates = {"revise_le": datetime.date(2026, 3, 1), "prochaine_revision": datetime.date(2027, 3, 1)}
        FichePageFactory(**{**dates, missing: None})

    def test_texts_are_never_null(self) -> None:
        fiche = FichePageFactory()
        for field in fiche._meta.concrete_fields:
            if field.get_internal_type() in {"CharField", "TextField", "URLField"} and field.model is FichePage:
                assert not field.null, field.name


class TestPage:
    def test_a_complete_resource_shows_every_part(self, client: StrictClient) -> None:
        fiche = FichePageFactory(complete=True, title="Animer à deux")
        response = client.get(fiche.url)
        assert response.status_code == 200
        headings = texts(response, "main h2")
        for heading in ("À quoi ça sert", "Ce qu’il vous faut", "Les étapes", "Pour commencer", "Points de vigilance"):
            assert heading in headings
        assert texts(response, ".etape__titre")[:2] == ["Inviter", "Accueillir"]
        assert {"Camille Exemple", "Samir Démo"} <= set(texts(response, ".fiche__signature bdi"))

    def test_a_bare_resource_shows_no_empty_part(self, client: StrictClient) -> None:
        fiche = FichePageFactory()
        response = client.get(fiche.url)
        assert not set(texts(response, "main h2")) & {"À quoi ça sert", "Ce qu’il vous faut", "Les étapes"}
        parts = soup(response).select("main section, main ul, main ol")
        assert not [part for part in parts if not part.get_text(strip=True)]

    def test_every_link_of_the_table_of_contents_leads_somewhere(self, client: StrictClient) -> None:
        fiche = FichePageFactory(complete=True)
        response = client.get(fiche.url)
        anchors = [url for url in links(response, ".sommaire a").values() if url.startswith("#")]
        assert len(anchors) == len(set(anchors)) >= 8
        for anchor in anchors:
            one(response, f'[id="{anchor[1:]}"]')

    def test_terms_lead_to_the_resources_that_share_them(self, client: StrictClient) -> None:
        terme("publics", "aidants", nom="Aidants")
        fiche = FichePageFactory(publics=["aidants"], natures=["soins"])
        response = client.get(fiche.url)
        terms = {t.nom: t.url for groupe in response.context["classement"] for t in groupe.termes}
        assert terms == {"Aidants": "/fr/fiches/?publics=aidants", "Soins": "/fr/fiches/?natures=soins"}
        assert client.get(terms["Aidants"]).context["total"] == 1

    def test_a_reference_leads_to_its_source(self, client: StrictClient) -> None:
        fiche = FichePageFactory(reference=True)
        assert one(client.get(fiche.url), ".acces a.bouton")["href"] == "https://exemple.org/guide"

    def test_a_reference_gives_its_file_with_type_and_weight(self, client: StrictClient) -> None:
        document = FichierFactory(title="Rapport annuel")
        fiche = FichePageFactory(type_ressource="reference", fichier=document)
        response = client.get(fiche.url)
        (label,) = texts(response, ".acces .fichier__titre")
        assert label.replace("\xa0", " ") == "Rapport annuel (ODT, 2 ko)"
        assert one(response, ".acces .fichier a")["href"] == document.url


class TestReuse:
    def test_the_citation_names_authors_title_year_and_address(self, client: StrictClient) -> None:
        fiche = FichePageFactory(
            title="Animer à deux",
            auteurs=[("Camille Exemple", "usager"), ("Samir Démo", "professionnel")],
            revise_le=datetime.date(2026, 3, 1),
        )
        (citation,) = texts(client.get(fiche.url), ".citer__texte")
        for part in ("Camille Exemple", "Samir Démo", "« Animer à deux »", "2026", "/fr/fiches/animer-a-deux/"):
            assert part in citation

    def test_without_authors_or_dates_the_citation_has_no_holes(self) -> None:
        fiche = FichePageFactory(title="Animer à deux", revise_le=None)
        assert fiche.citation.startswith("« Animer à deux »")
        assert ", ," not in fiche.citation
        assert ", ." not in fiche.citation
        assert "None" not in fiche.citation

    @pytest.mark.parametrize("licence", Licence.values)
    def test_each_licence_is_named_and_those_that_allow_reuse_are_linked(
        self, client: StrictClient, licence: str
    ) -> None:
        fiche = FichePageFactory(licence=licence)
        response = client.get(fiche.url)
        shown = fiche.licence_affichee
        assert any(shown.nom in text for text in texts(response, ".citer"))
        assert shown.reutilisable is (licence != Licence.RESERVES)
        assert bool(soup(response).select("a[rel~=license]")) is shown.reutilisable

    def test_an_unknown_licence_is_an_error(self) -> None:
        with pytest.raises(ValidationError):
            FichePageFactory(licence="wtfpl")


class TestStructuredData:
    def read(self, client: StrictClient, fiche: FichePage) -> dict[str, Any]:
        """Return the things that the page describes, by type."""
        data = json.loads(one(client.get(fiche.url), 'script[type="application/ld+json"]').string)
        assert data["@context"] == "https://schema.org"
        return {thing["@type"]: thing for thing in data["@graph"]}

    def test_it_is_valid_and_says_what_the_page_says(self, client: StrictClient) -> None:
        fiche = FichePageFactory(
            title="Animer à deux",
            etapes=[blocs.etape("Inviter"), blocs.etape("Accueillir")],
            auteurs=[("Camille Exemple", "usager")],
        )
        described = self.read(client, fiche)
        thing = described["HowTo"]
        assert thing["name"] == "Animer à deux"
        assert thing["url"] == fiche.full_url
        assert thing["inLanguage"] == "fr"
        assert [step["name"] for step in thing["step"]] == ["Inviter", "Accueillir"]
        assert [author["name"] for author in thing["author"]] == ["Camille Exemple"]
        trail = [item["name"] for item in described["BreadcrumbList"]["itemListElement"]]
        assert trail == ["Accueil", "Les fiches", "Animer à deux"]

    @pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", "<!-- x", "a & b \u2028 c", "\" \\ ' é"])
    def test_no_text_can_leave_the_script_element(self, client: StrictClient, evil: str) -> None:
        fiche = FichePageFactory(
            title=evil, slug="piege", resume=evil, etapes=[blocs.etape(evil)], auteurs=[(evil, "usager")]
        )
        thing = self.read(client, fiche)["HowTo"]  # the client refuses an inline script
        assert thing["name"] == thing["step"][0]["name"] == thing["author"][0]["name"] == evil

    def test_a_resource_without_steps_is_no_procedure(self, client: StrictClient) -> None:
        described = self.read(client, FichePageFactory())
        assert "HowTo" not in described
        assert "step" not in described["CreativeWork"]


class TestRelated:
    def related(self, fiche: FichePage, nombre: int = 3) -> list[str]:
        return [carte.titre for carte in fiches_liees(fiche, termes_de(fiche), anonyme(), nombre)]

    def test_those_that_share_the_most_come_first_then_the_last_revised(self) -> None:
        fiche = FichePageFactory(natures=["soins", "recherche"], thematiques=["cadre"])
        day = datetime.date(2026, 1, 1)
        FichePageFactory(title="Un terme", natures=["soins"], revise_le=day)
        FichePageFactory(title="Trois termes", natures=["soins", "recherche"], thematiques=["cadre"], revise_le=day)
        FichePageFactory(title="Un terme, récente", thematiques=["cadre"], revise_le=day + datetime.timedelta(days=9))
        FichePageFactory(title="Un terme, sans date", thematiques=["cadre"], revise_le=None)
        FichePageFactory(title="Autre chose", natures=["formation"], publics=["usagers"])
        expected = ["Trois termes", "Un terme, récente", "Un terme", "Un terme, sans date"]
        assert self.related(fiche, nombre=9) == expected
        assert self.related(fiche) == expected[:3]

    def test_a_resource_is_not_related_to_itself_or_to_other_languages(self) -> None:
        fiche = FichePageFactory(natures=["soins"])
        FichePageFactory(natures=["soins"], parent=index_fiches("en"))
        assert self.related(fiche) == []

    @pytest.mark.parametrize("shared", [{"natures": ["soins"]}, {"thematiques": ["cadre"]}])
    def test_one_of_the_two_vocabularies_is_enough(self, shared: dict[str, list[str]]) -> None:
        fiche = FichePageFactory(**shared)
        FichePageFactory(title="Proche", natures=["soins"], thematiques=["cadre"])
        assert self.related(fiche) == ["Proche"]

    def test_a_resource_without_terms_has_no_relations(self) -> None:
        fiche = FichePageFactory()
        FichePageFactory()
        FichePageFactory(natures=["soins"])
        assert self.related(fiche) == []

    def test_their_cards_name_each_public_once(self) -> None:
        shared = {"natures": ["soins", "recherche"], "thematiques": ["cadre", "formation"]}
        fiche = FichePageFactory(**shared)
        FichePageFactory(publics=["usagers", "aidants"], **shared)
        (carte,) = fiches_liees(fiche, termes_de(fiche), anonyme())
        assert carte.publics == ("Aidants", "Usagers")

    def test_a_filtered_list_names_every_public_of_a_card(self) -> None:
        FichePageFactory(publics=["usagers", "aidants"])
        fiches = FichePage.objects.filtrees(Filtres(valeurs={"publics": ("usagers",)}))
        for lecteur in (anonyme(), UtilisateurFactory()):
            assert cartes(fiches, lecteur)[0].publics == ("Aidants", "Usagers")

    def test_a_member_sees_the_private_ones_and_others_do_not(self) -> None:
        FichePageFactory(natures=["soins"], protegee="login")
        fiche = FichePageFactory(natures=["soins"])
        assert len(fiches_liees(fiche, termes_de(fiche), UtilisateurFactory())) == 1
        assert fiches_liees(fiche, termes_de(fiche), anonyme()) == []

    def test_the_page_shows_them(self, client: StrictClient) -> None:
        fiche = FichePageFactory(natures=["soins"])
        other = FichePageFactory(title="À lire ensuite", natures=["soins"], illustration=IllustrationFactory())
        assert links(client.get(fiche.url), ".liees .carte a") == {"À lire ensuite": other.url}

    def test_a_card_is_shown_with_its_picture(self, client: StrictClient) -> None:
        fiche = FichePageFactory(natures=["soins"])
        FichePageFactory(natures=["soins"], illustration=IllustrationFactory())
        picture = one(client.get(fiche.url), ".liees img")
        assert picture["alt"] == ""
        assert ".webp" in picture["src"]
