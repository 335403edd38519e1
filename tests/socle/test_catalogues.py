"""Extraction, merging and checks of the catalogues, on small sources made here."""

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from socle import catalogues
from socle.catalogues import Message, extract_messages, hijacked, inactive_languages, merge, plural_forms, problems

TEMPLATE = """{% load i18n %}
{# {% translate "Commentaire" %} #}
{% comment %}{{ _("Caché") }}{% endcomment %}
{% translate "Un accueil" %}
{% translate "L'agenda à 100 %" as titre %}
{% translate "Mai" context "mois" %}
{% if x %}{% for y in z %}
  {% blocktranslate trimmed with nom=y.nom %}
    Bonjour
    {{ nom }}
  {% endblocktranslate %}
{% endfor %}{% endif %}
{% blocktranslate count n=z|length asvar phrase %}{{ n }} fiche{% plural %}{{ n }} fiches{% endblocktranslate %}
{% include "autre.html" with titre=_("Passé en paramètre") %}
{{ valeur|default:_("Par défaut") }}
{% translate variable %}
"""
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
titre = _("Nom")
mois = pgettext("mois", "Mars")
def compte(n): return ngettext("%(n)s jour", "%(n)s jours", n) % {"n": n}
libre = "Jamais traduit"
"""


@pytest.fixture
def messages(tmp_path: Path) -> dict[tuple[str, str], Message]:
    (tmp_path / "templates").mkdir()
    (tmp_path / "code").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "code" / "forms.py").write_text(MODULE, encoding="utf-8")
    return extract_messages(tmp_path, [tmp_path / "templates"], [tmp_path / "code"])


def test_every_way_of_marking_a_string_is_found_and_nothing_else(messages: dict[tuple[str, str], Message]) -> None:
    assert set(messages) == {
        ("", "Un accueil"),
        ("", "L'agenda à 100 %%"),
        ("mois", "Mai"),
        ("", "Bonjour %(nom)s"),
        ("", "%(n)s fiche"),
        ("", "Passé en paramètre"),
        ("", "Par défaut"),
        ("", "Nom"),
        ("mois", "Mars"),
        ("", "%(n)s jour"),
    }
    assert messages["", "%(n)s fiche"].plural == "%(n)s fiches"
    assert messages["", "%(n)s jour"].files == {"code/forms.py"}


def test_merging_keeps_translations_drops_the_rest_and_is_stable(messages: dict[tuple[str, str], Message]) -> None:
    existing = polib.POFile()
    existing.append(polib.POEntry(msgid="Nom", msgstr="Name"))
    existing.append(polib.POEntry(msgid="Mai", msgctxt="mois", msgstr="May"))
    existing.append(polib.POEntry(msgid="Disparu", msgstr="Gone"))
    merged = merge("en", messages, existing)
    translations = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in merged}
    assert translations[None, "Nom"] == "Name"
    assert translations["mois", "Mai"] == "May"
    assert (None, "Disparu") not in translations
    assert len(merged) == len(messages)
    assert str(merge("en", messages, merged)) == str(merged)
    assert "forms.py:" not in str(merged), "line numbers would change the file at every edit"


def test_arabic_has_six_forms_and_easy_french_holds_only_what_differs(
    messages: dict[tuple[str, str], Message],
) -> None:
    arabic = merge("ar", messages, polib.POFile())
    assert len(arabic.find("%(n)s fiche").msgstr_plural) == 6
    existing = polib.POFile()
    existing.append(polib.POEntry(msgid="Nom", msgstr="Votre nom"))
    easy = merge("fr-simple", messages, existing)
    assert [entry.msgid for entry in easy] == ["Nom"]
    assert problems(easy, "fr-simple") == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (polib.POEntry(msgid="Nom"), "not translated"),
        (polib.POEntry(msgid="Nom", msgstr="Name", flags=["fuzzy"]), "fuzzy"),
        (polib.POEntry(msgid="Bonjour %(nom)s", msgstr="Hello"), "placeholders"),
        (polib.POEntry(msgid="Bonjour %(nom)s", msgstr="Hello %(name)s"), "placeholders"),
        (polib.POEntry(msgid="<b>Nom</b>", msgstr="Name"), "markup"),
        (polib.POEntry(msgid="%(n)s x", msgid_plural="%(n)s y", msgstr_plural={0: "a", 1: ""}), "not translated"),
        (polib.POEntry(msgid="%(n)s x", msgid_plural="%(n)s y", msgstr_plural={0: "a", 1: "%(m)s"}), "placeholders"),
    ],
)
def test_what_is_wrong_in_a_catalogue_is_named(entry: polib.POEntry, problem: str) -> None:
    catalogue = polib.POFile()
    catalogue.append(entry)
    assert [problem in found for found in problems(catalogue, "en")] == [True]


def test_a_broken_plural_rule_is_found_before_every_page_fails() -> None:
    for rule in ("nplurals=2; plural=(n > 1", "nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n % 5;"):
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": rule}
        assert ["plural rule" in found for found in problems(catalogue, "en")] == [True], rule


def test_easy_french_says_something_easier_or_nothing() -> None:
    catalogue = merge("fr-simple", {}, polib.POFile())
    catalogue.append(polib.POEntry(msgid="Rechercher", msgstr="Rechercher"))
    catalogue.append(polib.POEntry(msgid="Naviguer", msgstr="Chercher"))
    assert ["says the same" in found for found in problems(catalogue, "fr-simple")] == [True]


def test_every_language_activates(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inactive_languages() == []
    monkeypatch.setattr(settings, "LANGUAGES", [*settings.LANGUAGES, ("xx", "Inconnue")])
    assert ["xx cannot be activated" in found for found in inactive_languages()] == [True]


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("ar", 6), ("tr", 1), ("uk", 3), ("zh-hans", 1), ("ro", 3)])
def test_a_new_language_brings_its_plural_rule(language: str, forms: int) -> None:
    number, rule = plural_forms(language)
    assert number == forms
    catalogue = merge(language, {("", "a"): Message("", "a", "b")}, polib.POFile())
    assert len(catalogue[0].msgstr_plural) == forms
    assert rule in catalogue.metadata["Plural-Forms"]
    assert "plural rule" not in "".join(problems(catalogue, language))


def test_a_plural_form_may_say_its_number_in_words() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="%(n)s x", msgid_plural="%(n)s y", msgstr_plural={0: "one", 1: "%(n)s"}))
    assert problems(catalogue, "en") == []


def test_a_french_word_that_a_library_translates_as_english_is_reported() -> None:
    assert hijacked({("", "Fiche pratique"): Message("", "Fiche pratique")}) == []
    # Django's own French catalogue turns the English “Monday” into “lundi”.
    assert hijacked({("", "Monday"): Message("", "Monday")}) == [
        "“Monday” is shown as “lundi” in French: give it a context"
    ]


def test_compilation_writes_what_django_reads_and_only_when_it_changes(tmp_path: Path) -> None:
    path = catalogues.catalogue_path("en", tmp_path)
    path.parent.mkdir(parents=True)
    merged = merge("en", {("", "Nom"): Message("", "Nom")}, polib.POFile())
    merged[0].msgstr = "Name"
    path.write_text(f"{merged}\n", encoding="utf-8")
    assert catalogues.compile_catalogue(path) is True
    assert catalogues.compile_catalogue(path) is False
    assert polib.mofile(str(path.with_suffix(".mo"))).find("Nom").msgstr == "Name"


def test_the_catalogues_of_the_project_are_up_to_date_and_complete() -> None:
    try:
        call_command("messages", check=True)
    except CommandError as error:
        pytest.fail(str(error), pytrace=False)


def test_a_missing_easy_french_string_falls_back_to_french() -> None:
    with override("fr-simple"):
        assert gettext("Une phrase que personne n’a traduite") == "Une phrase que personne n’a traduite"
