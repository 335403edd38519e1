"""The document base: its index and its resources."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from fiches.blocks import EtapesFicheBlock, ExemplesBlock
from fiches.queries import VOCABULAIRES, FicheQuerySet
from socle.blocks import CorpsBlock, DocumentsBlock
from socle.blocks.textes import FEATURES
from socle.cards import Carte
from socle.licences import Licence, LicenceAffichee, licence_affichee
from socle.models import Fichier, Illustration
from variantes.models.falc import PageAvecFalc
from variantes.models.listes import PageDeListe


class TypeRessource(models.TextChoices):
    """What a resource is."""

    FICHE = "fiche", _("Fiche pratique")
    GRILLE = "grille", _("Grille")
    CANEVAS = "canevas", _("Canevas")
    GUIDE = "guide", _("Guide")
    REFERENCE = "reference", _("Référence externe")


class Duree(models.TextChoices):
    """Time that a team must find, in steps that help to choose."""

    MOINS_1H = "moins_1h", _("Moins d’une heure")
    UNE_2H = "une_2h", _("Une à deux heures")
    DEMI_JOURNEE = "demi_journee", _("Une demi-journée")
    JOURNEE = "journee", _("Une journée")
    SEMAINES = "semaines", _("Plusieurs semaines")
    MOIS = "mois", _("Plusieurs mois")


class FichesIndexPage(PageDeListe):
    """The list of resources, with its filters."""

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["fiches.FichePage"]
    template_falc = "fiches/fiches_index_page_falc.html"
    page_description = "La liste des fiches, avec ses filtres."

    class Meta(PageDeListe.Meta):
        verbose_name = "index des fiches"
        verbose_name_plural = "index des fiches"


class FichePage(PageAvecFalc):
    """A resource: practical guide, grid, template, handbook, or a reference kept elsewhere."""

    type_ressource = models.CharField(
        "type de ressource", max_length=20, choices=TypeRessource, default=TypeRessource.FICHE
    )
    resume = models.CharField(
        "résumé", max_length=300, help_text="Ce que la ressource aide à faire, en une ou deux phrases."
    )
    illustration = models.ForeignKey(
        Illustration, verbose_name="illustration", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    objectifs = RichTextField("ce que cela aide à faire", features=FEATURES, blank=True)
    besoins = RichTextField("ce qu’il faut", features=FEATURES, blank=True)
    duree = models.CharField("durée", max_length=20, choices=Duree, blank=True)
    duree_precision = models.CharField(
        "précision sur la durée", max_length=160, blank=True, help_text="Par exemple : deux réunions d’une heure."
    )
    etapes = StreamField(EtapesFicheBlock(), verbose_name="étapes", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="pour aller plus loin", blank=True)
    vigilance = RichTextField("points de vigilance", features=FEATURES, blank=True)
    exemples = StreamField(ExemplesBlock(), verbose_name="exemples", blank=True)
    documents = StreamField(DocumentsBlock(), verbose_name="documents à réutiliser", blank=True)
    fichier = models.ForeignKey(
        Fichier, verbose_name="fichier", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lien_externe = models.URLField("adresse de la ressource", blank=True)

    publics = ParentalManyToManyField("socle.Public", verbose_name="publics", blank=True, related_name="+")
    contextes = ParentalManyToManyField("socle.Contexte", verbose_name="contextes", blank=True, related_name="+")
    natures = ParentalManyToManyField(
        "socle.Nature", verbose_name="natures du partenariat", blank=True, related_name="+"
    )
    echelles = ParentalManyToManyField("socle.Echelle", verbose_name="échelles", blank=True, related_name="+")
    niveaux = ParentalManyToManyField(
        "socle.NiveauEngagement", verbose_name="niveaux d’engagement", blank=True, related_name="+"
    )
    thematiques = ParentalManyToManyField("socle.Thematique", verbose_name="thématiques", blank=True, related_name="+")

    licence = models.CharField("licence", max_length=30, choices=Licence, default=Licence.CC_BY_SA)

    objects = FicheQuerySet.as_page_manager()

    titres_des_champs: ClassVar = {
        "objectifs": _("À quoi ça sert"),
        "besoins": _("Ce qu’il vous faut"),
        "etapes": _("Les étapes"),
        "vigilance": _("Points de vigilance"),
        "exemples": _("Ils l’ont fait"),
    }

    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FieldRowPanel(
            [
                FieldPanel("type_ressource", help_text="En cas de doute : fiche pratique."),
                FieldPanel("duree", help_text="Le temps qu’une équipe doit trouver."),
                FieldPanel("duree_precision"),
            ]
        ),
        FieldPanel("resume"),
        FieldPanel("illustration", help_text="Facultative. Un dessin ou une photo que vous avez le droit de publier."),
        FieldPanel("objectifs", help_text="Deux à cinq lignes, chacune commence par un verbe : « choisir ensemble »…"),
        FieldPanel("besoins", help_text="Une liste : personnes, lieu, matériel, budget."),
        FieldPanel("etapes", help_text="Une action par étape, dans l’ordre. Le site les numérote."),
        FieldPanel("vigilance", help_text="Ce qui a déjà raté ailleurs, et comment l’éviter."),
        FieldPanel("exemples", help_text="Ce qu’une équipe a fait. N’inventez ni lieu ni témoignage."),
        FieldPanel("corps", help_text="Facultatif : textes, images, tableaux, pour qui veut en savoir plus."),
        FieldPanel("documents", help_text="Les fichiers et les liens que le lecteur peut reprendre tels quels."),
        MultiFieldPanel(
            [FieldPanel("lien_externe"), FieldPanel("fichier")],
            "Référence externe",
            help_text="Seulement pour une référence externe : son adresse ou son fichier.",
        ),
    ]
    classement_panels: ClassVar = [
        HelpPanel("Cochez ce qui convient : ce sont les filtres avec lesquels les lecteurs trouvent la fiche."),
        *(FieldPanel(name) for name in ("publics", "contextes", "natures", "echelles", "niveaux", "thematiques")),
    ]
    suivi_panels: ClassVar = [
        InlinePanel(
            "auteurs",
            heading="Auteurs",
            label="Auteur",
            help_text="En binôme : au moins un usager partenaire et un professionnel.",
        ),
        *PageAvecFalc.suivi_panels,
        FieldPanel("licence"),
        *Page.settings_panels,
    ]
    settings_panels: ClassVar = suivi_panels
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(classement_panels, heading="Classement"),
            ObjectList(suivi_panels, heading="Auteurs et suivi"),
            ObjectList(PageAvecFalc.promote_panels, heading="Référencement"),
        ]
    )
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("resume", boost=2),
        index.SearchField("objectifs"),
        index.SearchField("besoins"),
        index.SearchField("etapes"),
        index.SearchField("corps"),
        index.SearchField("vigilance"),
        index.SearchField("exemples"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["fiches.FichesIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # A translation keeps the terms of its source, in its own language.
    override_translatable_fields: ClassVar = [
        *PageAvecFalc.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in VOCABULAIRES),
    ]
    duree_de_validite = 12
    template_falc = "fiches/fiche_page_falc.html"
    champs_falc = ("title", "resume", "illustration", "documents")
    champs_communs_falc = (
        *("type_ressource", "duree", "duree_precision", "lien_externe", "fichier", "licence"),
        *VOCABULAIRES,
    )
    depart_falc = (
        ("objectifs", "À quoi ça sert ?"),
        ("besoins", "Ce qu’il vous faut"),
        ("etapes", "Les étapes"),
        ("corps", ""),
        ("vigilance", "Faites attention"),
        ("exemples", "Des exemples"),
    )
    nom_public = _("Fiche")
    ancres_reservees = (
        "auteurs",
        "besoins",
        "citer",
        "documents",
        "essentiel",
        "etapes",
        "exemples",
        "liees",
        "objectifs",
        "vigilance",
    )
    page_description = "Une fiche pratique, une grille, un canevas, un guide ou une référence externe."

    class Meta(PageAvecFalc.Meta):
        verbose_name = "fiche"
        verbose_name_plural = "fiches"

    @property
    def facettes_propres(self) -> dict[str, str]:
        """The kind of resource and the time that it takes."""
        return {"type_ressource": self.type_ressource, "duree": self.duree}

    def clean(self) -> None:
        super().clean()
        is_reference = self.type_ressource == TypeRessource.REFERENCE
        has_target = bool(self.lien_externe or self.fichier_id)
        if is_reference and not has_target:
            raise ValidationError({"lien_externe": "Une référence externe a besoin d’une adresse ou d’un fichier."})
        if has_target and not is_reference:
            raise ValidationError(
                {"type_ressource": "Une adresse ou un fichier de référence demande le type « Référence externe »."}
            )

    def reprendre_pour_falc(self, source: Self) -> None:
        super().reprendre_pour_falc(source)
        # Those who wrote the French page have written this one too.
        written = [
            AuteurFiche(
                locale=self.locale,
                translation_key=auteur.translation_key,
                sort_order=auteur.sort_order,
                **{name: getattr(auteur, name) for name in ("nom", "cote", "role", "structure")},
            )
            for auteur in source.auteurs.all()
        ]
        self.auteurs.set(written)

    @property
    def licence_affichee(self) -> LicenceAffichee:
        return licence_affichee(self.licence)

    @property
    def fichier_public(self) -> Fichier | None:
        return self.fichier if self.fichier and self.fichier.est_public else None

    @cached_property
    def signataires(self) -> "list[AuteurFiche]":
        """The authors, in the order of the page."""
        return list(self.auteurs.all())

    @property
    def citation(self) -> str:
        """How to quote this resource, ready to copy."""
        date = self.revise_le or self.last_published_at or timezone.localdate()
        parts = {
            "noms": get_text_list([auteur.nom for auteur in self.signataires], gettext("et")),
            "titre": self.title,
            "annee": date.year,
            "url": self.full_url,
        }
        texte = gettext("%(noms)s, « %(titre)s », Partenariat en santé en Île-de-France, %(annee)s. %(url)s") % parts
        return texte.lstrip(" ,،")  # where nobody signed, the comma after the names

    def carte(self) -> Carte:
        """How the resource shows itself in a list, after `pour_cartes()`."""
        noms = self.__dict__.get("noms_publics")
        return Carte(
            titre=self.title,
            url=self.get_url() or "",
            resume=self.resume,
            type_nom=self.get_type_ressource_display(),
            illustration_id=self.illustration_id,
            duree=self.get_duree_display(),
            publics=tuple(noms or ()),
            revise_le=self.revise_le,
        )

    def schema_org(self) -> dict[str, Any]:
        return {
            **super().schema_org(),
            "@type": "HowTo" if self.etapes else "CreativeWork",
            "author": [{"@type": "Person", "name": auteur.nom, "jobTitle": auteur.role} for auteur in self.signataires],
            "license": self.licence_affichee.url,
            "step": [
                {"@type": "HowToStep", "position": rang, "name": etape.value["titre"]}
                for rang, etape in enumerate(self.etapes, start=1)
            ],
        }


class AuteurFiche(TranslatableMixin, Orderable):
    """Someone who wrote the resource, from one of the two sides of the pair."""

    class Cote(models.TextChoices):
        USAGER = "usager", _("Usager partenaire")
        PROFESSIONNEL = "professionnel", _("Professionnel")

    fiche = ParentalKey(FichePage, on_delete=models.CASCADE, related_name="auteurs")
    nom = models.CharField("nom", max_length=120)
    cote = models.CharField("côté du binôme", max_length=20, choices=Cote)
    role = models.CharField("rôle", max_length=160, blank=True)
    structure = models.CharField("structure", max_length=160, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("nom"), FieldPanel("cote")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("structure")]),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = "auteur"
        verbose_name_plural = "auteurs"

    def __str__(self) -> str:
        return self.nom
