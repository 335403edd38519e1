"""Who comes to a date. Nothing here is ever public."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from evenements.models.evenements import Participant
from evenements.models.seances import Seance
from evenements.queries.inscriptions import InscriptionQuerySet
from socle.accessibilite import Accessibilite
from socle.geographie import Departement
from socle.tableaux import PlusieursChoix, contenu_dans


class EtatInscription(models.TextChoices):
    """Where a registration is; `operations.inscriptions` alone changes it."""

    A_CONFIRMER = "a_confirmer", "Adresse à confirmer"
    CONFIRMEE = "confirmee", "Inscrite"
    EN_ATTENTE = "en_attente", "Sur la liste d’attente"
    OFFRE = "offre", "Une place lui est proposée"
    ANNULEE = "annulee", "Annulée"
    EXPIREE = "expiree", "Sans réponse"


OUVERTS = (
    EtatInscription.A_CONFIRMER,
    EtatInscription.CONFIRMEE,
    EtatInscription.EN_ATTENTE,
    EtatInscription.OFFRE,
)
# Those that hold a seat.
AVEC_PLACE = (EtatInscription.CONFIRMEE, EtatInscription.OFFRE)


class Inscription(models.Model):
    """A person who wants to come to a date, or came."""

    class Source(models.TextChoices):
        SITE = "site", "Le site"
        EQUIPE = "equipe", "L’équipe"
        SUR_PLACE = "sur_place", "Le jour même"

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="inscriptions", verbose_name="date")
    cle = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    etat = models.CharField("état", max_length=20, choices=EtatInscription, default=EtatInscription.A_CONFIRMER)
    nom = models.CharField("nom", max_length=120, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    genre = models.CharField("participe comme", max_length=20, choices=Participant)
    departement = models.CharField("département", max_length=2, choices=Departement, blank=True)
    structure = models.CharField("structure", max_length=160, blank=True)
    langue = models.CharField("langue", max_length=10, default=settings.LANGUAGE_CODE)
    remboursement_demande = models.BooleanField("demande le remboursement du transport", default=False)
    source = models.CharField("vient de", max_length=20, choices=Source, default=Source.SITE)
    cree_le = models.DateTimeField("demandée le", auto_now_add=True)
    confirmee_le = models.DateTimeField("inscrite le", null=True, blank=True)
    # Since when it waits: the order of the list. An offer keeps it.
    attend_depuis = models.DateTimeField("en attente depuis", null=True, blank=True)
    offre_expire_le = models.DateTimeField("place proposée jusqu’au", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    # None while nobody has ticked the sheet.
    present = models.BooleanField("présente", null=True, blank=True)
    anonyme_le = models.DateField("rendue anonyme le", null=True, blank=True)

    objects = InscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering: ClassVar = ["cree_le", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "seance",
                Lower("courriel"),
                condition=Q(etat__in=OUVERTS) & ~Q(courriel=""),
                name="inscription_une_par_adresse",
                violation_error_message="Cette adresse est déjà inscrite à cette date.",
            ),
            models.CheckConstraint(condition=Q(etat__in=EtatInscription.values), name="inscription_etat"),
            models.CheckConstraint(condition=Q(genre__in=Participant.values), name="inscription_genre"),
            models.CheckConstraint(
                condition=Q(departement__in=["", *Departement.values]), name="inscription_departement"
            ),
            models.CheckConstraint(
                condition=~Q(etat="confirmee") | Q(confirmee_le__isnull=False), name="inscription_confirmee_a_une_date"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["en_attente", "offre"]) | Q(attend_depuis__isnull=False),
                name="inscription_attente_a_une_date",
            ),
            models.CheckConstraint(
                condition=Q(etat="offre", offre_expire_le__isnull=False)
                | (~Q(etat="offre") & Q(offre_expire_le__isnull=True)),
                name="inscription_offre_a_un_terme",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["annulee", "expiree"], close_le__isnull=False)
                | (~Q(etat__in=["annulee", "expiree"]) & Q(close_le__isnull=True)),
                name="inscription_close_a_une_date",
            ),
            models.CheckConstraint(
                condition=Q(anonyme_le__isnull=True) | Q(nom="", courriel="", structure=""),
                name="inscription_anonyme_sans_nom",
            ),
            models.CheckConstraint(
                # The team also registers people who have none.
                condition=Q(source__in=["sur_place", "equipe"]) | Q(anonyme_le__isnull=False) | ~Q(courriel=""),
                name="inscription_a_une_adresse",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["seance", "etat"], name="inscription_seance_etat"),
            models.Index(fields=["attend_depuis"], name="inscription_attente", condition=Q(etat="en_attente")),
            models.Index(fields=["offre_expire_le"], name="inscription_offre", condition=Q(etat="offre")),
        ]

    def __str__(self) -> str:
        return self.nom or "Personne anonyme"


class BesoinAcces(models.Model):
    """What somebody needs in order to take part: sensitive, read by the organisers only, erased 30 days after."""

    inscription = models.OneToOneField(
        Inscription, on_delete=models.CASCADE, primary_key=True, related_name="besoin", verbose_name="inscription"
    )
    besoins = PlusieursChoix(models.CharField(max_length=40, choices=Accessibilite), verbose_name="besoins")
    texte = models.TextField("autre besoin", max_length=1000, blank=True)

    class Meta:
        verbose_name = "besoin d’accessibilité"
        verbose_name_plural = "besoins d’accessibilité"
        constraints: ClassVar = [contenu_dans("besoins", Accessibilite.values, "besoin_connu")]

    def __str__(self) -> str:
        return "Besoin d’accessibilité"
