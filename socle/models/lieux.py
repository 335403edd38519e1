"""Places where people meet and where tools are lent, shared by the agenda and the tool library."""

import datetime
import zoneinfo
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from socle.accessibilite import Accessibilite
from socle.collation import sort_key
from socle.geographie import Departement
from socle.tableaux import PlusieursChoix, contenu_dans

FUSEAU = "Europe/Paris"


def verifier_fuseau(nom: str) -> None:
    """Refuse what is no time zone of the IANA database."""
    if nom not in zoneinfo.available_timezones():
        raise ValidationError("Ce fuseau horaire n’existe pas. Exemple : Europe/Paris.")


class Jour(models.IntegerChoices):
    """Days of the week, numbered as Python does."""

    LUNDI = 0, "Lundi"
    MARDI = 1, "Mardi"
    MERCREDI = 2, "Mercredi"
    JEUDI = 3, "Jeudi"
    VENDREDI = 4, "Vendredi"
    SAMEDI = 5, "Samedi"
    DIMANCHE = 6, "Dimanche"


class LieuQuerySet(models.QuerySet["Lieu"]):
    """Questions about places."""

    def actifs(self) -> Self:
        """Those that may still be chosen."""
        return self.filter(actif=True)

    def cherches(self, texte: str) -> Self:
        """Those whose name, address or commune has every word, whatever the accents."""
        found = self
        for mot in sort_key(texte.replace("\x00", "")).split():
            written = Q(adresse__unaccent__icontains=mot) | Q(commune__unaccent__icontains=mot)
            found = found.filter(Q(nom_tri__contains=mot) | written | Q(code_postal__startswith=mot))
        return found


class Lieu(ClusterableModel):
    """A place: where it is, how to get in, when it is open. Facts, the same in every language."""

    nom = models.CharField("nom", max_length=160)
    nom_tri = models.CharField(max_length=255, editable=False, default="")
    adresse = models.CharField("adresse", max_length=200, blank=True, help_text="Numéro et rue.")
    complement = models.CharField(
        "complément", max_length=200, blank=True, help_text="Bâtiment, étage, salle, code d’entrée public."
    )
    code_postal = models.CharField(
        "code postal",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}\Z", "Un code postal a cinq chiffres.")],
    )
    commune = models.CharField("commune", max_length=100, blank=True)
    code_insee = models.CharField(
        "code INSEE de la commune",
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^[0-9][0-9AB][0-9]{3}\Z", "Un code INSEE a cinq signes. Exemple : 93066.")],
    )
    departement = models.CharField("département", max_length=2, choices=Departement, blank=True)
    latitude = models.FloatField(
        "latitude", null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        "longitude", null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    fuseau = models.CharField("fuseau horaire", max_length=60, default=FUSEAU, validators=[verifier_fuseau])
    accessibilite = PlusieursChoix(
        models.CharField(max_length=40, choices=Accessibilite), verbose_name="accessibilité du lieu"
    )
    acces = models.TextField(
        "comment venir",
        max_length=1000,
        blank=True,
        help_text="Métro, bus, entrée, chemin sans marche. En français : les noms d’arrêts ne se traduisent pas.",
    )
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    site = models.URLField("site", blank=True)
    actif = models.BooleanField(
        "proposé aux choix",
        default=True,
        help_text="Décochez un lieu que l’on n’utilise plus : son histoire reste.",
    )

    objects = LieuQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering: ClassVar = ["nom_tri", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__isnull=False,
                    longitude__range=(-180, 180),
                ),
                name="lieu_position_entiere",
                violation_error_message="Une position a une latitude et une longitude.",
            ),
            models.CheckConstraint(condition=Q(departement__in=["", *Departement.values]), name="lieu_departement"),
            contenu_dans("accessibilite", Accessibilite.values, "lieu_accessibilite_connue"),
        ]
        indexes: ClassVar = [models.Index(fields=["departement"], name="lieu_departement_idx")]

    def __str__(self) -> str:
        return f"{self.nom}, {self.commune}" if self.commune else self.nom

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.nom_tri = sort_key(self.nom)
        super().save(*args, **kwargs)

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees (WGS 84); None where nobody has said."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def adresse_complete(self) -> str:
        """The address on one line."""
        ville = f"{self.code_postal} {self.commune}".strip()
        return ", ".join(part for part in (self.adresse, self.complement, ville) if part)

    def today(self) -> datetime.date:
        """The civil day there."""
        return datetime.datetime.now(zoneinfo.ZoneInfo(self.fuseau)).date()

    def fermeture_le(self, jour: datetime.date) -> "FermetureLieu | None":
        """Return the closure that covers a day."""
        return next((each for each in self.fermetures.all() if each.du <= jour <= each.au), None)

    def horaires_le(self, jour: datetime.date) -> list["HoraireLieu"]:
        """Return the slots of a day, in order: none when it is closed, or when nobody has said."""
        if self.fermeture_le(jour):
            return []
        found = [each for each in self.horaires.all() if each.jour == jour.weekday()]
        return sorted(found, key=lambda each: each.debut)

    def ouvert_le(self, jour: datetime.date) -> bool:
        """Tell whether people find it open on a day. Without any slot, only its closures are known."""
        slots = self.horaires.all()
        there = not slots or any(each.jour == jour.weekday() for each in slots)
        return there and self.fermeture_le(jour) is None

    def prochain_jour_ouvert(self, jour: datetime.date, dans: int = 370) -> datetime.date | None:
        """Return the first day when it is open, from `jour` on; None if it is closed for the `dans` days to come."""
        days = (jour + datetime.timedelta(days=rank) for rank in range(dans + 1))
        return next((day for day in days if self.ouvert_le(day)), None)


