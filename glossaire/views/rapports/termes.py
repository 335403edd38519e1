"""Terms that nobody meets, terms that lack a version, names that clash."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from glossaire.queries.completer import (
    Conflit,
    Terme,
    Versions,
    conflits,
    jamais_rencontres,
    sans_versions,
)
from glossaire.views.rapports.base import (
    LangueFilterSet,
    LiensColumn,
    RapportView,
    en_texte,
    modifier,
    noms_des_langues,
)
from redaction.queries.roles import roles_de
from variantes.queries.falc import ecrit_en_falc
from variantes.queries.gardes import ENVOIENT
from variantes.queries.grille import langues_ecrites


class JamaisRencontresView(RapportView):
    """The public terms that no other public page of their language uses."""

    index_url_name = "glossaire_jamais_rencontres"
    index_results_url_name = "glossaire_jamais_rencontres_lignes"
    texte = (
        "Aucune autre page publique n’emploie ces mots, sous aucun de leurs noms. Il leur manque peut-être un autre "
        "nom ou une forme ; ou une page."
    )
    vide = "Chaque mot est employé au moins une fois."
    columns: ClassVar = [
        LiensColumn("terme", label="Mot", accessor="terme"),
        Column("noms", label="Autres noms", accessor="noms"),
        Column("relier", label="Expliqué dans les pages", accessor="relier"),
    ]
    list_export: ClassVar = ["titre", "noms", "relier"]
    export_headings: ClassVar = {"titre": "Mot", "noms": "Autres noms", "relier": "Expliqué dans les pages"}

    def lignes(self, **choix: Any) -> list[Terme]:
        return jamais_rencontres(choix["langue"])

    def presenter(self, rows: Sequence[Terme]) -> list[dict[str, Any]]:
        return [
            {
                "titre": row.titre,
                "terme": [(row.titre, modifier(row.pk))],
                "noms": ", ".join(row.noms[1:]),
                "relier": "Oui" if row.relier else "Non",
            }
            for row in rows
        ]


def _manques() -> list[tuple[str, str]]:
    return [(code, nom) for code, nom in noms_des_langues() if code != settings.LANGUAGE_CODE]


class VersionsFilterSet(LangueFilterSet):
    langue = django_filters.ChoiceFilter(label="Sans version", choices=_manques, empty_label="Toutes les langues")


class VersionsView(RapportView):
    """The public French terms that have no page in FALC, or in another language."""

    index_url_name = "glossaire_versions"
    index_results_url_name = "glossaire_versions_lignes"
    filterset_class = VersionsFilterSet
    langue_par_defaut = ""
    toutes_les_langues = True
    texte = "Ces mots français sont publics, et n’ont pas toutes leurs versions, même en brouillon."
    vide = "Tous les mots ont leur version."
    columns: ClassVar = [
        LiensColumn("terme", label="Mot", accessor="terme"),
        Column("publiques", label="Versions publiques", accessor="publiques"),
        Column("brouillons", label="Versions en brouillon", accessor="brouillons"),
        LiensColumn("creer", label="Versions à créer", accessor="creer"),
    ]
    list_export: ClassVar = ["titre", "publiques", "brouillons", "manquent"]
    export_headings: ClassVar = {
        "titre": "Mot",
        "publiques": "Versions publiques",
        "brouillons": "Versions en brouillon",
        "manquent": "Versions à créer",
    }

    def lignes(self, **choix: Any) -> list[Versions]:
        return sans_versions(choix["langue"])

    def presenter(self, rows: Sequence[Versions]) -> list[dict[str, Any]]:
        user = self.request.user
        falc, written = ecrit_en_falc(user), langues_ecrites(user)
        sends = any(role in ENVOIENT for role in roles_de(user))

        def creer(row: Versions, locale: Locale) -> str:
            if locale.language_code == settings.FALC_LANGUAGE_CODE:
                return reverse("variantes_creer_falc", args=[row.pk]) if falc else ""
            if not (sends or written is None or locale.pk in written):
                return ""
            address = reverse("wagtail_localize:submit_page_translation", args=[row.pk])
            return f"{address}?select_locale={locale.language_code}"

        return [
            self._ligne(row, [(_nom(each.language_code), creer(row, each)) for each in row.manquantes]) for row in rows
        ]

    def _ligne(self, row: Versions, creer: list[tuple[str, str]]) -> dict[str, Any]:
        return {
            "titre": row.titre,
            "terme": [(row.titre, modifier(row.pk))],
            "publiques": ", ".join(_nom(code) for code, live in row.etats.items() if live),
            "brouillons": ", ".join(_nom(code) for code, live in row.etats.items() if not live),
            "creer": creer,
            "manquent": en_texte(creer),
        }


def _nom(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


class ConflitsFilterSet(LangueFilterSet):
    langue = django_filters.ChoiceFilter(label="Langue", choices=noms_des_langues, empty_label="Toutes les langues")


class ConflitsView(RapportView):
    """The names and forms that lead to two terms, and the acronyms that read as words."""

    index_url_name = "glossaire_conflits"
    index_results_url_name = "glossaire_conflits_lignes"
    filterset_class = ConflitsFilterSet
    langue_par_defaut = ""
    toutes_les_langues = True
    texte = (
        "Un nom mène à un seul mot : un brouillon qui prend le nom d’un autre mot ne sera pas publié. Une forme que "
        "deux mots partagent mène à un seul. Un sigle qui se lit comme un mot courant trouble la recherche."
    )
    vide = "Aucun nom en conflit."
    columns: ClassVar = [
        Column("texte", label="Nom", accessor="texte"),
        Column("langue", label="Langue", accessor="langue"),
        Column("genre", label="Conflit", accessor="genre"),
        LiensColumn("termes", label="Mots", accessor="termes"),
    ]
    list_export: ClassVar = ["texte", "langue", "genre", "mots"]
    export_headings: ClassVar = {"texte": "Nom", "langue": "Langue", "genre": "Conflit", "mots": "Mots"}

    def lignes(self, **choix: Any) -> list[Conflit]:
        return conflits(choix["langue"])

    def presenter(self, rows: Sequence[Conflit]) -> list[dict[str, Any]]:
        found = []
        for row in rows:
            termes = [
                (titre if public else f"{titre} (brouillon)", modifier(pk))
                for pk, titre, public in dict.fromkeys(row.termes)
            ]
            found.append(
                {
                    "texte": row.texte,
                    "langue": _nom(row.langue),
                    "genre": row.genre,
                    "termes": termes,
                    "mots": en_texte(termes),
                }
            )
        return found
