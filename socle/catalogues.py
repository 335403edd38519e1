"""Catalogues of interface strings: extraction, merging, checks and compilation.

French is the source language and has no catalogue. GNU gettext is not needed on any machine: Babel reads the Python
code, Django's own template parser reads the templates, polib writes the files.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import polib
from babel.messages.extract import extract
from babel.messages.plurals import get_plural
from django.conf import settings
from django.template import Context, Engine, Template, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import DebugLexer, Node, Origin, TokenType, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.text import unescape_string_literal
from django.utils.translation import get_language_info, gettext, ngettext, npgettext, override, pgettext, to_locale

PLURAL_FORMS = {
    "fr-simple": (2, "(n > 1)"),
    "en": (2, "(n != 1)"),
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5"),
    "es": (2, "(n != 1)"),
    "pt": (2, "(n != 1)"),
}
PYTHON_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCE_FOLDERS_LEFT_OUT = {"migrations", "tests", "__pycache__"}
MARKED_CONSTANT = re.compile(r"""\b_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}(?!\})|%[sd]")
MARKUP = re.compile(r"</?[a-z]\w*", re.IGNORECASE)

# Any words: what is asked for is the plural rule.
UNE_PHRASE = ("une page", "des pages")

Key = tuple[str, str]


@dataclass
class Message:
    """One marked string of the interface, with the files that use it."""

    context: str
    text: str
    plural: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text


class CatalogueError(Exception):
    """A string is marked in a way no catalogue can hold."""


def plural_forms(language: str) -> tuple[int, str]:
    """Return how many plural forms a language has and the rule that chooses one.

    Ours where libraries differ from what the catalogues already hold; Babel's for any language added to the settings.
    """
    if language in PLURAL_FORMS:
        return PLURAL_FORMS[language]
    known = get_plural(to_locale(language).partition("_")[0])
    return known.num_plurals, known.plural_expr


def translated_languages() -> list[str]:
    """Return the codes of the languages that have a catalogue: every one but the source."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue_path(language: str, root: Path | None = None) -> Path:
    """Return the place of the `.po` file of `language`."""
    return (root or Path(settings.LOCALE_PATHS[0])) / to_locale(language) / "LC_MESSAGES" / "django.po"


# --- Extraction ---


def extract_messages(root: Path, template_dirs: Iterable[Path], python_dirs: Iterable[Path]) -> dict[Key, Message]:
    """Return every string marked for translation, with file names relative to `root`."""
    messages: dict[Key, Message] = {}
    engine = cast("DjangoTemplates", engines["django"]).engine
    templates = [path for folder in template_dirs for kind in ("*.html", "*.txt") for path in files(folder, kind)]
    modules = [path for folder in python_dirs for path in files(folder, "*.py")]
    for path in templates + modules:
        for message in messages_of_python(path) if path.suffix == ".py" else messages_of_template(path, engine):
            known = messages.setdefault(message.key, message)
            if message.plural and known.plural and known.plural != message.plural:
                raise CatalogueError(f"{path}: “{message.text}” has two plurals.")
            known.plural = known.plural or message.plural
            known.files.add(path.relative_to(root).as_posix())
    return messages


def files(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield the source files of a folder, in a stable order."""
    for path in sorted(folder.rglob(pattern)):
        if not SOURCE_FOLDERS_LEFT_OUT.intersection(path.relative_to(folder).parts):
            yield path


def messages_of_python(path: Path) -> Iterator[Message]:
    """Yield the strings passed to gettext functions in a Python file."""
    with path.open("rb") as source:
        for _line, texts, _comments, context in extract("python", source, keywords=PYTHON_KEYWORDS):
            singular, plural = texts if isinstance(texts, tuple) else (texts, "")
            yield Message(context or "", singular, plural or "")


def messages_of_template(path: Path, engine: Engine) -> Iterator[Message]:
    """Yield the strings marked in a template, in its tags and in its variables."""
    source = path.read_text(encoding="utf-8")
    template = Template(source, Origin(str(path)), path.name, engine)
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            yield from _messages_of_translate(node)
        elif isinstance(node, BlockTranslateNode):
            yield _message_of_blocktranslate(node)
    yield from _marked_constants(source)


def _messages_of_translate(node: TranslateNode) -> Iterator[Message]:
    variable = node.filter_expression.var
    if isinstance(variable, Variable) and isinstance(variable.literal, str):
        # Django looks the string up with its percent signs doubled.
        yield Message(_context(node), variable.literal.replace("%", "%%"))


def _message_of_blocktranslate(node: BlockTranslateNode) -> Message:
    singular, _names = node.render_token_list(node.singular)
    plural, _names = node.render_token_list(node.plural) if node.plural else ("", [])
    return Message(_context(node), singular, plural)


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    if node.message_context is None:
        return ""
    return str(node.message_context.resolve(Context()))


def _marked_constants(source: str) -> Iterator[Message]:
    """Yield the `_("…")` of tags and variables, leaving comments and verbatim text alone."""
    in_comment = False
    for token in DebugLexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0] if token.contents else ""
            if name == "comment":
                in_comment = True
            elif name == "endcomment":
                in_comment = False
        if in_comment or token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        for literal in MARKED_CONSTANT.findall(token.contents):
            yield Message("", unescape_string_literal(literal).replace("%", "%%"))