class Minutes(Func):
    """The minutes since midnight of a time: what the database can compare as a range."""

    template = "(EXTRACT(HOUR FROM %(expressions)s)::int * 60 + EXTRACT(MINUTE FROM %(expressions)s)::int)"
    output_field = models.IntegerField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = super().as_sql(compiler, connection, *args, **kwargs)
        return sql, (*params, *params)


class HoraireLieu(models.Model):
    """A slot of a weekday when a place is open, in its own time zone."""

    lieu = ParentalKey(Lieu, on_delete=models.CASCADE, related_name="horaires", verbose_name="lieu")
    jour = models.PositiveSmallIntegerField("jour", choices=Jour)
    debut = models.TimeField("de")
    fin = models.TimeField("à")

    class Meta:
        verbose_name = "horaire d’ouverture"
        verbose_name_plural = "horaires d’ouverture"
        ordering: ClassVar = ["jour", "debut"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(debut__lt=F("fin")),
                name="horaire_debut_avant_fin",
                violation_error_message="L’heure de fermeture vient après celle d’ouverture.",
            ),
            models.CheckConstraint(condition=Q(jour__range=(0, 6)), name="horaire_jour_de_la_semaine"),
            ExclusionConstraint(
                name="horaires_sans_recouvrement",
                expressions=[
                    ("lieu", RangeOperators.EQUAL),
                    ("jour", RangeOperators.EQUAL),
                    (
                        Func(Minutes("debut"), Minutes("fin"), Value("[)"), function="int4range"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Deux horaires du même jour se recouvrent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jour_display()} {self.debut:%H:%M} – {self.fin:%H:%M}"


class FermetureLieu(models.Model):
    """Days when a place is closed whatever its slots say, both ends included."""

    lieu = ParentalKey(Lieu, on_delete=models.CASCADE, related_name="fermetures", verbose_name="lieu")
    du = models.DateField("du")
    au = models.DateField("au")
    motif = models.CharField("motif", max_length=120, blank=True)

    class Meta:
        verbose_name = "fermeture"
        verbose_name_plural = "fermetures"
        ordering: ClassVar = ["du"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(du__lte=F("au")),
                name="fermeture_du_avant_au",
                violation_error_message="Le dernier jour de fermeture vient après le premier.",
            ),
            ExclusionConstraint(
                name="fermetures_sans_recouvrement",
                expressions=[
                    ("lieu", RangeOperators.EQUAL),
                    (
                        Func(F("du"), F("au"), Value("[]"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Deux fermetures se recouvrent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.du:%d/%m/%Y} – {self.au:%d/%m/%Y}"
