"""The glossary as a schema.org thing."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from glossaire.adresses import absolue, uri_du_schema
from socle.licences import URLS, Licence

if TYPE_CHECKING:
    from glossaire.models import GlossairePage

# What the words of the glossary are given under.
LICENCE = Licence.CC_BY_SA
# The files that the glossary is given as: the name of the address, and the kind of file.
FICHIERS = (
    ("glossaire_csv", "text/csv"),
    ("glossaire_ttl", "text/turtle"),
    ("glossaire_jsonld", "application/ld+json"),
    ("glossaire_json", "application/json"),
)


def ensemble_de_termes(page: "GlossairePage") -> dict[str, Any]:
    """The set that the terms of a language say they are in, whatever their number: they name it, it leads to files."""
    with override(page.locale.language_code):
        files = [(absolue(reverse(name)), kind) for name, kind in FICHIERS]
    return {
        "@type": "DefinedTermSet",
        "@id": page.full_url,
        "sameAs": uri_du_schema(),
        "license": URLS[LICENCE],
        "encoding": [{"@type": "MediaObject", "contentUrl": url, "encodingFormat": kind} for url, kind in files],
    }
