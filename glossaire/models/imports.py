"""Tables of terms brought into the glossary: what each line would change, then what became of it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from variantes.langues import nom_de_langue

# Without a line done for so long, an import has lost the process that ran it.
SILENCE = datetime.timedelta(minutes=3)


class Resultat(models.TextChoices):
    """What a line would do; then what it did."""

    A_CREER = "a_creer", "À créer"
    A_MODIFIER = "a_modifier", "À modifier"
    INCHANGEE = "inchangee", "Inchangée"
    REFUSEE = "refusee", "Refusée"
    CREEE = "creee", "Brouillon créé"
    MODIFIEE = "modifiee", "Brouillon modifié"
    ECHEC = "echec", "Erreur"


PREVUS = (Resultat.A_CREER, Resultat.A_MODIFIER)
FAITS = (Resultat.CREEE, Resultat.MODIFIEE)
REFUS = (Resultat.REFUSEE, Resultat.ECHEC)


class ImportTermes(models.Model):
    """One table, as it was read. Nothing is written before it is confirmed; it outlives the account."""

    fichier = models.CharField("fichier", max_length=255)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="demandé par",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    nom = models.CharField("nom", max_length=320)
    cree_le = models.DateTimeField("lu le", auto_now_add=True)
    confirme_le = models.DateTimeField("confirmé le", null=True, blank=True)
    # When a line was last done.
    avance_le = models.DateTimeField("dernier progrès", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "import de termes"
        verbose_name_plural = "imports de termes"
        ordering: ClassVar = ["-cree_le", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fini_le=None) | Q(confirme_le__isnull=False), name="import_termes_fini_apres_confirmation"
            ),
        ]

    def __str__(self) -> str:
        return self.fichier

    @property
    def url_admin(self) -> str:
        return reverse("glossaire_import", args=[self.pk])

    @property
    def en_cours(self) -> bool:
        return self.confirme_le is not None and self.fini_le is None

    def interrompu(self, now: datetime.datetime | None = None) -> bool:
        """Tell whether nothing moves any more, though lines remain."""
        return self.en_cours and self.avance_le < (now or timezone.now()) - SILENCE


class LigneImport(models.Model):
    """One line of the table."""

    importation = models.ForeignKey(ImportTermes, on_delete=models.CASCADE, related_name="lignes")
    # In the order in which lines are written: French first, which the others are made from.
    rang = models.PositiveIntegerField("rang")
    numero = models.PositiveIntegerField("ligne du tableau")
    identifiant = models.CharField("identifiant", max_length=200, blank=True)
    langue = models.CharField("langue", max_length=40, blank=True)
    cellules = models.JSONField("cases", default=dict)
    # What is wrong with the line itself, whatever the glossary says.
    defauts = models.JSONField("défauts", default=list)
    # What is written, and what it replaces: [column, before, after].
    changements = models.JSONField("changements", default=list)
    resultat = models.CharField("résultat", max_length=20, choices=Resultat)
    raison = models.TextField("raison", blank=True)
    remarque = models.TextField("remarque", blank=True)
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "ligne d’un import"
        verbose_name_plural = "lignes d’un import"
        ordering: ClassVar = ["rang"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["importation", "rang"], name="ligne_import_rang"),
            models.UniqueConstraint(fields=["importation", "numero"], name="ligne_import_numero"),
            models.CheckConstraint(condition=Q(resultat__in=Resultat.values), name="ligne_import_resultat_connu"),
            models.CheckConstraint(condition=~Q(resultat__in=REFUS, raison=""), name="ligne_import_refus_explique"),
        ]

    def __str__(self) -> str:
        return f"{self.identifiant} ({self.langue})"

    @property
    def nom_de_langue(self) -> str:
        """The French name of the language, or what the line says where it is none."""
        known = {code for code, _nom in settings.LANGUAGES}
        return nom_de_langue(self.langue) if self.langue in known else self.langue
