"""The announcements of the agenda as an Atom feed (RFC 4287), the newest first."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed

from evenements.dates import decrire
from evenements.flux.selection import Annonce, quand_et_ou, titre_dit
from socle.dates import today
from socle.sites import racine

ENTREES = 50


class _Flux(Atom1Feed):  # type: ignore[misc]  # its stubs know no feed without a class
    """A feed that is dated by what it holds, not by when it is read."""

    def latest_post_date(self) -> datetime.datetime:
        found: datetime.datetime = self.feed["mis_a_jour"]
        return found

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for organisateur in item["organisateurs"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", organisateur.nom)
            if organisateur.url:
                handler.addQuickElement("uri", organisateur.url)
            handler.endElement("author")


def flux(
    annonces: Iterable[Annonce],
    *,
    titre: str,
    sous_titre: str,
    langue: str,
    url: str,
    url_du_flux: str,
    editeur: str,
    depuis: datetime.datetime,
) -> str:
    """Return the feed of these events; `depuis` dates one that has no entry."""
    newest = sorted(annonces, key=lambda each: (each.mots.annonce_le, each.evenement.pk), reverse=True)[:ENTREES]
    found = _Flux(
        title=titre,
        link=url,
        description=sous_titre or None,
        language=langue,
        subtitle=sous_titre or None,
        author_name=editeur,
        author_link=racine(),
        feed_url=url_du_flux,
        feed_guid=url_du_flux,
        mis_a_jour=max((each.modifiee_le for each in newest), default=depuis),
    )
    for each in newest:
        _ajouter(found, each, langue)
    return str(found.writeString("utf-8"))


def _ajouter(found: Atom1Feed, annonce: Annonce, langue: str) -> None:
    evenement, mots = annonce.evenement, annonce.mots
    prochaine = next((seance for seance in annonce.seances if seance.jour_fin >= today()), annonce.seances[-1])
    annulee = evenement.annule or all(seance.annulee for seance in annonce.seances)
    regle = evenement.regle
    parts = [mots.resume, quand_et_ou(prochaine), evenement.motif_statut, decrire(regle) if regle else ""]
    hote, annee = urlsplit(racine()).hostname, evenement.cree_le.year
    found.add_item(
        title=titre_dit(annonce, annulee=annulee),
        link=mots.url,
        description="\n".join(filter(None, parts)),
        unique_id=f"tag:{hote},{annee}:agenda/{langue}/{evenement.cle}",
        pubdate=mots.annonce_le,
        updateddate=annonce.modifiee_le,
        categories=(evenement.get_genre_display(), *mots.themes),
        organisateurs=tuple(evenement.organisateurs.all()),
    )