# --- Merging ---


def read_catalogue(path: Path) -> polib.POFile:
    """Read a `.po` file; one that does not exist yet is empty."""
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def merge(language: str, messages: dict[Key, Message], existing: polib.POFile) -> polib.POFile:
    """Return the catalogue of `language` for `messages`, keeping the translations it already has.

    Easy-to-read French falls back to French, so its catalogue holds only what differs.
    """
    forms, plural_rule = plural_forms(language)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "partenariat-en-sante-idf",
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={forms}; plural={plural_rule};",
    }
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in existing if not entry.obsolete}
    for message in sorted(
        messages.values(), key=lambda message: (message.text.casefold(), message.text, message.context)
    ):
        entry = polib.POEntry(
            msgctxt=message.context or None,
            msgid=message.text,
            occurrences=[(name, "") for name in sorted(message.files)],
        )
        if "%(" in message.text:
            entry.flags.append("python-format")
        _take_translation(entry, message, known.get(message.key), forms)
        if entry.translated() or not is_partial(language):
            catalogue.append(entry)
    return catalogue


def _take_translation(entry: polib.POEntry, message: Message, old: polib.POEntry | None, forms: int) -> None:
    if message.plural:
        entry.msgid_plural = message.plural
        previous = old.msgstr_plural if old is not None else {}
        entry.msgstr_plural = {index: previous.get(index, "") for index in range(forms)}
    elif old is not None:
        entry.msgstr = old.msgstr
    if old is not None:
        entry.tcomment = old.tcomment


def is_partial(language: str) -> bool:
    """Tell whether the catalogue may leave strings out, because its language falls back to the source."""
    return language.partition("-")[0] == settings.LANGUAGE_CODE


# --- Checks ---


def problems(catalogue: polib.POFile, language: str) -> list[str]:
    """Return what is wrong in a merged catalogue: missing, fuzzy, or unlike its source in placeholders or markup."""
    found = plural_problems(catalogue, language)
    for entry in catalogue:
        label = f"{language}: “{entry.msgid}”"
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            found.append(f"{label} is fuzzy")
        if not all(texts):
            found.append(f"{label} is not translated")
            continue
        if is_partial(language) and texts in ([entry.msgid], [entry.msgid, entry.msgid_plural]):
            found.append(f"{label} says the same as its source, to which its language falls back")
        sources = [text for text in (entry.msgid, entry.msgid_plural) if text]
        if any(not _same_parts(sources, text) for text in texts):
            found.append(f"{label} has other placeholders or markup than its source")
    return found


def plural_problems(catalogue: polib.POFile, language: str) -> list[str]:
    """Return what would make every page of the language fail: a rule that is invalid, or chooses a form that is not."""
    forms, _rule = plural_forms(language)
    try:
        translations = GNUTranslations(BytesIO(catalogue.to_binary()))
        choose: Any = translations.plural  # type: ignore[attr-defined]  # set by the header of the catalogue
        chosen = {choose(number) for number in range(1000)}
    except (ValueError, KeyError, AttributeError) as error:
        return [f"{language}: the plural rule is invalid ({error})"]
    return [] if chosen <= set(range(forms)) else [f"{language}: the plural rule chooses a form that does not exist"]


def inactive_languages() -> list[str]:
    """Return the languages of the settings that cannot be activated: unknown to Django, or with a broken catalogue."""
    found = []
    for language, _name in settings.LANGUAGES:
        try:
            get_language_info(language)
            with override(language):
                for number in (0, 1, 2, 5, 11, 100):
                    ngettext(*UNE_PHRASE, number)
        except (KeyError, ValueError, OSError) as error:
            found.append(f"{language} cannot be activated: {error}")
    return found


def _same_parts(sources: list[str], text: str) -> bool:
    """Compare placeholders and tags. A plural form may say its number in words, so it may leave placeholders out."""
    expected = [_placeholders(source) for source in sources]
    present = _placeholders(text)
    same_placeholders = present <= set().union(*expected) if len(sources) > 1 else present == expected[0]
    return same_placeholders and any(
        sorted(MARKUP.findall(source)) == sorted(MARKUP.findall(text)) for source in sources
    )


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def hijacked(messages: dict[Key, Message]) -> list[str]:
    """Return the source strings that the catalogue of some library changes in French.

    A French word that is also an English one (“Location”) would be translated as if it were English.
    """
    with override(settings.LANGUAGE_CODE):
        return [
            f"“{message.text}” is shown as “{shown}” in French: give it a context"
            for message in messages.values()
            if (shown := _in_current_language(message)) != message.text
        ]


def _in_current_language(message: Message) -> str:
    if message.plural and message.context:
        return npgettext(message.context, message.text, message.plural, 1)
    if message.plural:
        return ngettext(message.text, message.plural, 1)
    return pgettext(message.context, message.text) if message.context else gettext(message.text)


# --- Compilation ---


def compile_catalogue(path: Path) -> bool:
    """Write the `.mo` file beside a `.po` file; return whether it changed."""
    target = path.with_suffix(".mo")
    binary = read_catalogue(path).to_binary()
    if target.exists() and target.read_bytes() == binary:
        return False
    # Another process may be reading the old file, or writing the same one.
    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(binary)
    temporary.replace(target)
    return True
