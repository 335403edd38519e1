"""Pages that list those below them."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from socle.blocks.textes import FEATURES
from variantes.models.falc import PageAvecFalc


class PageDeListe(PageAvecFalc):
    """A list, one in each language below the home page: a few words, then what the kind of page lists."""

    resume = models.CharField("résumé", max_length=300, blank=True)
    introduction = RichTextField("introduction", features=FEATURES, blank=True)

    content_panels: ClassVar = [*PageAvecFalc.content_panels, FieldPanel("resume"), FieldPanel("introduction")]
    search_fields: ClassVar = [
        *PageAvecFalc.search_fields,
        index.SearchField("introduction"),
        index.SearchField("texte_falc"),
    ]
    max_count_per_parent = 1
    aide_recherche = True
    depart_falc = (("introduction", ""),)
    se_lit = False

    class Meta(PageAvecFalc.Meta):
        abstract = True
