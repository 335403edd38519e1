"""What the public proposes, and who proposed it, kept apart."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from wagtail.models import Page

from redaction.propositions import genre
from redaction.queries.propositions import PropositionQuerySet


class EtatProposition(models.TextChoices):
    """Where a proposal is. Nobody in the team sees one that waits for its address to be confirmed."""

    A_CONFIRMER = "a_confirmer", "Adresse à confirmer"
    RECUE = "recue", "Reçue"
    EN_COURS = "en_cours", "En cours"
    A_PRECISER = "a_preciser", "À préciser"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"


A_TRAITER = (EtatProposition.RECUE, EtatProposition.EN_COURS)
OUVERTES = (*A_TRAITER, EtatProposition.A_PRECISER)
CLOSES = (EtatProposition.ACCEPTEE, EtatProposition.REFUSEE)


class Proposition(models.Model):
    """A text from outside: a resource, a correction, a problem on a page. It says nothing of who sent it."""

    genre = models.CharField("type", max_length=40)
    etat = models.CharField("état", max_length=20, choices=EtatProposition, default=EtatProposition.A_CONFIRMER)
    langue = models.CharField("langue", max_length=10)
    titre = models.CharField("titre", max_length=200, blank=True)
    texte = models.TextField("texte", max_length=10_000, blank=True)
    details = models.JSONField("autres réponses", default=dict, blank=True)
    page = models.ForeignKey(
        Page, verbose_name="page concernée", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    page_titre = models.CharField("titre de la page", max_length=255, blank=True)
    page_adresse = models.CharField("adresse de la page", max_length=500, blank=True)
    page_creee = models.ForeignKey(
        Page, verbose_name="page créée", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cree_le = models.DateTimeField("envoyée le", auto_now_add=True)
    recue_le = models.DateTimeField("reçue le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="suivie par",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    motif = models.TextField("réponse", max_length=2000, blank=True)

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering: ClassVar = ["-recue_le", "-pk"]
        indexes: ClassVar = [models.Index(fields=["etat", "recue_le"], name="proposition_etat_recue")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(etat__in=EtatProposition.values), name="proposition_etat_connu"),
            models.CheckConstraint(
                condition=Q(etat=EtatProposition.A_CONFIRMER, recue_le__isnull=True)
                | (~Q(etat=EtatProposition.A_CONFIRMER) & Q(recue_le__isnull=False)),
                name="proposition_recue_a_une_date",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=CLOSES, close_le__isnull=False) | (~Q(etat__in=CLOSES) & Q(close_le__isnull=True)),
                name="proposition_close_a_une_date",
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatProposition.REFUSEE, motif=""), name="proposition_refus_motive"
            ),
            models.CheckConstraint(
                condition=Q(page_creee__isnull=True) | Q(etat=EtatProposition.ACCEPTEE),
                name="proposition_page_si_acceptee",
            ),
            models.CheckConstraint(
                condition=Q(close_le__isnull=True) | Q(close_le__gte=F("recue_le")), name="proposition_dates_en_ordre"
            ),
        ]

    def __str__(self) -> str:
        # Kept in the log after the proposal: nothing that a visitor typed.
        return f"Proposition n° {self.pk}"

    @property
    def intitule(self) -> str:
        """What the lists call it."""
        return self.titre or self.page_titre or self.page_adresse or str(self)

    @property
    def genre_nom(self) -> str:
        known = genre(self.genre)
        return str(known.nom) if known else self.genre

    @property
    def url_admin(self) -> str:
        return reverse("propositions:detail", args=[self.pk])

    @property
    def close(self) -> bool:
        return self.etat in CLOSES

    @property
    def reponses(self) -> list[tuple[str, str]]:
        """The other answers with the labels of the form, as the team reads them."""
        known = genre(self.genre)
        fields = known.formulaire.base_fields if known else {}
        return [
            (str(fields[name].label), str(dict(getattr(fields[name], "choices", ())).get(value, value)))
            for name, value in self.details.items()
            if value and name in fields
        ]

    @property
    def joignable(self) -> bool:
        """Tell whether an answer can be mailed: to a confirmed address only."""
        contact = getattr(self, "contact", None)
        return bool(contact and contact.confirme_le)


class ContactProposition(models.Model):
    """Who sent a proposal. Only those who handle it see this, and it is deleted some time after the end."""

    proposition = models.OneToOneField(Proposition, on_delete=models.CASCADE, related_name="contact")
    nom = models.CharField("nom", max_length=120, blank=True)
    courriel = models.EmailField("adresse e-mail")
    signature = models.BooleanField("veut être citée parmi les auteurs", default=False)
    consentement = models.CharField("version du consentement", max_length=20)
    consenti_le = models.DateTimeField("consentement donné le")
    confirme_le = models.DateTimeField("adresse confirmée le", null=True, blank=True)

    class Meta:
        verbose_name = "coordonnées"
        verbose_name_plural = "coordonnées"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(consentement=""), name="contact_consentement_donne"),
        ]

    def __str__(self) -> str:
        return f"Coordonnées de la proposition n° {self.proposition_id}"


class MessageProposition(models.Model):
    """The thread of a proposal: questions and answers, decisions, and notes that stay inside the team."""

    class Nature(models.TextChoices):
        QUESTION = "question", "Question à la personne"
        REPONSE = "reponse", "Réponse de la personne"
        NOTE = "note", "Note interne"
        DECISION = "decision", "Réponse finale"

    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, related_name="messages")
    nature = models.CharField("nature", max_length=20, choices=Nature)
    texte = models.TextField("texte", max_length=5000)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    le = models.DateTimeField("écrit le", auto_now_add=True)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering: ClassVar = ["le", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(texte=""), name="message_proposition_non_vide"),
            models.CheckConstraint(
                condition=Q(repondu_le__isnull=True) | Q(nature="question"),
                name="message_proposition_question_repondue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} (proposition n° {self.proposition_id})"
