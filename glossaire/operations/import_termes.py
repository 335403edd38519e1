"""Tables of terms: read, shown, then written line by line, as drafts.

Each line is written whole or not at all, whatever becomes of the others; before it is, the page must still say what the
report showed. The relations, which all languages share and which have no draft, come last.
"""

import datetime
import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from glossaire.fichiers import LigneLue, lire
from glossaire.liaison import cle_de
from glossaire.models import Concept, ImportTermes, LigneImport, Relation, TermePage
from glossaire.models.imports import PREVUS, REFUS, Resultat
from glossaire.operations.ecriture_import import IMPORT, creer, modifier
from glossaire.operations.examen_import import FRANCAIS, examiner, juger
from glossaire.operations.jugement import Changement, Jugement
from glossaire.queries.etat_import import GENRES, lire_etat, relation
from glossaire.queries.imports import imports_de, peut_importer
from glossaire.tableau import RELATIONS, valeurs
from glossaire.tasks import poursuivre_import

logger = logging.getLogger(__name__)

# Up to so many lines, whoever confirms waits for the end.
SUR_LE_CHAMP = 50
CONSERVATION = datetime.timedelta(days=180)
# A table that was looked at and never confirmed.
OUBLI = datetime.timedelta(days=14)
CHANGE = "Le mot a changé depuis le rapport : importez de nouveau le tableau."
PANNE = "Une erreur inattendue a arrêté cette ligne. Elle est notée pour l’équipe technique ; les autres continuent."


@transaction.atomic
def preparer(contenu: bytes, nom: str, user: Any) -> ImportTermes:
    """Read a table and keep the report of what it would do. Raises `ValidationError` where it cannot be read."""
    if not peut_importer(user):
        raise PermissionDenied
    lignes = lire(contenu)
    importation = ImportTermes.objects.create(fichier=nom.strip()[-255:] or "Tableau", user=user, nom=str(user)[:320])
    _garder(importation, examiner(lignes, user))
    return importation


def _garder(importation: ImportTermes, jugements: list[Jugement]) -> None:
    ordre = sorted(jugements, key=lambda each: (each.langue != FRANCAIS, each.ligne.numero))
    LigneImport.objects.bulk_create(
        (
            LigneImport(
                importation=importation,
                rang=rang,
                numero=jugement.ligne.numero,
                identifiant=jugement.identifiant[:200],
                langue=jugement.langue[:40],
                cellules=jugement.ligne.cellules,
                defauts=list(jugement.ligne.defauts),
                changements=[list(each) for each in jugement.changements],
                resultat=jugement.resultat,
                raison=jugement.raison,
                remarque="\n".join(jugement.remarques),
                page=jugement.connue.page if jugement.connue else None,
            )
            for rang, jugement in enumerate(ordre)
        ),
        batch_size=500,
    )


@transaction.atomic
def confirmer(importation: ImportTermes, user: Any) -> bool:
    """Start to write what the report shows; return whether it still was what the table would do.

    Where it was not, the report is made again and nothing is written.
    """
    held = _tenir(importation, user)
    if held.confirme_le is not None:
        return True
    stored = list(held.lignes.order_by("numero"))
    jugements = examiner((_lue(ligne) for ligne in stored), user)
    if [_resume(each) for each in jugements] != [_resume_de(ligne) for ligne in stored]:
        held.lignes.all().delete()
        _garder(held, jugements)
        return False
    number = sum(ligne.resultat in PREVUS for ligne in stored)
    if not number:
        raise ValidationError("Il n’y a rien à importer dans ce tableau.")
    held.confirme_le = held.avance_le = timezone.now()
    held.save(update_fields=["confirme_le", "avance_le"])
    if number > SUR_LE_CHAMP:
        poursuivre_import.enqueue(held.pk)
    else:
        transaction.on_commit(lambda: executer(held.pk))
    return True


def _tenir(importation: ImportTermes, user: Any) -> ImportTermes:
    held = ImportTermes.objects.select_for_update().filter(pk=importation.pk).first()
    if held is None:
        raise ValidationError("Ce rapport n’existe plus : choisissez de nouveau le tableau.")
    if not imports_de(user).filter(pk=held.pk).exists():
        raise PermissionDenied
    return held


def _lue(ligne: LigneImport) -> LigneLue:
    return LigneLue(ligne.numero, ligne.cellules, tuple(ligne.defauts))


def _resume(jugement: Jugement) -> tuple[Any, ...]:
    changements = [list(each) for each in jugement.changements]
    return (jugement.ligne.numero, jugement.resultat, changements, jugement.raison)


def _resume_de(ligne: LigneImport) -> tuple[Any, ...]:
    return (ligne.numero, Resultat(ligne.resultat), [list(each) for each in ligne.changements], ligne.raison)


@transaction.atomic
def abandonner(importation: ImportTermes, user: Any) -> None:
    """Forget a table that was not confirmed."""
    held = _tenir(importation, user)
    if held.confirme_le is not None:
        raise ValidationError("Cet import est déjà commencé : il ne s’abandonne plus.")
    held.delete()


def executer(importation_id: int) -> None:
    """Do what remains of an import, one line after the other. Run twice at once, or again, it does nothing twice."""
    while avancer(importation_id):
        pass


