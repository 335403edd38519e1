"""The roles and their rights, written for people: `manage.py roles` prints them, docs/roles.md keeps them."""

from redaction.permissions import ACTIONS_COLLECTION, ACTIONS_MODELE, ACTIONS_PAGE, OPERATIONS, matrice, table
from redaction.roles import ROLES

INTRODUCTION = """# Les rôles et leurs droits

Écrit par `manage.py roles` ; un test compare cette page à ce que la plateforme applique. Un rôle est un groupe de
l’administration : Paramètres → Utilisateurs → un compte → Rôles. Une personne peut en avoir plusieurs, et chacun ouvre
l’administration. Les comptes, les rôles, les langues et les circuits de relecture sont tenus par les superutilisateurs.

Personne ne publie seul : c’est la dernière approbation qui rend une page publique. Dépublier, restreindre, déplacer ou
supprimer une page publique, ou la corriger en urgence, sont des opérations de la modération : chacune demande un motif.
Qui peut modifier une page peut aussi supprimer ou déplacer son brouillon, tant qu’elle n’a jamais été publique."""

PAGES = """## Les pages

Un droit vaut aussi pour les pages rangées dessous. « Écrire les siennes » : créer des pages, modifier et soumettre
celles que l’on a créées. « Modifier toutes » comprend dire d’une page publique qu’elle est « toujours valable »."""

MODERATION = """## Les opérations de la modération

Elles valent dans toutes les langues. Le motif reste dans l’historique de la page."""

MEDIAS = "## Les images et les documents"
AUTRES = "## Le reste"


def roles_en_texte() -> str:
    """Return the page of documentation, in Markdown."""
    people = [f"| {role.nom} | {', '.join(role.langues) or 'toutes'} | {role.description} |" for role in ROLES]
    parts = [
        INTRODUCTION,
        "\n".join(["| rôle | langues | ce qu’il fait |", "|---|---|---|", *people]),
        PAGES,
        "\n".join(table("rôle", matrice.pages, ACTIONS_PAGE, matrice.sur_page)),
        MODERATION,
        "\n".join(table("rôle", matrice.operations, OPERATIONS, matrice.operations_sur)),
        MEDIAS,
        "\n".join(table("rôle", matrice.collections, ACTIONS_COLLECTION, matrice.sur_collection)),
        AUTRES,
        "\n".join(table("rôle", matrice.modeles, ACTIONS_MODELE, matrice.sur_modele)),
    ]
    return "\n\n".join(parts) + "\n"
