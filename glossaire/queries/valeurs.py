"""What the columns of a table accept."""

from typing import Any

from django.conf import settings
from wagtail.models import Locale

from glossaire.fichiers import Valeurs
from glossaire.models import TermePage
from glossaire.tableau import VOCABULAIRES
from variantes.langues import nom_de_langue


def valeurs_acceptees() -> list[Valeurs]:
    """The words to write in each column of choices, and what each means."""
    from glossaire.operations.cellules_import import choix

    codes = Locale.objects.order_by("pk").values_list("language_code", flat=True)
    found = [
        Valeurs("langue", {code: nom_de_langue(code) for code in codes}),
        Valeurs("nature", choix("nature")),
        Valeurs("genre", choix("genre")),
    ]
    for nom in VOCABULAIRES:
        model: Any = TermePage._meta.get_field(nom).related_model
        rows = model._default_manager.filter(locale__language_code=settings.LANGUAGE_CODE)
        found.append(Valeurs(nom, dict(rows.values_list("slug", "nom"))))
    return found
