"""A term in the editor of rich text: what it is made of there, and how it is kept."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Value, When
from django.urls import reverse_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail import features as draftail

from glossaire.liens import GENRE, cle_du_lien
from glossaire.models import TermePage
from glossaire.views.choix import CHOISIR

ENTITE = "TERME"
SCRIPT = "js/admin/lien_terme.js"


def _lien(props: dict[str, Any]) -> Any:
    cle = cle_du_lien(props.get("id"))
    if cle is None:
        # Pasted from elsewhere, or made up: the words stay.
        return props["children"]
    return DOM.create_element("a", {"linktype": GENRE, "id": str(cle)}, props["children"])


class _Lecture(LinkElementHandler):  # type: ignore[misc]  # Wagtail has no types
    """What the editor knows of a link that the text has already."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        cle = cle_du_lien(attrs.get("id"))
        if cle is None:
            return {}
        french = Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=Value(1))
        terms = TermePage.objects.du_concept(cle).order_by(french, "pk")
        title = terms.values_list("title", flat=True).first()
        return {"id": str(cle), "titre": title or ""}


FEATURE = draftail.EntityFeature(
    {
        "type": ENTITE,
        "icon": "glossaire-mot",
        "description": "Mot du glossaire",
        "attributes": ["id", "titre"],
        "allowlist": {"id": "^[0-9a-f-]{36}$"},
        "chooserUrls": {"termeChooser": reverse_lazy(CHOISIR)},
    },
    js=["wagtailadmin/js/chooser-modal.js", SCRIPT],
)
REGLES = {
    "from_database_format": {f'a[linktype="{GENRE}"]': _Lecture(ENTITE)},
    "to_database_format": {"entity_decorators": {ENTITE: _lien}},
}
