"""Placeholder."""

import unicodedata


def cle_de(texte: str) -> str:
    decomposed = unicodedata.normalize("NFKD", texte.replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def formes_regulieres(texte: str, langue: str) -> frozenset[str]:
    return frozenset()


class Nom:
    def __init__(self, *args, **kwargs):
        pass


class Reperage:
    def __init__(self, *args):
        pass


class Relie:
    html = ""
    termes = ()


def relier(html, *args, **kwargs):
    found = Relie()
    found.html = html
    return found


relier_texte = relier
