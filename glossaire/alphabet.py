"""The order of a dictionary, and the letter under which each word stands."""

from socle.collation import sort_key

AUTRES = "#"
ARTICLE = "ال"
# Words that begin like the article and have none: engagement, inflammation, request, joining, meeting, confusion.
SANS_ARTICLE = ("التزام", "التهاب", "التماس", "التحاق", "التقاء", "التباس")


def cle_de_tri(titre: str, langue: str) -> str:
    """Return what the words of a language are sorted by: in Arabic, the article counts for nothing."""
    if langue == "ar" and titre.startswith(ARTICLE) and not titre.startswith(SANS_ARTICLE) and len(titre) > 4:
        titre = titre.removeprefix(ARTICLE)
    return sort_key(titre)


def lettre_de(cle: str) -> str:
    """Return the letter of a sorting key, a capital where the script has them; `AUTRES` for digits and signs."""
    premiere = cle[:1].upper()
    return premiere if premiere.isalpha() else AUTRES
