"""What people who register are told by mail: each once, in their language, in plain text.

A subject never says which meeting it is about: it is shown on locked screens. Whoever has not confirmed their address
receives nothing that was typed. The online link goes to registered people alone.
"""

import datetime
from collections.abc import Callable
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from evenements import adresses
from evenements.calendrier import zone
from evenements.dates import heure, jour_long, quand
from evenements.jetons import A_CONFIRMER_SOUS
from evenements.models import EtatInscription, EvenementPage, Inscription, Mode, Seance
from socle.models import CourrielASortir
from socle.sites import full_url_of
from socle.sortie import deposer, retirer

Lettre: TypeAlias = tuple[str, list[str]]


class Courrier:
    """The mails about one date; what they share is looked up once."""

    def __init__(self, seance: Seance) -> None:
        self.seance = seance
        self._pages: dict[str, EvenementPage | None] = {}

    # --- What every mail is made of ---

    def ecrire(self, inscription: Inscription, quoi: str, suite: str = "", **contexte: str) -> bool:
        """Leave a mail to go out, unless this very one was; `suite` tells apart those that may come again."""
        if not inscription.courriel:
            return False
        with override(adresses.langue_connue(inscription.langue)):
            sujet, texte = LETTRES[quoi](self, inscription, **contexte)
            corps = "\n\n".join([_("Bonjour,"), *filter(None, texte), *self.pied()])
        # Links open what is the person's own: nobody needs the text once it has left.
        return deposer(_cle(inscription, quoi, suite), inscription.courriel, sujet, f"{corps}\n", a_effacer=True)

    def redire(self, inscription: Inscription, quoi: str) -> bool:
        """Leave a mail again, because it is asked for again."""
        asked = _cle(inscription, quoi, "demande-")
        return self.ecrire(
            inscription, quoi, f"demande-{CourrielASortir.objects.filter(cle__startswith=asked).count()}"
        )

    def pied(self) -> list[str]:
        contact = self.seance.evenement.contact_courriel
        answer = (
            _("Une question ? Écrivez à %(adresse)s.") % {"adresse": contact}
            if contact
            else _("Ce message part tout seul : ne répondez pas à cette adresse.")
        )
        return [answer, str(settings.WAGTAIL_SITE_NAME)]

    def titre(self, langue: str) -> str:
        """What the public calls the meeting in that language, else in French, else what kind of meeting it is."""
        page = self._page(langue) or self._page(settings.LANGUAGE_CODE)
        return " ".join((page.title if page else self.seance.evenement.get_genre_display()).split())

    def _page(self, langue: str) -> EvenementPage | None:
        if langue not in self._pages:
            pages = EvenementPage.objects.filter(evenement=self.seance.evenement_id, live=True)
            self._pages[langue] = pages.filter(locale__language_code=langue).first()
        return self._pages[langue]

    def rencontre(self, langue: str) -> str:
        """What it is and when."""
        return f"{self.titre(langue)}\n{quand(self.seance)}"

    def ou(self) -> str:
        """Where one comes, and how."""
        place = self.seance.lieu
        if place is None:
            return _("La rencontre a lieu en ligne.")
        lines = [place.nom, place.adresse, place.complement, f"{place.code_postal} {place.commune}", place.acces]
        return "\n".join([_("Où :"), *(line for line in lines if line.strip())])

    def lien_en_ligne(self) -> str:
        """How one connects: for registered people alone."""
        if self.seance.mode == Mode.SUR_PLACE or not self.seance.lien_en_ligne:
            return ""
        link = [_("Pour participer en ligne :"), self.seance.lien_en_ligne, self.seance.evenement.acces_en_ligne]
        return "\n".join(line for line in link if line.strip())

    def page(self, langue: str) -> str:
        page = self._page(langue)
        address = full_url_of(page) if page else ""
        return "\n".join([_("La page de la rencontre :"), address]) if address else ""

    def calendrier(self, inscription: Inscription) -> str:
        return "\n".join([_("Ajouter à mon agenda :"), adresses.du_calendrier(self.seance, inscription.langue)])

    def gerer(self, inscription: Inscription) -> str:
        return "\n".join(
            [
                _("Vous ne pouvez plus venir ? Annulez : quelqu’un d’autre prendra la place."),
                adresses.pour_gerer(inscription),
            ]
        )


