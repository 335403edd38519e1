"""The text in easy-to-read French that every page has room for."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db.models import JSONField, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.fields import StreamField
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import BaseTranslatableField

from socle import directory
from socle.models import BasePage
from socle.models.vocabulaires import traduire_les_termes
from socle.sites import current_site, reglages_of
from socle.sommaire import EntreeSommaire, construire_sommaire
from variantes.blocks.falc import TexteFalcBlock
from variantes.forms_admin.editeur import EditeurForm
from variantes.panneaux import EditeurDePage


class PageAvecFalc(BasePage):
    """A page whose version in FALC has a text of its own, in place of the ordinary fields.

    FALC is a rewrite, not a translation: other order, other length, other blocks. The version in `fr-simple` is written
    in `texte_falc` and shown by `template_falc`; its ordinary fields are neither edited nor shown.
    """

    texte_falc = StreamField(
        TexteFalcBlock(), verbose_name="texte en FALC", blank=True, default=list, db_default=Value([], JSONField())
    )

    # How the version in FALC is shown.
    template_falc: ClassVar[str] = ""
    # The ordinary fields that the version in FALC keeps, in the order of its editor; its text comes after them.
    champs_falc: ClassVar[tuple[str, ...]] = ("title", "resume")
    # The ordinary fields that the text in FALC may start from, in the order of the page, and the heading of each.
    depart_falc: ClassVar[tuple[tuple[str, str], ...]] = ()
    # What a version in FALC has in common with the French page, without showing it.
    champs_communs_falc: ClassVar[tuple[str, ...]] = ()
    # Only the version in FALC has this text: it is not translated.
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        BaseTranslatableField("texte_falc"),
    ]

    base_form_class = EditeurForm

    class Meta(BasePage.Meta):
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> EditeurDePage:  # noqa: N805 -- the decorator makes it a method of the class
        """The ordinary editor, which becomes that of FALC on a page in FALC."""
        ordinaire = super().get_edit_handler()
        champs = [FieldPanel(name) for name in cls.champs_falc if name != "title"]
        falc = [
            ObjectList([*cls.content_panels[:1], *champs, FieldPanel("texte_falc")], heading="Contenu"),
            ObjectList(cls.settings_panels, heading="Suivi"),
            ObjectList(cls.promote_panels, heading="Référencement"),
        ]
        return EditeurDePage(ordinaire.children, falc=falc, base_form_class=cls.base_form_class).bind_to_model(cls)

    @property
    def en_falc(self) -> bool:
        """Whether this is the version in easy-to-read French."""
        code: str = self.locale.language_code
        return code == settings.FALC_LANGUAGE_CODE

    @cached_property
    def sommaire(self) -> list[EntreeSommaire]:
        """The headings of the text that readers see; they get their anchors on the way."""
        if self.en_falc:
            return construire_sommaire(self.texte_falc, self.ancres_reservees)
        return super().sommaire

    def save(self, *args: Any, **kwargs: Any) -> None:
        traduire_les_termes(self)
        super().save(*args, **kwargs)

    def reprendre_pour_falc(self, source: Self) -> None:
        """Take from the French page what a new version in FALC starts with, besides its text."""
        for name in (*self.champs_falc, *self.champs_communs_falc):
            field = self._meta.get_field(name)
            setattr(self, name, getattr(source, name).all() if field.many_to_many else getattr(source, name))

    def annoncer(self, request: HttpRequest) -> None:
        super().annoncer(request)
        if self.en_falc:
            from variantes.queries.mode_emploi import annoncer_le_mode_emploi

            directory.current().images.want([reglages_of(request).logo_falc_id])
            annoncer_le_mode_emploi(current_site(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if self.en_falc:
            context |= self._etiquette(request)
        return context

    def _etiquette(self, request: HttpRequest) -> dict[str, Any]:
        """What the page says of its text: a preview shows one that is not public, and no label can be its own."""
        from variantes.queries.validation import label_de

        label = None if getattr(request, "is_preview", False) else label_de(self)
        logo = reglages_of(request).logo_falc_id if label and label.logo else None
        return {"label_falc": label, "logo_falc": directory.current().images.get(logo)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        if self.en_falc and self.template_falc:
            return self.template_falc
        template: str = super().get_template(request, *args, **kwargs)
        return template
