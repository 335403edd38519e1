"""Mails to who sent a proposal."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.models import Site

from redaction.jetons import jeton_de_confirmation, jeton_de_reponse
from redaction.models import MessageProposition, Proposition
from socle.courriels import envoyer

MODELES = {
    "confirmer": "redaction/courriels/confirmer.txt",
    "accuser": "redaction/courriels/accuser.txt",
    "preciser": "redaction/courriels/preciser.txt",
    "acceptee": "redaction/courriels/acceptee.txt",
    "traitee": "redaction/courriels/traitee.txt",
    "refusee": "redaction/courriels/refusee.txt",
}


@task()
def ecrire_a_la_personne(proposition_id: int, modele: str, message_id: int = 0, essai: int = 0) -> None:
    """Mail who sent a proposal, in their language. Run twice, it sends two mails: better than none.

    `modele` is one of `MODELES`.
    """
    found = Proposition.objects.filter(pk=proposition_id).select_related("contact").first()
    contact = getattr(found, "contact", None)
    if found is None or contact is None:  # deleted meanwhile
        return
    message = MessageProposition.objects.filter(pk=message_id, proposition=found).first()
    if modele == "preciser" and message is None:
        return
    with override(found.langue):
        courriel = EmailMessage(
            subject=_sujet(modele, found.pk),
            body=_texte(modele, found, message),
            to=[contact.courriel],
        )
    arguments = (proposition_id, modele, message_id)
    envoyer(courriel, ecrire_a_la_personne, arguments, essai, f"Mail about proposal {proposition_id}")


def _sujet(modele: str, numero: int) -> str:
    """No personal data in a subject: it is shown on locked screens and kept in mail logs."""
    sujets = {
        "confirmer": _("Confirmez votre adresse"),
        "accuser": _("Votre signalement est arrivé"),
        "preciser": _("Une question sur votre proposition"),
        "acceptee": _("Réponse à votre proposition"),
        "traitee": _("Réponse à votre message"),
        "refusee": _("Réponse à votre proposition"),
    }
    return f"[{settings.WAGTAIL_SITE_NAME}] {sujets[modele]} (n° {numero})"


def _texte(modele: str, proposition: Proposition, message: MessageProposition | None) -> str:
    """Until the address is confirmed, nothing that a visitor typed: it may be somebody else's address."""
    name, token = "proposition_confirmer", jeton_de_confirmation(proposition)
    if message is not None:
        name, token = "proposition_completer", jeton_de_reponse(message)
    root = Site.objects.get(is_default_site=True).root_url
    context = {
        "site": settings.WAGTAIL_SITE_NAME,
        "lien": f"{root}{reverse(name, args=[token])}",
        "question": message.texte if message else "",
        "reponse": proposition.motif,
        "titre": proposition.intitule,
        "numero": proposition.pk,
    }
    return render_to_string(MODELES[modele], context)
