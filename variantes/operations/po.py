"""Translations as PO files: for those who work with the tools of translators.

What comes back is read line by line: each is taken, unchanged or refused, with its reason. Reading a file changes
nothing; taking it writes all that was accepted, or nothing.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import polib
from bs4 import BeautifulSoup
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from variantes.langues import nom_de_langue
from variantes.operations.gardes import tenir_cible
from variantes.queries.gardes import peut_modifier

IMPORT = "variantes.import_po"
TAILLE = 2 * 1024 * 1024
ENTREES = 5_000
EXTRAIT = 80
IDENTIFIANT = "X-WagtailLocalize-TranslationID"
OUTIL = "Fichier PO"

# Words between braces or after a percent sign that a program replaces.
JETONS = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\{\{\s*\w+\s*\}\}")


class Verdict(Enum):
    ACCEPTEE = "Prise"
    INCHANGEE = "Inchangée"
    VIDE = "Pas encore traduite"
    IGNOREE = "Ignorée"
    REFUSEE = "Refusée"


@dataclass(frozen=True)
class Ligne:
    """What becomes of one entry of the file. `numero` is its line there."""

    numero: int
    extrait: str
    verdict: Verdict
    raison: str = ""


@dataclass
class Rapport:
    """What becomes of a whole file, line by line."""

    lignes: list[Ligne] = field(default_factory=list)
    applique: bool = False

    def compter(self, verdict: Verdict) -> int:
        return sum(ligne.verdict is verdict for ligne in self.lignes)

    @property
    def prises(self) -> int:
        return self.compter(Verdict.ACCEPTEE)

    @property
    def refusees(self) -> int:
        return self.compter(Verdict.REFUSEE)

    @property
    def comptes(self) -> list[tuple[str, int]]:
        found = Counter(ligne.verdict for ligne in self.lignes)
        return [(verdict.value, found[verdict]) for verdict in Verdict if found[verdict]]


# --- Out ---


def exporter(translation: Translation, user: Any) -> tuple[str, str]:
    """Return a name and the text of the file to translate. What a machine wrote, or holds an error, is marked fuzzy."""
    cible = translation.get_target_instance()
    if not peut_modifier(user, cible):
        raise PermissionDenied
    if not translation.enabled:
        raise ValidationError("Cette version n’est pas traduite phrase par phrase : il n’y a rien à exporter.")
    langue = translation.target_locale.language_code
    po = translation.export_po()
    po.metadata = {
        "Project-Id-Version": " ".join(translation.source.object_repr.split()),
        **po.metadata,
        "Language": langue.replace("-", "_"),
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": translation.source.locale.language_code,
    }
    doubtful = {
        (kept.translation_of.data, kept.context.path)
        for kept in _traductions(translation).values()
        if kept.has_error or kept.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
    }
    for entry in po:
        if not entry.obsolete and (entry.msgid, entry.msgctxt) in doubtful:
            entry.flags.append("fuzzy")
    name = slugify(translation.source.object_repr)[:80].strip("-") or f"traduction-{translation.pk}"
    return f"{name}-{langue}.po", str(po)


# --- In ---


def lire(contenu: bytes, translation: Translation) -> polib.POFile:
    """Return the file that was sent. A `ValidationError` says why it is not one for this translation."""
    if len(contenu) > TAILLE:
        raise ValidationError(f"Ce fichier dépasse {TAILLE // 1024 // 1024} Mo : ce n’est pas celui d’une page.")
    if not contenu.strip():
        raise ValidationError("Ce fichier est vide.")
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("Ce n’est pas un fichier de texte en UTF-8 : enregistrez-le dans ce codage.") from error
    if "\x00" in texte:
        raise ValidationError("Ce fichier contient un caractère interdit : ce n’est pas un fichier PO.")
    po = _analyser(texte)
    if not po.metadata or not len(po):
        raise ValidationError("Ce n’est pas un fichier PO : il n’y a ni en-tête ni phrases.")
    if len(po) > ENTREES:
        raise ValidationError(f"Ce fichier compte plus de {ENTREES} phrases : ce n’est pas celui d’une page.")
    _verifier_entete(po, translation)
    return po


def _analyser(texte: str) -> polib.POFile:
    # polib takes either a path or a text: given the text, it would open a file that the text names.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "envoi.po"
        path.write_text(texte.replace("\r\n", "\n"), encoding="utf-8", newline="\n")
        try:
            return polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, IndexError, KeyError, AttributeError) as error:
            found = re.search(r"line (\d+)", str(error))
            where = f" (ligne {found[1]})" if found else ""
            raise ValidationError(f"Ce n’est pas un fichier PO lisible{where}.") from error


def _verifier_entete(po: polib.POFile, translation: Translation) -> None:
    codage = re.search(r"charset=([\w-]+)", po.metadata.get("Content-Type", ""), re.IGNORECASE)
    if codage and codage[1].lower().replace("-", "") not in {"utf8", "charset"}:
        raise ValidationError(f"L’en-tête annonce le codage {codage[1]} : enregistrez le fichier en UTF-8.")
    identifiant = po.metadata.get(IDENTIFIANT, "").strip()
    if not identifiant:
        raise ValidationError(
            "L’en-tête ne dit pas de quelle traduction il s’agit : partez d’un fichier exporté d’ici."
        )
    if identifiant != str(translation.uuid):
        raise ValidationError("Ce fichier est celui d’une autre page, ou d’une autre langue.")
    langue = po.metadata.get("Language", "").strip().replace("_", "-").lower()
    attendue = translation.target_locale.language_code.lower()
    if langue and langue != attendue and langue.split("-")[0] != attendue.split("-")[0]:
        raise ValidationError(
            f"L’en-tête annonce la langue « {langue} », et cette traduction est en {nom_de_langue(attendue)}."
        )


def examiner(contenu: bytes, translation: Translation, user: Any) -> Rapport:
    """Say what taking a file would do, line by line, without doing it."""
    with transaction.atomic():
        tenir_cible(translation, user)
        return Rapport([ligne for ligne, _write in _juger(lire(contenu, translation), translation)])


@transaction.atomic
def importer(contenu: bytes, translation: Translation, user: Any) -> Rapport:
    """Take what is right in a file as translated by this person, and say what became of each line."""
    cible = tenir_cible(translation, user)
    rapport = Rapport(applique=True)
    for ligne, write in _juger(lire(contenu, translation), translation):
        if write is not None:
            segment, texte = write
            kept, _created = StringTranslation.objects.get_or_create(
                translation_of_id=segment.string_id,
                locale=translation.target_locale,
                context_id=segment.context_id,
                defaults={"data": texte, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
            kept.data = texte
            kept.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
            kept.tool_name = OUTIL
            kept.last_translated_by = user
            kept.has_error, kept.field_error = False, ""
            kept.save()
        rapport.lignes.append(ligne)
    if rapport.prises and isinstance(cible, Page):
        log(instance=cible, action=IMPORT, user=user, data={"prises": rapport.prises, "refusees": rapport.refusees})
    return rapport


Ecriture = tuple[StringSegment, str]


def _juger(po: polib.POFile, translation: Translation) -> Iterator[tuple[Ligne, Ecriture | None]]:
    """Yield what becomes of each entry, in the order of the file, and what to write for those that are taken."""
    segments = {
        (segment.string.data, segment.context.path): segment
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    }
    textes = {msgid for msgid, _path in segments}
    kept = _traductions(translation)
    model = translation.source.specific_content_type.model_class()
    seen: dict[tuple[str, str], int] = {}
    for entry in sorted(po, key=lambda each: int(each.linenum or 0)):
        key = (entry.msgid, entry.msgctxt or "")
        segment = segments.get(key)
        verdict, reason = _verdict(entry, segment, textes, seen.get(key))
        if segment is not None and not entry.obsolete:
            seen.setdefault(key, int(entry.linenum or 0))
        if verdict is Verdict.ACCEPTEE and segment is not None:
            verdict, reason = _comparer(entry.msgstr, kept.get((segment.string_id, segment.context_id)))
            if verdict is Verdict.ACCEPTEE and (wrong := _defaut(entry.msgid, entry.msgstr, key[1], model)):
                verdict, reason = Verdict.REFUSEE, wrong
        ligne = Ligne(int(entry.linenum or 0), _extrait(entry.msgid), verdict, reason)
        yield ligne, (segment, entry.msgstr) if verdict is Verdict.ACCEPTEE and segment is not None else None


def _verdict(
    entry: polib.POEntry, segment: StringSegment | None, textes: set[str], before: int | None
) -> tuple[Verdict, str]:
    if entry.obsolete:
        return Verdict.IGNOREE, "Elle n’est plus dans la page."
    if entry.msgid_plural:
        return Verdict.REFUSEE, "Une page n’a pas de pluriels."
    if segment is None:
        if entry.msgid in textes:
            return Verdict.REFUSEE, "Cette phrase n’est pas à cet endroit de la page (msgctxt)."
        return Verdict.REFUSEE, "Cette phrase n’est pas, ou n’est plus, dans la page."
    if before is not None:
        return Verdict.REFUSEE, f"Elle est déjà dans le fichier, ligne {before}."
    if not entry.msgstr.strip():
        return Verdict.VIDE, ""
    if entry.fuzzy:
        return Verdict.REFUSEE, "Elle est marquée « à vérifier » (fuzzy) : relisez-la, puis retirez la marque."
    return Verdict.ACCEPTEE, ""


def _comparer(texte: str, before: StringTranslation | None) -> tuple[Verdict, str]:
    if before is None or before.has_error:
        return Verdict.ACCEPTEE, ""
    if before.data != texte:
        return Verdict.ACCEPTEE, "Remplace une traduction."
    if before.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Verdict.ACCEPTEE, "Proposée par une machine, relue."
    return Verdict.INCHANGEE, ""


def _defaut(source: str, texte: str, path: str, model: type[Any]) -> str:
    """Return what is wrong in a translated text, or nothing."""
    try:
        StringValue.from_translated_html(texte)
        validate_translation_links(source, texte)
    except ValueError:
        return "Des balises ne sont pas permises : gardez celles du français, sans rien y ajouter."
    if (wanted := _balises(source)) != (found := _balises(texte)):
        return f"Les balises ne sont pas celles du français : {_difference(wanted, found)}."
    if (wanted := Counter(JETONS.findall(source))) != (found := Counter(JETONS.findall(texte))):
        return f"Les mots à remplacer ne sont pas ceux du français : {_difference(wanted, found)}."
    return _defaut_de_champ(texte, path, model)


def _defaut_de_champ(texte: str, path: str, model: type[Any]) -> str:
    if "." in path:
        return ""
    try:
        longueur = getattr(model._meta.get_field(path), "max_length", None)
    except FieldDoesNotExist:
        return ""
    plain = StringValue(texte).render_text()
    if longueur and len(plain) > longueur:
        return f"Trop long : {len(plain)} caractères, et {longueur} au plus."
    if path == "slug":
        try:
            validate_slug(plain)
        except ValidationError:
            return "Une adresse n’a que des lettres sans accent, des chiffres et des tirets."
    return ""


def _balises(html: str) -> Counter[str]:
    """Count the tags of a text; `<a id="a1">` stands for one link among others."""
    return Counter(
        f'<{tag.name} id="{tag["id"]}">' if tag.get("id") else f"<{tag.name}>"
        for tag in BeautifulSoup(html, "html.parser").find_all(True)
    )


def _difference(wanted: Counter[str], found: Counter[str]) -> str:
    parts = []
    if missing := wanted - found:
        parts.append(f"il manque {', '.join(sorted(missing))}")
    if extra := found - wanted:
        parts.append(f"{', '.join(sorted(extra))} en trop")
    return " ; ".join(parts)


def _extrait(msgid: str) -> str:
    plain = " ".join(BeautifulSoup(msgid, "html.parser").get_text().split())
    return plain if len(plain) <= EXTRAIT else f"{plain[: EXTRAIT - 1]}…"


def _traductions(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    """Return the translated phrases by string and place."""
    found = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    ).select_related("translation_of", "context")
    return {(kept.translation_of_id, kept.context_id): kept for kept in found}
