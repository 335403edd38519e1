"""The text in easy-to-read French that every page has room for."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import JSONField, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.fields import StreamField
from wagtail_localize.fields import BaseTranslatableField

from socle.models import BasePage
from socle.sommaire import EntreeSommaire, construire_sommaire
from variantes.blocks.falc import TexteFalcBlock


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
    # Only the version in FALC has this text: it is not translated.
    override_translatable_fields: ClassVar[list[Any]] = [
        *BasePage.override_translatable_fields,
        BaseTranslatableField("texte_falc"),
    ]

    class Meta(BasePage.Meta):
        abstract = True

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

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        if self.en_falc and self.template_falc:
            return self.template_falc
        template: str = super().get_template(request, *args, **kwargs)
        return template
