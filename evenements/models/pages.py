"""The pages of the agenda: the list, and the words of one event in one language."""

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from evenements.blocks import PagesLieesBlock, ProgrammeBlock
from evenements.dates import quand_court
from evenements.models.copie import copier_faits
from evenements.models.evenements import Evenement
from evenements.panneaux import FaitsPanel
from evenements.queries.pages import EvenementPageQuerySet
from socle.blocks import CorpsBlock, DocumentsBlock
from socle.blocks.textes import FEATURES
from socle.cards import Carte
from socle.models import Illustration
from variantes.models.falc import PageAvecFalc
from variantes.models.listes import PageDeListe

VOCABULAIRES = ("publics", "thematiques", "natures")
# What the site answers itself below the agenda.
SLUGS_RESERVES = ("inscription", "enquete", "evenement", "seance")


class AgendaPage(PageDeListe):
    """The agenda of one language."""

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["evenements.EvenementPage"]
    template_falc = "evenements/agenda_page_falc.html"
    ancres_reservees = ("compte", "resultats", "filtres", "flux", "carte", "mois")
    page_description = "L’agenda : liste, mois et carte."

    class Meta(PageDeListe.Meta):
        verbose_name = "agenda"
        verbose_name_plural = "agendas"


class EvenementPage(PageAvecFalc):
    """The words of an event in one language; what is true in all of them is in `evenement`."""

    evenement = models.ForeignKey(
        Evenement, verbose_name="événement", on_delete=models.PROTECT, related_name="pages", editable=False
    )
    resume = models.CharField(
        "résumé", max_length=300, help_text="Ce qui s’y passe et pour qui, en une ou deux phrases."
    )
    illustration = models.ForeignKey(
        Illustration, verbose_name="illustration", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    presentation = RichTextField("présentation", features=FEATURES, blank=True)
    programme = StreamField(ProgrammeBlock(), verbose_name="programme", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="pour aller plus loin", blank=True)
    compte_rendu = RichTextField(
        "ce qu’il en reste", features=FEATURES, blank=True, help_text="Après la rencontre : un résumé pour les absents."
    )
    documents = StreamField(DocumentsBlock(), verbose_name="documents", blank=True)
    pages_liees = StreamField(PagesLieesBlock(), verbose_name="pages qui vont avec", blank=True, max_num=1)

    publics = ParentalManyToManyField("socle.Public", verbose_name="publics", blank=True, related_name="+")
    thematiques = ParentalManyToManyField("socle.Thematique", verbose_name="thématiques", blank=True, related_name="+")
    natures = ParentalManyToManyField(
        "socle.Nature", verbose_name="natures du partenariat", blank=True, related_name="+"
    )

    objects = EvenementPageQuerySet.as_page_manager()
    # Wagtail's, which has no types.
    translation_key: uuid.UUID

    titres_des_champs: ClassVar = {
        "presentation": _("Présentation"),
        "programme": _("Programme"),
        "compte_rendu": _("Ce qu’il en reste"),
    }
    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FaitsPanel(heading="Les faits"),
        FieldPanel("resume"),
        FieldPanel("illustration", help_text="Facultative. Un dessin ou une photo que vous avez le droit de publier."),
        FieldPanel("presentation", help_text="De quoi on parle, ce que l’on y fait, ce qu’il faut savoir avant."),
        FieldPanel("programme", help_text="Les moments, dans l’ordre. Facultatif pour une rencontre courte."),
        FieldPanel("corps", help_text="Facultatif : textes, images, tableaux."),
        MultiFieldPanel(
            [FieldPanel("compte_rendu"), FieldPanel("documents"), FieldPanel("pages_liees")],
            "Après la rencontre",
            help_text="Les lecteurs le voient sur la page : documents dès maintenant, résumé une fois la date passée.",
        ),
    ]
    classement_panels: ClassVar = [
        HelpPanel("Cochez ce qui convient : ce sont les filtres de l’agenda."),
        *(FieldPanel(name) for name in VOCABULAIRES),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(classement_panels, heading="Classement"),
            ObjectList(PageAvecFalc.settings_panels, heading="Suivi"),
            ObjectList(PageAvecFalc.promote_panels, heading="Référencement"),
        ]
    )
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("resume", boost=2),
        index.SearchField("presentation"),
        index.SearchField("programme"),
        index.SearchField("corps"),
        index.SearchField("compte_rendu"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["evenements.AgendaPage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields: ClassVar = [
        *PageAvecFalc.override_translatable_fields,
        SynchronizedField("evenement", overridable=False),
        *(SynchronizedField(name, overridable=False) for name in VOCABULAIRES),
    ]
    # A date that is over needs no review of its words.
    duree_de_validite = None
    template_falc = "evenements/evenement_page_falc.html"
    champs_falc = ("title", "resume", "illustration", "documents")
    champs_communs_falc = ("evenement", *VOCABULAIRES)
    depart_falc = (
        ("presentation", ""),
        ("programme", "Le programme"),
        ("corps", ""),
        ("compte_rendu", "Ce qu’il en reste"),
    )
    nom_public = _("Rencontre")
    ancres_reservees = (
        "presentation",
        "dates",
        "programme",
        "infos",
        "inscription",
        "documents",
        "compte-rendu",
        "liees",
    )
    page_description = "Une rencontre : ce qui s’y passe, pour qui, et ce qu’il en reste."

    class Meta(PageAvecFalc.Meta):
        verbose_name = "page d’événement"
        verbose_name_plural = "pages d’événement"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self._garder_ses_faits()
        super().save(*args, **kwargs)

    def _garder_ses_faits(self) -> None:
        """A page and its versions in other languages, alone, share one event: the key of all of them is its own."""
        if self.evenement_id is None or self.evenement.cle == self.translation_key:
            return
        own = Evenement.objects.filter(cle=self.translation_key).first()
        if own is None and self._state.adding and not self.evenement.pages.exists():
            self.translation_key = self.evenement.cle
        else:
            self.evenement = own or copier_faits(self.evenement, self.translation_key)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Facts have no versions: an older text, or that of the page it was copied from, speaks of this event."""
        page: Self = super().with_content_json(content)
        page.evenement_id = self.evenement_id
        return page

    @property
    def facettes_propres(self) -> dict[str, str]:
        """What kind of meeting it is."""
        return {"genre": self.evenement.genre}

    def carte(self) -> Carte:
        """How the event shows itself in a list, after `pour_cartes()`."""
        dates = getattr(self.evenement, "la_plus_proche", None) or ()
        return Carte(
            titre=self.title,
            url=self.get_url() or "",
            resume=self.resume,
            type_nom=self.evenement.get_genre_display(),
            illustration_id=self.illustration_id,
            quand=quand_court(dates[0]) if dates else "",
        )

    def schema_org(self) -> dict[str, Any]:
        from evenements.flux.json_ld import en_schema

        page = super().schema_org()
        found = en_schema(self.evenement, titre=self.title, resume=page["description"], url=page["url"])
        if self.locale.language_code == settings.FALC_LANGUAGE_CODE:
            # The meeting is spoken in its own languages; the page that tells it is easy to read.
            found["subjectOf"] = {"@type": "WebPage", "url": page["url"], "inLanguage": page["inLanguage"]}
        return found
