"""The sources that no longer answer, or that are missing."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

from glossaire.queries.sources import PROBLEMES, Probleme, problemes
from glossaire.sondes import malformee
from glossaire.views.rapports.base import LangueFilterSet, LiensColumn, RapportView, modifier


class SourcesFilterSet(LangueFilterSet):
    probleme = django_filters.ChoiceFilter(label="Problème", choices=list(PROBLEMES.items()), empty_label="Tous")

    class Meta(LangueFilterSet.Meta):
        fields: ClassVar = ["langue", "probleme"]


def _jour(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


class SourcesView(RapportView):
    """What is wrong with the sources of the public terms, the worst first."""

    index_url_name = "glossaire_sources"
    index_results_url_name = "glossaire_sources_lignes"
    filterset_class = SourcesFilterSet
    vide = "Chaque mot a ses sources, et elles répondent."
    columns: ClassVar = [
        LiensColumn("mot", label="Mot", accessor="mot"),
        Column("probleme", label="Problème", accessor="probleme"),
        Column("source", label="Source", accessor="source"),
        LiensColumn("lien", label="Adresse", accessor="lien"),
        Column("reponse", label="Réponse", accessor="reponse"),
        Column("verifiee_le", label="Vérifiée le", accessor="verifiee_le"),
        Column("bonne_le", label="A répondu le", accessor="bonne_le"),
    ]
    list_export: ClassVar = ["titre", "probleme", "source", "adresse", "reponse", "verifiee_le", "bonne_le"]
    export_headings: ClassVar = {
        "titre": "Mot",
        "probleme": "Problème",
        "source": "Source",
        "adresse": "Adresse",
        "reponse": "Réponse",
        "verifiee_le": "Vérifiée le",
        "bonne_le": "A répondu le",
    }

    @property
    def explication(self) -> str:
        if settings.GLOSSAIRE_VERIFIER_LES_SOURCES:
            return "Chaque adresse est vérifiée une fois par mois. Les sources sont les mêmes dans toutes les langues."
        return (
            "Ce site ne vérifie pas si les adresses répondent : la personne qui l’installe peut le demander "
            "(GLOSSAIRE_VERIFIER_LES_SOURCES). Les sources sont les mêmes dans toutes les langues."
        )

    def lignes(self, **choix: Any) -> list[Probleme]:
        wanted = choix.get("probleme")
        return [one for one in problemes(choix["langue"]) if not wanted or one.probleme == wanted]

    def presenter(self, rows: Sequence[Probleme]) -> list[dict[str, Any]]:
        return [self._ligne(row) for row in rows]

    def _ligne(self, row: Probleme) -> dict[str, Any]:
        cited, verified = row.citation, row.verifiee
        answer = f"{verified.get_etat_display()}{f' ({verified.code})' if verified.code else ''}" if verified else ""
        return {
            "titre": cited.terme,
            "mot": [(cited.terme, modifier(cited.page_id))],
            "probleme": row.libelle,
            "source": cited.titre,
            "adresse": cited.adresse,
            "lien": [(cited.adresse, "" if malformee(cited.adresse) else cited.adresse)] if cited.adresse else [],
            "reponse": answer,
            "verifiee_le": _jour(verified.verifiee_le) if verified else "",
            "bonne_le": _jour(verified.bonne_le) if verified else "",
        }
