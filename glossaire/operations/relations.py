"""How concepts stand to each other, changed all at once on one screen."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from glossaire.models import Concept, Relation, TermePage
from glossaire.queries.concepts import COTES, NOMS_DES_COTES, titres

RELATIONS = "glossaire.relations"
# The lock of the trigger (migration 0002): relations are changed by one transaction at a time.
VERROU = "SELECT pg_advisory_xact_lock(hashtext('glossaire_relations'))"
# What the database refuses all the same, when another screen was quicker.
REFUS = {
    "glossaire_relation_sans_cycle": "Un mot ne peut pas être plus large que lui-même, même de loin.",
    "glossaire_relation_associe_ou_plus_large": "Un mot plus large qu’un autre n’est pas aussi son voisin.",
    "glossaire_relation_unique": "Cette relation existe déjà.",
    "glossaire_relation_a_deux": "Un mot n’est pas en relation avec lui-même.",
}
Triplet = tuple[int, int, str]


def peut_relier(user: Any) -> bool:
    return bool(ModelPermissionPolicy(Concept).user_has_permission(user, "change"))


@transaction.atomic
def ecrire_relations(concept: Concept, user: Any, voulues: Mapping[str, set[int]]) -> bool:
    """Give to a concept these relations and no other, by side; return whether they changed.

    A `ValidationError` says which side is refused, and why.
    """
    if not peut_relier(user):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute(VERROU)
    wanted = _triplets(concept.pk, voulues)
    before = set(Relation.objects.filter(Q(de=concept) | Q(vers=concept)).values_list("de_id", "vers_id", "genre"))
    if wanted == before:
        return False
    others = set(Relation.objects.exclude(Q(de=concept) | Q(vers=concept)).values_list("de_id", "vers_id", "genre"))
    verifier(concept, voulues, others | wanted)
    for de, vers, genre in before - wanted:
        Relation.objects.filter(de=de, vers=vers, genre=genre).delete()
    try:
        with transaction.atomic():
            for de, vers, genre in sorted(wanted - before):
                Relation.objects.create(de_id=de, vers_id=vers, genre=genre)
    except IntegrityError as error:
        raise ValidationError(_raison(error)) from error
    _noter(concept, user, before, wanted)
    return True


def _triplets(pk: int, voulues: Mapping[str, set[int]]) -> set[Triplet]:
    found = set()
    for cote, keys in voulues.items():
        genre, sens = COTES[cote]
        for other in keys:
            if other == pk:
                raise ValidationError({cote: REFUS["glossaire_relation_a_deux"]})
            de, vers = (pk, other) if sens else (other, pk)
            if sens is None:
                de, vers = sorted((pk, other))
            found.add((de, vers, str(genre)))
    return found


def verifier(concept: Concept, voulues: Mapping[str, set[int]], toutes: set[Triplet]) -> None:
    """Refuse relations that contradict each other, with the words that they are about."""
    above: dict[int, set[int]] = {}
    for de, vers, genre in toutes:
        if genre == Relation.Genre.PLUS_LARGE:
            above.setdefault(de, set()).add(vers)
    known: dict[int, set[int]] = {}
    for cote, start, end in (("plus_larges", 1, 0), ("plus_precis", 0, 1)):
        for other in sorted(voulues.get(cote, ())):
            pair = (concept.pk, other)
            if pair[end] in _dessus(pair[start], above, known):
                raise ValidationError(
                    {
                        cote: f"« {_nom(other)} » est à la fois plus large et plus précis que ce mot, "
                        "directement ou par d’autres mots. Choisissez un sens."
                    }
                )
    for de, vers, genre in sorted(toutes):
        if genre != Relation.Genre.ASSOCIE:
            continue
        if vers in _dessus(de, above, known) or de in _dessus(vers, above, known):
            other = vers if de == concept.pk else de
            if concept.pk in (de, vers):
                raise ValidationError(
                    {"voisins": f"« {_nom(other)} » est plus large ou plus précis que ce mot : ce n’est pas un voisin."}
                )
            raise ValidationError(
                f"« {_nom(de)} » et « {_nom(vers)} » sont voisins : avec ces relations, l’un serait plus large que "
                "l’autre."
            )


def _dessus(pk: int, above: Mapping[int, set[int]], known: dict[int, set[int]]) -> set[int]:
    """Return what stands above a concept, at any distance; itself too where it stands above itself."""
    if pk not in known:
        found: set[int] = set()
        todo = [*above.get(pk, ())]
        while todo:
            if (next_one := todo.pop()) not in found:
                found.add(next_one)
                todo.extend(above.get(next_one, ()))
        known[pk] = found
    return known[pk]


def _nom(pk: int) -> str:
    return titres(Concept.objects.filter(pk=pk)).get(pk, "")


def _raison(error: IntegrityError) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    return REFUS.get(name, "Ces relations viennent de changer ailleurs : rouvrez cette page.")


def _noter(concept: Concept, user: Any, before: set[Triplet], after: set[Triplet]) -> None:
    keys = {key for de, vers, _genre in before ^ after for key in (de, vers)} - {concept.pk}
    names = titres(Concept.objects.filter(pk__in=keys))

    def told(triplets: set[Triplet]) -> list[str]:
        return [
            f"{NOMS_DES_COTES[_cote(concept.pk, each)]} : {names[each[1] if each[0] == concept.pk else each[0]]}"
            for each in sorted(triplets)
        ]

    data = {"ajoutees": told(after - before), "retirees": told(before - after)}
    log(instance=concept, action=RELATIONS, user=user, data=data, content_changed=True)


def _cote(pk: int, triplet: Triplet) -> str:
    de, _vers, genre = triplet
    return next(cote for cote, (each, sens) in COTES.items() if each == genre and sens in (None, de == pk))


def refus_de_suppression(concept: Concept) -> str:
    """Say why a concept cannot be deleted, or nothing."""
    if TermePage.objects.du_concept(concept.cle).exists():
        return "Des pages nomment ce concept : il reste tant qu’elles existent."
    return ""
