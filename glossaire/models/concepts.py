"""What a word names, whatever the language, and how it stands to the others."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.db.models import F, Q


class Concept(models.Model):
    """What the term pages of all languages name together. It outlives them: its address is never given to another."""

    # The translation key of its pages.
    cle = models.UUIDField("clé", unique=True, editable=False)
    identifiant = models.CharField(
        "identifiant",
        max_length=80,
        unique=True,
        validators=[validate_slug],
        help_text="Il sert dans l’adresse permanente du mot : ne le changez plus une fois le mot public.",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    # The first day when anyone could read one of its terms: its address then says that they are gone, when they are.
    public_le = models.DateField("public depuis", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepts"
        ordering: ClassVar = ["identifiant"]

    def __str__(self) -> str:
        return self.identifiant


class Relation(models.Model):
    """How two concepts stand to each other.

    Database triggers (migration 0002) refuse a concept that is broader than itself at any distance, and one that is
    both associated with another and above it: the integrity rules of SKOS (S27) and common sense.
    """

    class Genre(models.TextChoices):
        ASSOCIE = "associe", "Mot voisin"
        A_DISTINGUER = "a_distinguer", "À ne pas confondre avec"
        PLUS_LARGE = "plus_large", "Mot plus large"

    # Those that say the same of both concepts: kept once, the concept that was created first as `de`.
    SYMETRIQUES = (Genre.ASSOCIE, Genre.A_DISTINGUER)

    de = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations", verbose_name="concept")
    vers = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="relations_inverses", verbose_name="autre concept"
    )
    genre = models.CharField("genre", max_length=20, choices=Genre)

    class Meta:
        verbose_name = "relation"
        verbose_name_plural = "relations"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(de=F("vers")),
                name="glossaire_relation_a_deux",
                violation_error_message="Un mot n’est pas en relation avec lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(genre="plus_large") | Q(de__lt=F("vers")), name="glossaire_relation_symetrique_une_fois"
            ),
            models.CheckConstraint(
                condition=Q(genre__in=["associe", "a_distinguer", "plus_large"]), name="glossaire_relation_genre"
            ),
            models.UniqueConstraint(
                fields=["de", "vers", "genre"],
                name="glossaire_relation_unique",
                violation_error_message="Cette relation existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.de} – {self.get_genre_display()} – {self.vers}"

    def clean(self) -> None:
        super().clean()
        if self.de_id and self.vers_id and self.genre in self.SYMETRIQUES and self.de_id > self.vers_id:
            self.de, self.vers = self.vers, self.de
        if self.de_id and self.vers_id and self.de_id == self.vers_id:
            raise ValidationError("Un mot n’est pas en relation avec lui-même.")
