"""What is true of a meeting in every language: when, where, who, how many."""

import datetime
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from evenements.calendrier import HoraireError, Moment, Regle, RegleError, moment, premier_jour
from evenements.queries.evenements import EvenementQuerySet
from socle.accessibilite import Accessibilite
from socle.models import Lieu
from socle.models.lieux import FUSEAU, verifier_fuseau
from socle.tableaux import PlusieursChoix, contenu_dans

if TYPE_CHECKING:
    from evenements.models.seances import Seance


class GenreEvenement(models.TextChoices):
    """What kind of meeting it is."""

    JOURNEE = "journee", _("Journée régionale")
    WEBINAIRE = "webinaire", _("Webinaire")
    CAFE = "cafe", _("Café du partenariat")
    ATELIER = "atelier", _("Atelier")
    FORMATION = "formation", _("Formation")
    SEMINAIRE = "seminaire", _("Séminaire")
    AUTRE = "autre", _("Autre rencontre")


class Mode(models.TextChoices):
    """Whether people come, connect, or choose."""

    SUR_PLACE = "sur_place", _("Sur place")
    EN_LIGNE = "en_ligne", _("En ligne")
    MIXTE = "mixte", _("Sur place et en ligne")


class StatutEvenement(models.TextChoices):
    """Whether it will be held."""

    PREVU = "prevu", _("Prévu")
    REPORTE = "reporte", _("Reporté")
    ANNULE = "annule", _("Annulé")


class ModeInscription(models.TextChoices):
    """How people say that they come."""

    AUCUNE = "aucune", _("Entrée libre, sans inscription")
    SITE = "site", _("Inscription sur ce site")
    EXTERNE = "externe", _("Inscription sur un autre site")


class LangueParlee(models.TextChoices):
    """Languages spoken or signed during a meeting."""

    FRANCAIS = "fr", _("français")
    ANGLAIS = "en", _("anglais")
    ARABE = "ar", _("arabe")
    ESPAGNOL = "es", _("espagnol")
    PORTUGAIS = "pt", _("portugais")
    LSF = "fsl", _("langue des signes française")


class Participant(models.TextChoices):
    """From where somebody takes part: what quotas and figures count."""

    USAGER = "usager", _("Usager, patient")
    AIDANT = "aidant", _("Proche aidant")
    REPRESENTANT = "representant", _("Représentant des usagers")
    ASSOCIATION = "association", _("Membre d’une association")
    PRO_SANTE = "pro_sante", _("Professionnel de santé")
    PRO_SOCIAL = "pro_social", _("Professionnel du social ou du médico-social")
    STRUCTURE = "structure", _("Direction ou équipe d’une structure")
    RECHERCHE = "recherche", _("Enseignant ou chercheur")
    AUTRE = "autre", _("Autre")


class Cote(models.TextChoices):
    """The side of the pair on which somebody leads."""

    USAGER = "usager", _("Usager partenaire")
    PROFESSIONNEL = "professionnel", _("Professionnel")


def rappels_habituels() -> list[int]:
    return [7, 1]


def parle_francais() -> list[str]:
    return [LangueParlee.FRANCAIS.value]


