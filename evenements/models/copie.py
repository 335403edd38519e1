"""A page that is copied speaks of another meeting: it gets facts of its own."""

import uuid

from evenements.models.evenements import Evenement

# What a copy does not take: its identity, its history, and that the other one is cancelled.
PROPRES = {"id", "cle", "statut", "motif_statut", "sequence", "cree_le", "modifie_le", "cree_par"}
ENFANTS = ("organisateurs", "animateurs", "quotas")


def copier_faits(evenement: Evenement, cle: uuid.UUID) -> Evenement:
    """Return a new event with the same facts, without dates nor registrations. Its key is that of its pages."""
    fields = [field.attname for field in Evenement._meta.concrete_fields if field.name not in PROPRES]
    copie = Evenement(cle=cle, **{name: getattr(evenement, name) for name in fields})
    copie.save()
    for relation in ENFANTS:
        for child in getattr(evenement, relation).all():
            child.pk, child.evenement = None, copie
            child.save(force_insert=True)
    copie.responsables.set(evenement.responsables.all())
    copie.save()
    return copie