def _cle(inscription: Inscription, quoi: str, suite: str = "") -> str:
    return f"inscription:{inscription.pk}:{quoi}{f':{suite}' if suite else ''}"


def oublier(inscription: Inscription, quoi: str = "") -> int:
    """Take back the mails to somebody that have not left, or those that say `quoi`: they are no longer true."""
    return retirer(f"inscription:{inscription.pk}:{quoi and f'{quoi}:'}")


# --- Registering ---


def _adresse(courrier: Courrier, inscription: Inscription) -> Lettre:
    hours = int(A_CONFIRMER_SOUS.total_seconds() // 3600)
    return _("Confirmez votre inscription"), [
        _("Quelqu’un demande une place avec cette adresse pour la rencontre suivante :"),
        courrier.rencontre(inscription.langue),
        _("Si c’est vous, ouvrez ce lien puis appuyez sur « Confirmer mon inscription » :"),
        adresses.pour_confirmer(inscription),
        _("Le lien marche pendant %(heures)s heures. La place n’est à vous qu’une fois l’inscription confirmée.")
        % {"heures": hours},
        _("Si ce n’est pas vous, ne faites rien : cette demande sera effacée."),
    ]


def _inscrite(courrier: Courrier, inscription: Inscription) -> Lettre:
    return _("Votre inscription est confirmée"), [
        _("Votre place est réservée pour cette rencontre :"),
        *_le_jour(courrier, inscription),
        courrier.calendrier(inscription),
        courrier.gerer(inscription),
    ]


def _attente(courrier: Courrier, inscription: Inscription) -> Lettre:
    return _("Vous êtes sur la liste d’attente"), [
        _("Il n’y a plus de place pour le moment. Vous êtes sur la liste d’attente de cette rencontre :"),
        courrier.rencontre(inscription.langue),
        _("Si une place se libère pour vous, nous vous écrirons. Il faudra alors répondre vite."),
        _("Vous ne voulez plus attendre ? Quittez la liste :"),
        adresses.pour_gerer(inscription),
    ]


# --- A seat for those who wait ---


def _offre(courrier: Courrier, inscription: Inscription) -> Lettre:
    return _("Une place est libre pour vous"), [
        _("Une place est libre pour vous à cette rencontre :"),
        courrier.rencontre(inscription.langue),
        _("Pour la prendre ou la laisser, ouvrez ce lien :"),
        adresses.pour_gerer(inscription),
        _("Répondez avant : %(moment)s.") % {"moment": _moment(courrier, inscription)}
        + " "
        + _("Ensuite, la place sera proposée à quelqu’un d’autre."),
    ]


def _moment(courrier: Courrier, inscription: Inscription) -> str:
    """Until when a seat is kept, as the clock of the meeting says it."""
    terme, fuseau = inscription.offre_expire_le, courrier.seance.evenement.fuseau
    if terme is None:
        return ""
    day = jour_long(terme.astimezone(zone(fuseau)).date())
    return _("%(jour)s, à %(heure)s") % {"jour": day, "heure": heure(terme, fuseau)}


def _passee(courrier: Courrier, inscription: Inscription) -> Lettre:
    return _("La place n’est plus gardée pour vous"), [
        _("Une place vous était proposée. Le temps pour répondre est passé :"),
        courrier.rencontre(inscription.langue),
        _("Vous n’êtes plus sur la liste d’attente. Vous voulez toujours venir ? Inscrivez-vous à nouveau :"),
        adresses.pour_s_inscrire(courrier.seance, inscription.langue),
    ]


# --- Leaving ---


def _annulee(courrier: Courrier, inscription: Inscription, par_l_equipe: str = "") -> Lettre:
    said = (
        _("L’équipe a annulé votre inscription à cette rencontre :")
        if par_l_equipe
        else _("Votre inscription à cette rencontre est annulée :")
    )
    return _("Votre inscription est annulée"), [
        said,
        courrier.rencontre(inscription.langue),
        _("Vous n’avez rien d’autre à faire."),
        _("C’est une erreur ? Inscrivez-vous à nouveau :"),
        adresses.pour_s_inscrire(courrier.seance, inscription.langue),
    ]


# --- The date itself ---


def _motif(motif: str) -> str:
    return _("Pourquoi : %(motif)s") % {"motif": motif} if motif else ""


def _date_annulee(courrier: Courrier, inscription: Inscription, motif: str = "") -> Lettre:
    return _("Une rencontre est annulée"), [
        _("Cette rencontre n’aura pas lieu :"),
        courrier.rencontre(inscription.langue),
        _motif(motif),
        _("Vous n’avez rien à faire. Ne venez pas."),
        courrier.page(inscription.langue),
    ]


def _date_reportee(courrier: Courrier, inscription: Inscription, motif: str = "") -> Lettre:
    return _("Une rencontre est reportée"), [
        _("Cette rencontre n’aura pas lieu à la date prévue :"),
        courrier.rencontre(inscription.langue),
        _motif(motif),
        _("Nous vous écrirons quand la nouvelle date sera connue. Vous restez sur la liste."),
        courrier.page(inscription.langue),
    ]


def _date_retablie(courrier: Courrier, inscription: Inscription) -> Lettre:
    return _("Une rencontre aura bien lieu"), [
        _("Cette rencontre avait été annulée ou reportée. Elle aura bien lieu :"),
        *_selon_la_place(courrier, inscription),
    ]


def _date_changee(courrier: Courrier, inscription: Inscription, change: str = "") -> Lettre:
    return _("Une rencontre change"), [
        _("Quelque chose change pour une rencontre où vous voulez venir : %(change)s.") % {"change": change},
        _("Voici les informations à jour :"),
        *_selon_la_place(courrier, inscription),
    ]


def _rappel(courrier: Courrier, inscription: Inscription, jours: str = "") -> Lettre:
    days = int(jours)
    return _("Votre rencontre approche"), [
        ngettext(
            "Vous avez une place à une rencontre. C’est dans %(jours)s jour :",
            "Vous avez une place à une rencontre. C’est dans %(jours)s jours :",
            days,
        )
        % {"jours": days}
        if days
        else _("Vous avez une place à une rencontre. C’est aujourd’hui :"),
        *_le_jour(courrier, inscription),
        courrier.gerer(inscription),
    ]


def _le_jour(courrier: Courrier, inscription: Inscription) -> list[str]:
    """All that a registered person needs on the day."""
    return [
        courrier.rencontre(inscription.langue),
        courrier.ou(),
        courrier.lien_en_ligne(),
        courrier.page(inscription.langue),
    ]


def _selon_la_place(courrier: Courrier, inscription: Inscription) -> list[str]:
    if inscription.etat == EtatInscription.CONFIRMEE:
        return [
            *_le_jour(courrier, inscription),
            _("Votre place est gardée."),
            courrier.calendrier(inscription),
            courrier.gerer(inscription),
        ]
    return [
        courrier.rencontre(inscription.langue),
        courrier.ou(),
        _("Vous êtes sur la liste d’attente.")
        if inscription.etat == EtatInscription.EN_ATTENTE
        else _("Une place vous est proposée : pensez à répondre."),
        adresses.pour_gerer(inscription),
    ]


LETTRES: dict[str, Callable[..., Lettre]] = {
    "adresse": _adresse,
    "inscrite": _inscrite,
    "attente": _attente,
    "offre": _offre,
    "passee": _passee,
    "annulee": _annulee,
    "date_annulee": _date_annulee,
    "date_reportee": _date_reportee,
    "date_retablie": _date_retablie,
    "date_changee": _date_changee,
    "rappel": _rappel,
}


def debut_en_cle(debut: datetime.datetime) -> str:
    """A start as keys hold it: a date that moves makes new ones."""
    return str(int(debut.timestamp()))
