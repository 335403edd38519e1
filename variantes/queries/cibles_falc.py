"""What a person asks to check: pages by number, address or slug, or files; and the lines of each."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.db import DatabaseError
from wagtail.models import Locale, Page

from variantes.falc import AUCUN, Constat, Controle, Ligne, MotsExpliques
from variantes.falc.lecture import lire_html, lire_markdown, lire_texte
from variantes.mots_expliques import mots_expliques
from variantes.queries.lignes_falc import lignes_de

LECTEURS: dict[str, Callable[[str], list[Ligne]]] = {
    ".txt": lire_texte,
    ".md": lire_markdown,
    ".markdown": lire_markdown,
    ".html": lire_html,
    ".htm": lire_html,
}
TAILLE_AU_PLUS = 5_000_000


class CibleError(Exception):
    """What was asked cannot be checked; its text says why."""


@dataclass(frozen=True)
class Controlee:
    """One page or file, and what was found in it."""

    nom: str
    adresse: str
    lignes: Sequence[Ligne]
    constats: list[Constat]


def controler(cibles: Sequence[str], *, brouillons: bool = False, entree: TextIO | None = None) -> Iterator[Controlee]:
    """Check each of these pages and files; without any, every page in FALC."""
    if not cibles:
        yield from (_page(page, brouillons=brouillons) for page in pages_en_falc(brouillons=brouillons))
    for cible in cibles:
        if cible == "-":
            yield _lignes("entrée standard", "-", lire_texte((entree or sys.stdin).read()))
        elif cible.isdecimal() or not _designe_un_fichier(cible):
            yield _page(_trouver(cible), brouillons=brouillons)
        else:
            yield _fichier(Path(cible))


def pages_en_falc(*, brouillons: bool = False) -> Iterator[Page]:
    """Return the pages in FALC that readers see, or all of them; copies made by the translation tools are not ours."""
    pages = Page.objects.filter(locale__language_code=settings.FALC_LANGUAGE_CODE, depth__gt=1, alias_of=None)
    if not brouillons:
        pages = pages.live()
    yield from pages.order_by("path").select_related("locale").specific()


def _designe_un_fichier(cible: str) -> bool:
    return Path(cible).suffix.lower() in LECTEURS or Path(cible).exists()


def _trouver(cible: str) -> Page:
    pages = Page.objects.filter(depth__gt=1).select_related("locale")
    if cible.isdecimal():
        found = list(pages.filter(pk=int(cible))) if len(cible) < 10 else []
    elif "/" in cible.strip("/"):
        found = [page for page in pages.filter(slug=cible.strip("/").split("/")[-1]) if _mene_a(page, cible)]
    else:
        slug = cible.strip("/")
        found = list(pages.filter(slug=slug))
        easy = [page for page in found if page.locale.language_code == settings.FALC_LANGUAGE_CODE]
        found = easy if len(easy) == 1 else found
    if not found:
        raise CibleError(f"« {cible} » n’est ni une page ni un fichier. Donnez un numéro, une adresse ou un fichier.")
    if len(found) > 1:
        numbers = ", ".join(f"{page.pk} ({page.locale.language_code})" for page in found[:10])
        raise CibleError(f"Plusieurs pages s’appellent « {cible} ». Donnez le numéro de l’une d’elles : {numbers}.")
    return found[0].specific


def _mene_a(page: Page, path: str) -> bool:
    return (page.get_url() or "").strip("/").endswith(path.strip("/")) or page.url_path.strip("/").endswith(
        path.strip("/")
    )


def _page(page: Any, *, brouillons: bool) -> Controlee:
    if brouillons:
        page = page.get_latest_revision_as_object()
    state = "" if page.live and not brouillons else " (brouillon)"
    lines = lignes_de(page)
    found = Controle(mots_expliques(page.locale)).verifier(lines)
    return Controlee(f"Page {page.pk} « {page.title} »{state}", page.get_url() or "", lines, found)


def _fichier(path: Path) -> Controlee:
    reader = LECTEURS.get(path.suffix.lower())
    if path.is_dir():
        raise CibleError(f"{path} est un dossier. Donnez des fichiers.")
    if reader is None:
        raise CibleError(f"{path} : seuls les fichiers {', '.join(LECTEURS)} se lisent.")
    try:
        if path.stat().st_size > TAILLE_AU_PLUS:
            raise CibleError(f"{path} est trop gros : {TAILLE_AU_PLUS // 1_000_000} Mo au plus.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CibleError(f"{path} n’est pas un texte en UTF-8. Enregistrez-le en UTF-8.") from error
    except OSError as error:
        raise CibleError(f"{path} ne peut pas être lu : {error.strerror}.") from error
    return _lignes(str(path), str(path), reader(text))


def _lignes(name: str, address: str, lines: list[Ligne]) -> Controlee:
    return Controlee(name, address, lines, Controle(_du_site()).verifier(lines))


def _du_site() -> MotsExpliques:
    """Return who knows the words explained in FALC; nobody where the site has no such locale."""
    try:
        locale = Locale.objects.filter(language_code=settings.FALC_LANGUAGE_CODE).first()
    except DatabaseError:
        # Files are checked before the database is made, too.
        return AUCUN
    return mots_expliques(locale) if locale else AUCUN
