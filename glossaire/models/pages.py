"""The pages of the glossary: the list, and one page per term."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from glossaire.blocks import ExplicationBlock, SourcesBlock
from glossaire.ensemble import ensemble_de_termes
from glossaire.forms_admin.termes import TermeForm
from glossaire.noms import Nom, lignes, noms_de
from glossaire.panneaux import VoisinagePanel
from glossaire.queries.noms import porteurs
from glossaire.queries.pages import TermeQuerySet
from socle.blocks.textes import FEATURES_COURTES
from socle.models import Illustration
from variantes.forms_admin.pictogrammes import PictogrammeChooser
from variantes.models.falc import PageAvecFalc
from variantes.models.listes import PageDeListe

VOCABULAIRES = ("thematiques", "natures", "contextes", "publics")
# What each language says with its own words, that no translation of the French would give.
PROPRES_A_LA_LANGUE = ("sigle", "developpe", "autres_noms", "formes", "nature_grammaticale", "genre_grammatical")

# What the site answers itself below the glossary.
SLUGS_RESERVES = ("imprimer",)


class GlossairePage(PageDeListe):
    """The list of the terms of one language, from A to Z."""

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["glossaire.TermePage"]
    template_falc = "glossaire/glossaire_page_falc.html"
    ancres_reservees = ("compte", "resultats", "recents", "exports", "filtres")
    page_description = "La liste des mots, de A à Z."

    class Meta(PageDeListe.Meta):
        verbose_name = "glossaire"
        verbose_name_plural = "glossaires"

    def schema_org(self) -> dict[str, Any]:
        return {**super().schema_org(), **ensemble_de_termes(self)}


class TermePage(PageAvecFalc):
    """A term in one language: its names, its definition, and what helps to understand it.

    Terms of the other languages that name the same concept have the same translation key, which is the concept's.
    """

    class NatureGrammaticale(models.TextChoices):
        NOM = "nom", _("nom")
        NOM_PROPRE = "nom_propre", _("nom propre")
        LOCUTION = "locution", _("locution")
        VERBE = "verbe", _("verbe")
        ADJECTIF = "adjectif", _("adjectif")

    class GenreGrammatical(models.TextChoices):
        MASCULIN = "m", _("masculin")
        FEMININ = "f", _("féminin")
        LES_DEUX = "mf", _("masculin et féminin")

    sigle = models.CharField("sigle", max_length=20, blank=True, help_text="En capitales, sans points : ETP.")
    developpe = models.CharField(
        "forme développée",
        max_length=200,
        blank=True,
        help_text="Ce que veut dire le sigle, quand ce n’est pas le terme lui-même.",
    )
    autres_noms = models.TextField(
        "autres noms",
        blank=True,
        validators=[MaxLengthValidator(2000)],
        help_text="Un par ligne. Synonymes et autres façons d’écrire : le site et la recherche les reconnaissent.",
    )
    formes = models.TextField(
        "autres formes du mot",
        blank=True,
        validators=[MaxLengthValidator(2000)],
        help_text="Une par ligne : féminin, pluriel irrégulier. Les pluriels réguliers sont trouvés sans cela.",
    )
    nature_grammaticale = models.CharField("nature", max_length=20, choices=NatureGrammaticale, blank=True)
    genre_grammatical = models.CharField("genre", max_length=2, choices=GenreGrammatical, blank=True)
    definition = models.CharField(
        "définition courte",
        max_length=300,
        help_text="Une ou deux phrases qui se comprennent seules. 300 signes au plus.",
    )
    explication = StreamField(ExplicationBlock(), verbose_name="explication", blank=True)
    exemple = RichTextField("exemple", features=FEATURES_COURTES, blank=True)
    sources = StreamField(SourcesBlock(), verbose_name="sources", blank=True)
    pictogramme = models.ForeignKey(
        Illustration, verbose_name="pictogramme", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    relier = models.BooleanField(
        "expliquer ce mot dans les pages",
        default=True,
        help_text="Décochez pour un mot trop courant : il reste dans le glossaire et dans la recherche.",
    )
    thematiques = ParentalManyToManyField("socle.Thematique", verbose_name="thématiques", blank=True, related_name="+")
    natures = ParentalManyToManyField(
        "socle.Nature", verbose_name="natures du partenariat", blank=True, related_name="+"
    )
    contextes = ParentalManyToManyField("socle.Contexte", verbose_name="contextes", blank=True, related_name="+")
    publics = ParentalManyToManyField("socle.Public", verbose_name="publics", blank=True, related_name="+")

    objects = TermeQuerySet.as_page_manager()
    base_form_class = TermeForm

    titres_des_champs: ClassVar = {"exemple": _("Exemple")}
    content_panels: ClassVar = [
        *PageAvecFalc.content_panels,
        FieldPanel("definition"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sigle"), FieldPanel("developpe")]),
                FieldPanel("autres_noms"),
                FieldPanel("formes"),
                FieldRowPanel([FieldPanel("nature_grammaticale"), FieldPanel("genre_grammatical")]),
            ],
            "Noms",
        ),
        FieldPanel("explication", help_text="Facultatif : ce que la définition ne dit pas."),
        FieldPanel("exemple", help_text="Une situation concrète, en une ou deux phrases."),
        FieldPanel("sources", help_text="D’où vient la définition. Écrivez-la avec vos mots."),
        FieldPanel("pictogramme", widget=PictogrammeChooser),
        VoisinagePanel(heading="Ce mot et les autres"),
        FieldPanel("relier"),
    ]
    classement_panels: ClassVar = [
        HelpPanel("Cochez ce qui convient : ce sont les thèmes du glossaire."),
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
        index.SearchField("definition", boost=2),
        index.SearchField("autres_noms"),
        index.SearchField("explication"),
        index.SearchField("exemple"),
        index.SearchField("texte_falc"),
    ]
    parent_page_types: ClassVar = ["glossaire.GlossairePage"]
    subpage_types: ClassVar[list[str]] = []
    override_translatable_fields: ClassVar = [
        *PageAvecFalc.override_translatable_fields,
        *(BaseTranslatableField(name) for name in PROPRES_A_LA_LANGUE),
        SynchronizedField("relier", overridable=False),
        SynchronizedField("pictogramme", overridable=False),
        SynchronizedField("sources", overridable=False),
        *(SynchronizedField(name, overridable=False) for name in VOCABULAIRES),
    ]
    champs_de_la_langue: ClassVar = PROPRES_A_LA_LANGUE
    template_falc = "glossaire/terme_page_falc.html"
    champs_falc = ("title", "definition", "sigle", "developpe", "autres_noms", "formes", "pictogramme")
    champs_communs_falc = ("nature_grammaticale", "genre_grammatical", "relier", *VOCABULAIRES)
    depart_falc = (("explication", ""), ("exemple", "Un exemple"))
    nom_public = _("Mot du glossaire")
    champs_hors_recherche = ("sources",)
    ancres_reservees = (
        *("exemple", "noms", "liens", "fiches", "sources"),
        *("a-distinguer", "ailleurs", "themes", "permanente"),
    )
    page_description = "Un mot : sa définition, ses autres noms, ses sources."

    class Meta(PageAvecFalc.Meta):
        verbose_name = "terme"
        verbose_name_plural = "termes"

    @property
    def resume(self) -> str:
        """What lists and search engines show of the term."""
        return self.definition

    @property
    def autres_titres(self) -> list[str]:
        """Its other names, and the forms that are no regular plural."""
        return [
            nom.texte for nom in self.noms_ecrits() if nom.champ == "formes" or nom.genre not in {"prefere", "forme"}
        ]

    @property
    def liste_des_autres_noms(self) -> list[str]:
        return lignes(self.autres_noms)

    @cached_property
    def expansion(self) -> str:
        """What the acronym stands for; empty where there is none."""
        return (self.developpe or self.title) if self.sigle else ""

    def noms_ecrits(self) -> list[Nom]:
        """Every name of the term as its page says, with the regular forms of each."""
        return noms_de(self, self.locale.language_code)

    def clean(self) -> None:
        super().clean()
        if self.slug in SLUGS_RESERVES:
            raise ValidationError({"slug": "Cette adresse sert déjà à une autre page. Choisissez-en une autre."})
        self.sigle = self.sigle.strip()
        if self.developpe and not self.sigle:
            raise ValidationError({"developpe": "Une forme développée demande un sigle."})
        if self.alias_of_id and self.alias_of.locale_id == self.locale_id:
            raise ValidationError("Un mot n’a qu’une page dans sa langue : faites un lien vers elle.")
        # Drafts may share a name for a while, a copy with its model first: their form says so, and none is published.
        if self.live and self.locale_id:
            self.verifier_publication()

    def verifier_publication(self) -> None:
        super().verifier_publication()
        self.refuser_les_noms_pris(publics=True)

    def refuser_les_noms_pris(self, *, publics: bool = False) -> None:
        """Raise `ValidationError` where another term of the language has one of its names; see `porteurs`."""
        for nom, porteur in porteurs(self, self.noms_ecrits(), publics=publics):
            raise ValidationError(
                {
                    nom.champ: f"« {nom.texte} » est déjà un nom du terme « {porteur.titre} »"
                    f"{'' if porteur.public else ' (brouillon)'}. Deux mots du glossaire ne portent pas le même nom : "
                    "complétez l’autre, ou précisez celui-ci."
                }
            )

    def copy_for_translation(self, locale: Any, *args: Any, alias: bool = False, **kwargs: Any) -> Any:
        """Make the version in another language without the names of this one, which would be wrong there."""
        made = super().copy_for_translation(locale, *args, alias=alias, **kwargs)
        if not alias:
            for name in PROPRES_A_LA_LANGUE:
                setattr(made, name, "")
            made.save(clean=False)
            made.save_revision(clean=False, changed=False)
        return made

    def schema_org(self) -> dict[str, Any]:
        noms = [
            *self.liste_des_autres_noms,
            *([self.sigle] if self.sigle else []),
            *([self.developpe] if self.developpe else []),
        ]
        parts = self.get_url_parts()
        glossaire = self.fil_d_ariane[-1].url if self.fil_d_ariane else ""
        return {
            "@type": "DefinedTerm",
            "name": self.title,
            "description": self.definition,
            "url": self.full_url,
            "termCode": self.sigle,
            "alternateName": noms,
            "inDefinedTermSet": f"{parts[1]}{glossaire}" if parts and glossaire else "",
        }
