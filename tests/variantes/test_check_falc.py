"""`manage.py check_falc`: pages and files, what it says and how it ends."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import InformationPageFactory, accueil, blocs
from variantes import mots_expliques
from variantes.falc import REGLES
from variantes.models import ControleFalc
from variantes.queries import cibles_falc

pytestmark = pytest.mark.django_db

FALC = "fr-simple"


def lancer(*args: str, **options: Any) -> tuple[str, int]:
    """Return what the command says and its exit code."""
    out = io.StringIO()
    try:
        call_command("check_falc", *args, stdout=out, no_color=True, **options)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def page(*phrases: str, **values: Any) -> Any:
    return InformationPageFactory(
        parent=accueil(FALC), resume="Vous lisez une page facile.", texte_falc=[blocs.lignes(*phrases)], **values
    )


def test_a_file_is_checked_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "texte.md"
    path.write_text("# Venir\n\nAppelez la MDPH.\n", encoding="utf-8")
    said, code = lancer(str(path))
    assert code == 1
    assert "ligne 3 · erreur · règle 8 · Sigle : « MDPH »" in said
    assert f"      {REGLES['sigle'].pourquoi}" in said
    assert "1 erreur, 0 point d’attention, 0 remarque" in said


@pytest.mark.parametrize(("name", "text"), [("a.txt", "Venez."), ("a.html", "<p>Venez.</p>"), ("a.md", "\ufeffVenez.")])
def test_a_good_file_ends_well(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert lancer(str(path))[1] == 0


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Appelez la CAF.\n"))
    said, code = lancer("-")
    assert (code, "« CAF »" in said) == (1, True)


def test_json(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Appelez la CAF.\nLe 12/05/2026.", encoding="utf-8")
    said, code = lancer(str(path), json=True)
    answer = json.loads(said)
    assert code == 1
    assert answer["total"] == {"erreur": 1, "attention": 1, "info": 0}
    [sigle, date] = answer["textes"][0]["constats"]
    assert (sigle["regle"], sigle["numero"], sigle["ligne"], sigle["extrait"]) == ("sigle", 8, 1, "CAF")
    assert date["exemple"] == "Écrivez : mardi 12 mai 2026"
    only = json.loads(lancer(str(path), json=True, level="erreur")[0])
    assert [each["regle"] for each in only["textes"][0]["constats"]] == ["sigle"]


def test_all_pages_in_falc_that_readers_see() -> None:
    live, draft = page("Appelez la CAF.", title="Vue"), page("Appelez la MDPH.", title="Cachée", live=False)
    InformationPageFactory(title="Ordinaire", corps=[blocs.texte("<p>La CPAM.</p>")])
    said, code = lancer()
    assert code == 1
    assert f"Page {live.pk} « Vue »" in said
    assert "CPAM" not in said
    assert "Cachée" not in said
    said, _code = lancer(drafts=True)
    assert f"Page {draft.pk} « Cachée » (brouillon)" in said


def test_a_draft_is_read_in_its_newest_text() -> None:
    made = page("Venez.", title="Venir")
    made.texte_falc = [("lignes", {"pictogramme": None, "texte": "<p>Appelez la CAF.</p>"})]
    made.save_revision()
    assert lancer(str(made.pk))[1] == 0
    assert lancer(str(made.pk), drafts=True)[1] == 1


def test_a_page_by_its_slug_or_its_address() -> None:
    made = page("Venez.", title="Venir", slug="venir")
    InformationPageFactory(title="Venir", slug="venir")
    for cible in ("venir", made.url, f"/{FALC}/venir/"):
        assert f"Page {made.pk} " in lancer(cible)[0]


@pytest.mark.parametrize("cible", ["999999", "99999999999999", "nulle-part", "/fr/nulle/part/", "²"])
def test_what_is_nowhere(cible: str) -> None:
    with pytest.raises(CommandError, match="n’est ni une page ni un fichier") as refused:
        lancer(cible)
    assert refused.value.returncode == 2


def test_stored_counts_are_counted_again_after_a_change_of_the_rules() -> None:
    checked, draft = page("Appelez la CAF.", title="Vue"), page("Venez.", title="En cours")
    draft.texte_falc = [("lignes", {"pictogramme": None, "texte": "<p>Appelez la MDPH.</p>"})]
    draft.save_revision()
    InformationPageFactory(title="Ordinaire", corps=[blocs.texte("<p>La CPAM.</p>")])
    ControleFalc.objects.all().delete()
    ControleFalc.objects.create(page=checked, erreurs=7, attentions=7, informations=7)
    said, code = lancer(recount=True)
    # The home page is one of them.
    assert (said, code) == ("3 pages en FALC recomptées.\n", 0)
    # Those of the newest text, that whoever writes sees.
    assert dict(ControleFalc.objects.values_list("page__title", "erreurs")) == {
        accueil(FALC).title: 0,
        "Vue": 1,
        "En cours": 1,
    }
    assert ControleFalc.objects.get(page=checked).attentions < 7


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "latin.txt").write_bytes("été".encode("latin-1"))
    (tmp_path / "image.png").write_bytes(b"x")
    (tmp_path / "gros.txt").write_text("Venez. " * 10)
    monkeypatch.setattr(cibles_falc, "TAILLE_AU_PLUS", 20)
    for name, message in [
        ("latin.txt", "UTF-8"),
        ("image.png", "seuls les fichiers"),
        ("absent.txt", "ne peut pas être lu"),
        (".", "est un dossier"),
        ("gros.txt", "trop gros"),
    ]:
        with pytest.raises(CommandError, match=message):
            lancer(str(tmp_path / name))


def test_two_pages_of_one_name() -> None:
    for _each in range(2):
        InformationPageFactory(parent=InformationPageFactory(), slug="double")
    with pytest.raises(CommandError, match="Plusieurs pages"):
        lancer("double")


class Connus:
    def explique(self, mot: str) -> bool:
        return mot == "CAF"


def test_words_that_the_site_explains_are_asked_of_those_who_registered() -> None:
    made = page("Appelez la CAF.", title="Venir")

    def fournisseur(locale: Any) -> Connus:
        assert locale.language_code == FALC
        return Connus()

    mots_expliques.enregistrer(fournisseur)
    mots_expliques.enregistrer(fournisseur)
    try:
        assert lancer(str(made.pk))[1] == 0
    finally:
        mots_expliques.retirer(fournisseur)
    assert lancer(str(made.pk))[1] == 1
