"""The dates of an event: what is listed, registered for, moved and cancelled."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenements.models.evenements import Evenement, Mode
from evenements.queries.seances import SeanceQuerySet
from socle.models import Lieu


class Seance(models.Model):
    """One date of an event, with the facts that hold on that day.

    They are those of the event, copied by `operations.seances`, except where somebody changed this date alone
    (`modifiee`). An event that is not repeated has one.
    """

    class Statut(models.TextChoices):
        PREVUE = "prevue", _("Prévue")
        ANNULEE = "annulee", _("Annulée")

    evenement = models.ForeignKey(Evenement, on_delete=models.PROTECT, related_name="seances", verbose_name="événement")
    # The day that the rule gives, whatever the day on which it is held: RECURRENCE-ID of RFC 5545.
    jour_prevu = models.DateField("jour prévu", editable=False)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    # Civil days in the event's time zone; one that ends at midnight ends the day before.
    jour = models.DateField("jour", editable=False)
    jour_fin = models.DateField("dernier jour", editable=False)
    journee_entiere = models.BooleanField("toute la journée", default=False)
    mode = models.CharField("où", max_length=20, choices=Mode, default=Mode.SUR_PLACE)
    lieu = models.ForeignKey(
        Lieu, verbose_name="lieu", on_delete=models.PROTECT, null=True, blank=True, related_name="seances"
    )
    lien_en_ligne = models.URLField("adresse de la réunion en ligne", max_length=500, blank=True)
    capacite = models.PositiveIntegerField("nombre de places", null=True, blank=True)
    statut = models.CharField("statut", max_length=20, choices=Statut, default=Statut.PREVUE)
    motif = models.CharField("pourquoi", max_length=300, blank=True)
    modifiee = models.BooleanField("changée à part", default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    modifie_le = models.DateTimeField("modifiée le", auto_now_add=True, editable=False)

    objects = SeanceQuerySet.as_manager()

    class Meta:
        verbose_name = "date"
        verbose_name_plural = "dates"
        ordering: ClassVar = ["debut", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evenement", "jour_prevu"], name="seance_une_par_jour_prevu"),
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="seance_finit_apres_son_debut",
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(condition=Q(jour_fin__gte=F("jour")), name="seance_jours_dans_l_ordre"),
            models.CheckConstraint(condition=Q(statut__in=["prevue", "annulee"]), name="seance_statut"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="seance_mode"),
            models.CheckConstraint(
                condition=~Q(mode="en_ligne") | Q(lieu__isnull=True),
                name="seance_en_ligne_sans_lieu",
                violation_error_message="Une rencontre en ligne n’a pas de lieu.",
            ),
            models.CheckConstraint(
                condition=~Q(mode="sur_place") | Q(lien_en_ligne=""),
                name="seance_sur_place_sans_lien",
                violation_error_message="Une rencontre sur place n’a pas d’adresse en ligne.",
            ),
            models.CheckConstraint(condition=Q(capacite__isnull=True) | Q(capacite__gt=0), name="seance_capacite"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["jour_fin", "debut"], name="seance_jour_fin_debut"),
            models.Index(fields=["jour", "debut"], name="seance_jour_debut"),
        ]

    def __str__(self) -> str:
        return f"{self.evenement} ({self.jour:%d/%m/%Y})"

    @property
    def annulee(self) -> bool:
        """Whether it will not be held: this date, or all of them."""
        return self.statut == self.Statut.ANNULEE or self.evenement.annule
