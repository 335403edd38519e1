"""The kinds of proposals that concern every page, their rights and what is forgotten of them."""

from django.utils.translation import gettext_lazy as _

from redaction import roles
from redaction.forms import CorrectionForm, ProblemeForm
from redaction.models import Proposition
from redaction.operations.propositions import oublier_propositions
from redaction.permissions import matrice
from redaction.propositions import Genre, register
from socle import scheduling


def enregistrer() -> None:
    """Called when the app is ready."""
    register(
        Genre(
            "correction",
            _("Une correction"),
            _("Une page contient une erreur, ou il y manque quelque chose."),
            CorrectionForm,
            icone="evaluer",
        )
    )
    register(
        Genre(
            "probleme",
            _("Signaler un problème"),
            _("Un lien ne marche pas, une page est difficile à lire ou à utiliser."),
            ProblemeForm,
            confirme=False,
        )
    )
    # Whoever decides also sees who sent the proposal.
    matrice.add_modeles((Proposition,), {roles.REDACTION: "view", roles.MODERATION: "view change"})
    scheduling.register("oublier_propositions", oublier_propositions)
