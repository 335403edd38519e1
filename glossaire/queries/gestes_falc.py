"""What can be done in the glossary about the hard words of a text in FALC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from glossaire.liaison import cle_de
from glossaire.models import NomDeTerme, TermePage
from glossaire.noms import LONGUEUR
from glossaire.queries.ajout import adresse_nouveau_mot
from variantes.falc.sigles import en_capitales
from variantes.gestes_falc import Geste
from variantes.queries.falc import ecrit_en_falc

LANGUES = (settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE)


@dataclass
class _Terme:
    """A concept that has one of the words, and its pages in French and in FALC."""

    pages: dict[str, TermePage] = field(default_factory=dict)


def gestes_pour_les_mots(user: Any, mots: frozenset[str]) -> Mapping[str, Geste]:
    """Return for each word what this person may do to have it explained, in as many queries whatever their number."""
    # "E.T.P." is the acronym ETP.
    cles = {mot: cle_de(mot.replace(".", ""))[:LONGUEUR] for mot in mots}
    par_cle = _concepts(set(cles.values()))
    nouveau = adresse_nouveau_mot(user)
    falc = ecrit_en_falc(user)
    found = {}
    for mot, cle in cles.items():
        concept = par_cle.get(cle)
        geste = _geste(concept, user, falc=falc) if concept else _creer(mot, nouveau)
        if geste is not None:
            found[mot] = geste
    return found


def _concepts(cles: set[str]) -> dict[str, _Terme]:
    rows = NomDeTerme.objects.filter(cle__in=cles, locale__language_code__in=LANGUES)
    named: dict[str, UUID] = {}
    # A name of its own before a form that a term shares with others.
    for row in sorted(rows.values("cle", "genre", "page__translation_key"), key=lambda row: row["genre"] == "forme"):
        named.setdefault(row["cle"], row["page__translation_key"])
    terms: dict[UUID, _Terme] = {key: _Terme() for key in named.values()}
    pages = TermePage.objects.du_concept(*terms).filter(locale__language_code__in=LANGUES)
    for page in pages.select_related("locale").defer_streamfields():
        terms[page.translation_key].pages[page.locale.language_code] = page
    return {cle: terms[key] for cle, key in named.items()}


def _geste(terme: _Terme, user: Any, *, falc: bool) -> Geste | None:
    """What comes next for a word that the glossary has already, in French or in FALC."""
    facile, francais = (terme.pages.get(code) for code in reversed(LANGUES))
    if facile is not None:
        return _ouvrir(facile, user, "Ouvrir ce mot en FALC")
    if francais is not None and francais.live and falc:
        return Geste("Créer la version FALC de ce mot", reverse("variantes_creer_falc", args=[francais.pk]))
    if francais is not None and not francais.live:
        return _ouvrir(francais, user, "Ouvrir le brouillon de ce mot")
    return None


def _ouvrir(page: TermePage, user: Any, libelle: str) -> Geste | None:
    if not page.permissions_for_user(user).can_edit():
        return None
    return Geste(libelle, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _creer(mot: str, nouveau: str) -> Geste | None:
    if not nouveau:
        return None
    sigle = mot.replace(".", "").removesuffix("s")
    champ = {"sigle": sigle} if en_capitales(sigle) else {"mot": mot}
    return Geste("Créer ce mot dans le glossaire", f"{nouveau}?{urlencode(champ)}")