class Evenement(ClusterableModel):
    """The facts of a meeting or of a series of them, shared by its pages in every language.

    Times are those of the clock on the wall in `fuseau`; its dates (`Seance`) say which instants these are.
    """

    # The translation key of its pages, and the root of the identifiers given to calendars.
    cle = models.UUIDField("clé", unique=True, default=uuid.uuid4, editable=False)
    nom = models.CharField("nom", max_length=200, help_text="Pour l’équipe. Le public lit le titre de la page.")
    genre = models.CharField("type", max_length=20, choices=GenreEvenement, default=GenreEvenement.CAFE)
    jour = models.DateField("jour", help_text="Le premier, pour une série ou une rencontre de plusieurs jours.")
    jour_fin = models.DateField("dernier jour", help_text="Le même, sauf pour une rencontre de plusieurs jours.")
    heure_debut = models.TimeField("de", null=True, blank=True, help_text="Vide : toute la journée.")
    heure_fin = models.TimeField("à", null=True, blank=True)
    fuseau = models.CharField("fuseau horaire", max_length=60, default=FUSEAU, validators=[verifier_fuseau])
    recurrence = models.CharField("récurrence", max_length=300, blank=True)
    dates_exclues = ArrayField(models.DateField(), verbose_name="dates sans rencontre", default=list, blank=True)
    mode = models.CharField("où", max_length=20, choices=Mode, default=Mode.SUR_PLACE)
    lieu = models.ForeignKey(
        Lieu, verbose_name="lieu", on_delete=models.PROTECT, null=True, blank=True, related_name="evenements"
    )
    lien_en_ligne = models.URLField(
        "adresse de la réunion en ligne",
        max_length=500,
        blank=True,
        help_text="Donnée aux personnes inscrites seulement.",
    )
    acces_en_ligne = models.TextField(
        "pour se connecter",
        max_length=1000,
        blank=True,
        help_text="Code, numéro de téléphone, conseils. Donnés avec l’adresse.",
    )
    lien_public = models.BooleanField(
        "montrer l’adresse à tout le monde",
        default=False,
        help_text="Seulement pour une rencontre sans inscription.",
    )
    statut = models.CharField("statut", max_length=20, choices=StatutEvenement, default=StatutEvenement.PREVU)
    motif_statut = models.CharField(
        "pourquoi", max_length=300, blank=True, help_text="Montré au public : report ou annulation."
    )
    langues = PlusieursChoix(
        models.CharField(max_length=8, choices=LangueParlee), verbose_name="langues parlées", default=parle_francais
    )
    gratuit = models.BooleanField("gratuit", default=True)
    prix = models.DecimalField("prix en euros", max_digits=8, decimal_places=2, null=True, blank=True)
    precision_tarif = models.CharField("précision sur le prix", max_length=200, blank=True)
    capacite = models.PositiveIntegerField("nombre de places", null=True, blank=True, help_text="Vide : pas de limite.")
    inscription = models.CharField("inscription", max_length=20, choices=ModeInscription, default=ModeInscription.SITE)
    inscription_url = models.URLField("adresse pour s’inscrire", max_length=500, blank=True)
    inscriptions_ouvrent_le = models.DateTimeField("ouverture des inscriptions", null=True, blank=True)
    inscriptions_fermees = models.BooleanField("fermer les inscriptions", default=False)
    cloture_heures = models.PositiveSmallIntegerField(
        "clôture, en heures avant le début", default=0, validators=[MaxValueValidator(24 * 60)]
    )
    liste_attente = models.BooleanField("liste d’attente quand c’est complet", default=True)
    offre_heures = models.PositiveSmallIntegerField(
        "temps pour accepter une place, en heures",
        default=24,
        validators=[MinValueValidator(24), MaxValueValidator(48)],
        help_text="De 24 à 48 heures.",
    )
    quotas_relaches_jours = models.PositiveSmallIntegerField(
        "rendre à tous les places réservées, en jours avant le début",
        null=True,
        blank=True,
        default=3,
        help_text="Vide : elles restent réservées jusqu’au bout.",
    )
    rappels_jours = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(60)]),
        verbose_name="rappels, en jours avant",
        default=rappels_habituels,
        blank=True,
        size=4,
    )
    accessibilite = PlusieursChoix(
        models.CharField(max_length=40, choices=Accessibilite), verbose_name="accessibilité de la rencontre"
    )
    contact_courriel = models.EmailField("adresse où écrire", blank=True, help_text="Donnée aux personnes inscrites.")
    # They alone read what people need in order to take part.
    responsables = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="responsables",
        blank=True,
        related_name="+",
        help_text="Seules ces personnes lisent les besoins d’accessibilité des inscrits.",
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now_add=True, editable=False)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="créé par",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = EvenementQuerySet.as_manager()

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"
        ordering: ClassVar = ["-jour", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(jour_fin__gte=F("jour")),
                name="evenement_finit_apres_son_debut",
                violation_error_message="Le dernier jour vient après le premier.",
            ),
            models.CheckConstraint(
                condition=Q(heure_debut__isnull=True, heure_fin__isnull=True)
                | Q(heure_debut__isnull=False, heure_fin__isnull=False),
                name="evenement_deux_heures",
                violation_error_message="Donnez l’heure du début et celle de la fin, ou aucune des deux.",
            ),
            models.CheckConstraint(
                condition=~Q(mode="en_ligne") | Q(lieu__isnull=True),
                name="evenement_en_ligne_sans_lieu",
                violation_error_message="Une rencontre en ligne n’a pas de lieu.",
            ),
            models.CheckConstraint(
                condition=~Q(mode="sur_place") | Q(lien_en_ligne=""),
                name="evenement_sur_place_sans_lien",
                violation_error_message="Une rencontre sur place n’a pas d’adresse en ligne.",
            ),
            models.CheckConstraint(
                condition=Q(lien_public=False) | Q(inscription="aucune"),
                name="evenement_lien_public_sans_inscription",
                violation_error_message="L’adresse en ligne n’est publique que sans inscription.",
            ),
            models.CheckConstraint(
                condition=Q(gratuit=True, prix__isnull=True) | Q(gratuit=False, prix__isnull=False, prix__gt=0),
                name="evenement_prix",
                violation_error_message="Une rencontre payante a un prix ; une rencontre gratuite n’en a pas.",
            ),
            models.CheckConstraint(
                condition=Q(inscription="externe") ^ Q(inscription_url=""),
                name="evenement_adresse_d_inscription",
                violation_error_message="Une inscription sur un autre site a besoin de son adresse, et elle seule.",
            ),
            models.CheckConstraint(
                condition=Q(capacite__isnull=True) | Q(capacite__gt=0),
                name="evenement_capacite",
                violation_error_message="Il faut au moins une place. Laissez vide s’il n’y a pas de limite.",
            ),
            models.CheckConstraint(condition=Q(offre_heures__range=(24, 48)), name="evenement_offre_24_a_48_heures"),
            models.CheckConstraint(condition=Q(genre__in=GenreEvenement.values), name="evenement_genre"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="evenement_mode"),
            models.CheckConstraint(condition=Q(statut__in=StatutEvenement.values), name="evenement_statut"),
            models.CheckConstraint(condition=Q(inscription__in=ModeInscription.values), name="evenement_inscription"),
            contenu_dans("langues", LangueParlee.values, "evenement_langues_connues"),
            contenu_dans("accessibilite", Accessibilite.values, "evenement_accessibilite_connue"),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def journee_entiere(self) -> bool:
        return self.heure_debut is None

    @property
    def annule(self) -> bool:
        return self.statut == StatutEvenement.ANNULE

    # Read once for the page and what it says to machines; a page that is kept is dropped when facts change.
    @cached_property
    def dates(self) -> "list[Seance]":
        """All its dates in order, with their places."""
        dates = list(self.seances.select_related("lieu").order_by("debut", "pk"))
        for date in dates:
            date.evenement = self
            if date.lieu_id and date.lieu_id == self.lieu_id:
                self.lieu = date.lieu
        return dates

    @cached_property
    def qui_organise(self) -> "list[OrganisateurEvenement]":
        return list(self.organisateurs.all())

    @cached_property
    def qui_anime(self) -> "list[AnimateurEvenement]":
        return list(self.animateurs.all())

    @property
    def en_binome(self) -> bool:
        """Whether both sides of the pair lead it."""
        return {animateur.cote for animateur in self.animateurs.all()} >= set(Cote.values)

    @property
    def acces_reunis(self) -> list[str]:
        """What makes it accessible, by the place or by the meeting itself, in the order of the choices."""
        found = {*self.accessibilite, *(self.lieu.accessibilite if self.lieu else ())}
        return [value for value in Accessibilite.values if value in found]

    @property
    def regle(self) -> Regle | None:
        """How it comes back; None for a meeting that is held once. Raises `RegleError` for a text of no rule."""
        return Regle.depuis_rrule(self.recurrence) if self.recurrence else None

    def moment_du(self, jour: datetime.date) -> Moment:
        """When the date that the rule gives on that day takes place, if nobody has moved it."""
        return moment(jour, self.jour_fin - self.jour, self.heure_debut, self.heure_fin, self.fuseau)

    def clean(self) -> None:
        super().clean()
        self._verifier_les_dates()
        if self.jour == self.jour_fin and self.heure_debut and self.heure_fin and self.heure_fin <= self.heure_debut:
            raise ValidationError(
                {"heure_fin": "L’heure de fin vient après celle du début. Après minuit, changez le dernier jour."}
            )

    def _verifier_les_dates(self) -> None:
        """Refuse times that cannot be, and a recurrence that gives no date."""
        if not all([self.jour, self.jour_fin]) or self.jour_fin < self.jour:
            return  # said by the fields and the constraints
        try:
            premier = premier_jour(self.regle, self.jour)
        except RegleError as error:
            raise ValidationError({"recurrence": str(error)}) from error
        if premier is None:
            raise ValidationError({"recurrence": "Cette répétition ne donne aucune date."})
        if (self.heure_debut is None) != (self.heure_fin is None):
            return
        try:
            self.moment_du(premier)
        except HoraireError as error:
            raise ValidationError({"jour": str(error)}) from error


