"""What the admin says to each role on its first screen, and where to start."""

from typing import Any

from django.urls import reverse

from redaction import roles
from redaction.bureau import Bouton, register_bouton
from redaction.menus import roles_de
from redaction.queries import bureau
from redaction.roles import Role

TRADUIRE = (
    "Vous traduisez les pages dans votre langue, passage par passage, à côté du français. Quand tout est traduit, "
    "choisissez « Soumettre à la relecture » : une autre personne de votre langue relit, puis la page est publique."
)
RELIRE_UNE_TRADUCTION = (
    "Vous relisez les traductions dans votre langue, à côté du français. Approuvez, et la page est publique ; ou "
    "commentez les passages et demandez des modifications."
)
BIENVENUE: dict[Role, str] = {
    roles.CONTRIBUTION: (
        "Vous écrivez des fiches. Enregistrez autant de brouillons que vous voulez, puis choisissez « Envoyer en "
        "relecture » : un usager partenaire et un professionnel la relisent, puis la modération la publie. Rien n’est "
        "public avant."
    ),
    roles.REDACTION: (
        "Vous écrivez et modifiez toutes les pages françaises, et vous les envoyez en relecture. Une modification "
        "pendant la relecture la fait recommencer."
    ),
    roles.REGARD_USAGER: (
        "Vous relisez ce que d’autres ont écrit, du côté des usagers. Lisez l’aperçu, puis approuvez ou dites ce qui "
        "est à modifier."
    ),
    roles.REGARD_PROFESSIONNEL: (
        "Vous relisez ce que d’autres ont écrit, du côté des professionnels. Lisez l’aperçu, puis approuvez ou dites "
        "ce qui est à modifier."
    ),
    roles.MODERATION: (
        "Vous validez les pages que les deux côtés ont approuvées : elles deviennent publiques. Vous veillez aussi à "
        "ce que rien n’attende trop longtemps."
    ),
    **dict.fromkeys(roles.TRADUCTIONS, TRADUIRE),
    **dict.fromkeys(roles.RELECTURES_TRADUCTION, RELIRE_UNE_TRADUCTION),
    roles.REDACTION_FALC: (
        "Vous écrivez en français facile à lire et à comprendre : phrases courtes, mots de tous les jours, une idée "
        "à la fois. Le groupe de relecture lit la page, puis la modération la publie."
    ),
    roles.RELECTURE_FALC: (
        "Vous relisez les pages en français facile, et vous dites ce qui reste difficile. Quand tout est compris, la "
        "lecture est enregistrée."
    ),
    roles.ANIMATION: (
        "Vous annoncez les rencontres et vous suivez les inscriptions. Une date, un lieu ou une annulation se change "
        "dans l’agenda, tout de suite et dans toutes les langues ; le texte d’une page passe par la relecture."
    ),
    roles.OUTILTHEQUE: "Vous prêtez les outils et vous enregistrez les retours.",
    roles.ADMINISTRATION: "Vous tenez les vocabulaires, les menus, les redirections et les réglages du site.",
}


def presentations(user: Any) -> list[tuple[Role, str]]:
    """Return what each role of a person does."""
    return [(role, BIENVENUE[role]) for role in roles_de(user)]


def _attend(user: Any) -> str:
    return reverse("bureau_section", args=["attend"]) if bureau.relit(user) else ""


def _envois(user: Any) -> str:
    return reverse("bureau_section", args=["envois"]) if bureau.ecrit(user) else ""


register_bouton(Bouton("Voir ce qui m’attend", "clipboard-list", 10, _attend))
register_bouton(Bouton("Voir mes envois", "upload", 30, _envois))