@transaction.atomic
def avancer(importation_id: int) -> bool:
    """Do one line of an import; tell whether there was one."""
    importation = (
        ImportTermes.objects.select_for_update()
        .filter(pk=importation_id, fini_le=None, confirme_le__isnull=False)
        .first()
    )
    if importation is None:
        return False
    ligne = importation.lignes.filter(resultat__in=PREVUS).select_related("page").first()
    importation.avance_le = timezone.now()
    if ligne is None:
        _relier(importation)
        importation.fini_le = importation.avance_le
    else:
        _faire(ligne, importation.user)
    importation.save(update_fields=["avance_le", "fini_le"])
    return ligne is not None


def _faire(ligne: LigneImport, user: Any) -> None:
    """Do one line, and write down what became of it: a line that fails stops no other."""
    try:
        with transaction.atomic():
            page = _ecrire(ligne, user)
            ligne.page, ligne.resultat = (
                page, Resultat.CREEE if ligne.resultat == Resultat.A_CREER else Resultat.MODIFIEE
            )  # fmt: skip
    except ValidationError as refusal:
        ligne.resultat, ligne.raison = Resultat.REFUSEE, "\n".join(refusal.messages)
    except PermissionDenied:
        ligne.resultat = Resultat.REFUSEE
        ligne.raison = "La personne qui l’a demandé n’a pas le droit d’écrire ce mot."
    except Exception:
        logger.exception("Line %s of an import of terms could not be written", ligne.pk)
        ligne.resultat, ligne.raison = Resultat.ECHEC, PANNE
    ligne.save(update_fields=["page", "resultat", "raison"])


def _ecrire(ligne: LigneImport, user: Any) -> TermePage:
    """Write a line, where the page still says what the report showed."""
    if user is None or not peut_importer(user):
        raise ValidationError("Le compte de la personne qui l’a demandé est fermé, ou n’a plus ce droit.")
    wanted = _textes(ligne.changements)
    names = {cle_de(part) for _nom, _avant, apres in wanted for part in (apres, *valeurs(apres))}
    etat = lire_etat(user, [ligne.identifiant], names)
    jugement = Jugement(_lue(ligne), ligne.identifiant, ligne.langue)
    juger(jugement, etat, set(etat.concepts))
    if jugement.raisons:
        raise ValidationError(jugement.raisons)
    found = Resultat.A_CREER if jugement.connue is None else Resultat.A_MODIFIER
    if found != ligne.resultat or jugement.changements != wanted:
        raise ValidationError(CHANGE)
    if jugement.connue is None:
        return creer(ligne.identifiant, ligne.langue, wanted, user)
    if not wanted:
        return jugement.connue.page
    return modifier(jugement.connue.page, wanted, user)


def _textes(changements: list[list[str]]) -> list[Changement]:
    """What changes in the page itself."""
    return [(nom, avant, apres) for nom, avant, apres in changements if nom not in RELATIONS]


def _relier(importation: ImportTermes) -> None:
    """Add the relations of the lines that were written."""
    lignes = [ligne for ligne in importation.lignes.exclude(resultat__in=REFUS) if _liens(ligne)]
    named = {name for ligne in lignes for name in (ligne.identifiant, *(autre for _nom, autre in _liens(ligne)))}
    concepts = {concept.identifiant: concept for concept in Concept.objects.filter(identifiant__in=named)}
    for ligne in lignes:
        refused = []
        for nom, autre in _liens(ligne):
            genre, de, vers = relation(GENRES[nom], ligne.identifiant, autre)
            if not _ajouter(genre, concepts.get(de), concepts.get(vers)):
                refused.append(autre)
        if refused:
            said = f"Le lien avec {', '.join(refused)} n’a pas pu être ajouté."
            ligne.remarque = "\n".join(filter(None, [ligne.remarque, said]))
            ligne.save(update_fields=["remarque"])
        if concept := concepts.get(ligne.identifiant):
            log(instance=concept, action=IMPORT, user=importation.user)


def _liens(ligne: LigneImport) -> list[tuple[str, str]]:
    return [(nom, autre) for nom, _avant, apres in ligne.changements if nom in RELATIONS for autre in valeurs(apres)]


def _ajouter(genre: str, de: Concept | None, vers: Concept | None) -> bool:
    if de is None or vers is None:
        return False
    if genre in Relation.SYMETRIQUES and de.pk > vers.pk:
        de, vers = vers, de
    try:
        with transaction.atomic():
            Relation.objects.get_or_create(de=de, vers=vers, genre=genre)
    except IntegrityError:
        # Somebody has made another relation meanwhile, which the database does not take with this one.
        return False
    return True


@transaction.atomic
def relancer(importation: ImportTermes, user: Any) -> None:
    """Give an import that nothing moves any more back to the background tasks."""
    held = _tenir(importation, user)
    if not held.interrompu():
        raise ValidationError("Cet import avance, ou il est fini : il n’y a rien à reprendre.")
    held.avance_le = timezone.now()
    held.save(update_fields=["avance_le"])
    poursuivre_import.enqueue(held.pk)


def oublier(now: datetime.datetime | None = None) -> int:
    """Delete the imports that ended long ago, and the tables that nobody confirmed; return how many."""
    day = now or timezone.now()
    old = ImportTermes.objects.filter(fini_le__lt=day - CONSERVATION) | ImportTermes.objects.filter(
        confirme_le=None, cree_le__lt=day - OUBLI
    )
    number = old.count()
    old.delete()
    return number