class OrganisateurEvenement(models.Model):
    """A structure that organises; its name is public."""

    evenement = ParentalKey(Evenement, on_delete=models.CASCADE, related_name="organisateurs")
    nom = models.CharField("nom", max_length=160)
    url = models.URLField("site", blank=True)
    ordre = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "organisateur"
        verbose_name_plural = "organisateurs"
        ordering: ClassVar = ["ordre", "pk"]

    def __str__(self) -> str:
        return self.nom


class AnimateurEvenement(models.Model):
    """Somebody who leads the meeting, from one side of the pair; the name is public."""

    evenement = ParentalKey(Evenement, on_delete=models.CASCADE, related_name="animateurs")
    nom = models.CharField("nom", max_length=120)
    cote = models.CharField("côté du binôme", max_length=20, choices=Cote)
    fonction = models.CharField("fonction", max_length=160, blank=True)
    ordre = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "personne qui anime"
        verbose_name_plural = "personnes qui animent"
        ordering: ClassVar = ["ordre", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cote__in=Cote.values), name="animateur_cote_connu"),
        ]

    def __str__(self) -> str:
        return self.nom


class QuotaParticipants(models.Model):
    """Seats of an event that only one kind of participants can take."""

    evenement = ParentalKey(Evenement, on_delete=models.CASCADE, related_name="quotas")
    genre = models.CharField("pour", max_length=20, choices=Participant)
    places = models.PositiveSmallIntegerField("places réservées", validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = "places réservées"
        verbose_name_plural = "places réservées"
        ordering: ClassVar = ["genre"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evenement", "genre"],
                name="quota_un_par_genre",
                violation_error_message="Ces places sont déjà réservées : changez leur nombre.",
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="quota_au_moins_une_place"),
            models.CheckConstraint(condition=Q(genre__in=Participant.values), name="quota_genre_connu"),
        ]

    def __str__(self) -> str:
        return f"{self.get_genre_display()} : {self.places}"
