"""Tables of terms as files: what is read, whatever wrote it, and what is refused with a reason."""

import csv
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from glossaire.fichiers import LIGNES, Valeurs, lire, modele_csv, modele_xlsx
from glossaire.tableau import (
    COLONNES,
    cellule_de_sources,
    couper,
    explication_de,
    joindre,
    paragraphes,
    sans_formule,
    sans_protection,
    sources_lues,
    valeurs,
)

TETE = ["identifiant", "langue", "terme", "definition"]
LIGNE = ["pair-aidance", "fr", "Pair-aidance à l’œuvre", "Une aide ; entre « pairs », et plus."]


def en_csv(*rows: list[str], separateur: str = ";") -> str:
    file = StringIO(newline="")
    csv.writer(file, delimiter=separateur).writerows(rows)
    return file.getvalue()


def en_xlsx(*rows: list[Any], feuilles: int = 1) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    for _rank in range(1, feuilles):
        book.create_sheet().append(["autre chose"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def refus(contenu: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        lire(contenu)
    return " ".join(caught.value.messages)


class TestCsv:
    @pytest.mark.parametrize("separateur", [";", ",", "\t"])
    @pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_any_separator_and_encoding(self, separateur: str, codage: str) -> None:
        (ligne,) = lire(en_csv(TETE, LIGNE, separateur=separateur).encode(codage))
        assert ligne.numero == 2
        assert list(ligne.cellules.values()) == LIGNE
        assert not ligne.defauts

    def test_titles_as_anyone_writes_them(self) -> None:
        (ligne,) = lire(
            en_csv(["Identifiant", " LANGUE ", "Terme", "Définition", "À distinguer"], [*LIGNE, "x"]).encode()
        )
        assert set(ligne.cellules) == {*TETE, "a_distinguer"}

    def test_empty_lines_keep_the_numbers_of_the_others(self) -> None:
        rows = lire(en_csv(TETE, LIGNE, ["", "", "", ""], ["b", "fr", "B", "b"]).encode())
        assert [row.numero for row in rows] == [2, 4]

    def test_paragraphs_in_a_cell(self) -> None:
        (ligne,) = lire(en_csv([*TETE, "explication"], [*LIGNE, "Un.\nDeux."]).encode())
        assert ligne.cellules["explication"] == "Un.\nDeux."

    @pytest.mark.parametrize(
        ("contenu", "said"),
        [
            (b"", "vide"),
            (b"   \n", "vide"),
            (b"a;b\n1;2", "titres de colonnes"),
            (en_csv(TETE).encode(), "rien à importer"),
            (en_csv(TETE[:3], LIGNE[:3]).encode(), "Il manque la colonne « definition »"),
            (en_csv([*TETE, "remarques"], [*LIGNE, ""]).encode(), "« remarques » n’est pas connue"),
            (en_csv([*TETE, "terme"], [*LIGNE, ""]).encode(), "« terme » est deux fois"),
            (en_csv([*TETE[:2], "", *TETE[2:]], LIGNE).encode(), "n’est pas connue"),
            (en_csv(TETE, *([LIGNE] * (LIGNES + 1))).encode(), f"plus de {LIGNES} lignes"),
            (b"identifiant;langue;terme;definition\n\x00\x01\x02;fr;a;b", "pas un tableau"),
            (b"identifiant;langue;terme;definition\n\x81\x8d;fr;a;b", "codage"),
            (b"\xff\xfea", "codage"),
            (b"\xd0\xcf\x11\xe0" + b"x" * 50, "ancien format"),
            (b"%PDF-1.7 identifiant", "titres de colonnes"),
            (b"x" * (5 * 1024 * 1024 + 1), "5 Mo"),
            (b'identifiant;langue;terme;definition\na;fr;"' + b"x" * 200_000 + b";b\n", "ne se lit pas"),
        ],
    )
    def test_what_is_no_table_is_told_why(self, contenu: bytes, said: str) -> None:
        assert said in refus(contenu)

    @pytest.mark.parametrize(
        ("cellule", "said"),
        [("=1+1", "formule"), (" =HYPERLINK(1)", "formule")],
    )
    def test_a_cell_that_is_no_text_is_a_fault_of_its_line(self, cellule: str, said: str) -> None:
        rows = lire(en_csv(TETE, ["a", "fr", cellule, "x"], LIGNE).encode())
        assert said in rows[0].defauts[0]
        assert not rows[1].defauts

    def test_a_line_with_too_many_cells(self) -> None:
        (ligne,) = lire(b"identifiant;langue;terme;definition\na;fr;A;une phrase ; et la suite")
        assert "plus de cases" in ligne.defauts[0]


class TestXlsx:
    def test_cells_of_every_kind(self) -> None:
        rows = lire(en_xlsx(TETE, ["m", "fr", 12, 3.0], ["n", "fr", True, None], [None] * 4, LIGNE, feuilles=3))
        assert rows[0].cellules["terme"] == "12"
        assert rows[0].cellules["definition"] == "3"
        assert rows[1].cellules["definition"] == ""
        assert [row.numero for row in rows] == [2, 3, 5]

    def test_formulas_are_faults(self) -> None:
        rows = lire(en_xlsx(TETE, ["a", "fr", "=1+1", "x"]))
        assert "formule" in rows[0].defauts[0]

    def test_a_far_cell_does_not_read_a_million_lines(self) -> None:
        book = Workbook()
        sheet: Any = book.active
        sheet.append(TETE)
        sheet.append(LIGNE)
        sheet.cell(1_048_576, 1, "loin")
        file = BytesIO()
        book.save(file)
        assert len(lire(file.getvalue())) == 1

    def archive(self, **names: bytes) -> bytes:
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in names.items():
                archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
        return file.getvalue()

    def test_what_is_no_workbook_is_told_why(self) -> None:
        good = en_xlsx(TETE, LIGNE)
        assert "abîmé" in refus(good[: len(good) // 2])
        assert "ni un tableau CSV ni un classeur" in refus(self.archive(mimetype=b"application/pdf"))
        assert "ne se lit pas" in refus(self.archive(**{"[Content_Types]_xml": b"<a/>", "xl__workbook_xml": b"<a"}))

    def test_a_workbook_that_swells(self) -> None:
        bomb = self.archive(**{"[Content_Types]_xml": b"<a/>", "xl__sharedStrings_xml": b" " * (61 * 1024 * 1024)})
        assert len(bomb) < 1_000_000
        assert "trop gros une fois ouvert" in refus(bomb)

    def test_entities_that_swell(self) -> None:
        source = zipfile.ZipFile(BytesIO(en_xlsx(TETE, LIGNE)))
        file = BytesIO()
        entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        with zipfile.ZipFile(file, "w") as archive:
            for name in source.namelist():
                content = source.read(name)
                if name.endswith("sheet1.xml"):
                    content = entity + content.replace(b"Pair", b"&b;")
                archive.writestr(name, content)
        assert "ne se lit pas" in refus(file.getvalue())

    def test_macros_are_refused(self) -> None:
        assert "macros" in refus(self.archive(**{"[Content_Types]_xml": b"<a/>", "xl__vbaProject.bin": b"x"}))


class TestModels:
    def test_both_are_read_back(self) -> None:
        accepted = [Valeurs("nature", {"nom": "nom", "=pirate": "=1+1"})]
        for contenu in (modele_csv(), modele_xlsx(accepted)):
            (ligne,) = lire(contenu)
            assert set(ligne.cellules) == {colonne.nom for colonne in COLONNES}
            assert not ligne.defauts
        book = load_workbook(BytesIO(modele_xlsx(accepted)))
        assert book.sheetnames == ["Termes", "Mode d’emploi", "Valeurs acceptées"]
        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


MOTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=12)


class TestCells:
    @given(st.lists(MOTS, max_size=5, unique=True))
    def test_lists_come_back(self, mots: list[str]) -> None:
        assert valeurs(joindre(mots)) == mots

    @given(st.lists(st.tuples(MOTS, MOTS, st.integers(1800, 2100), MOTS), max_size=4))
    def test_sources_come_back(self, rows: list[tuple[str, str, int, str]]) -> None:
        names = ("titre", "auteur", "annee", "url")
        cell = cellule_de_sources(dict(zip(names, row, strict=True)) for row in rows)
        assert sources_lues(cell) == [[str(part) for part in row] for row in rows]

    @given(st.text(max_size=20))
    def test_protection_comes_off(self, texte: str) -> None:
        protected = sans_formule(texte)
        assert not protected.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert sans_protection(protected) == texte

    def test_cutting(self) -> None:
        assert couper(r"a \| b | c \\ | d", "|") == ["a | b ", r" c \ ", " d"]

    @pytest.mark.parametrize(
        ("html", "textes", "simple"),
        [
            ("", [], True),
            ('<p data-block-key="ab">Un &amp; deux</p><p>Trois</p>', ["Un & deux", "Trois"], True),
            ("<p>Un <b>mot</b></p>", ["Un mot"], False),
            ("<ul><li>a</li><li>b</li></ul>", ["a", "b"], False),
            ("<p>a<br/>b</p>", ["a", "b"], False),
        ],
    )
    def test_paragraphs(self, html: str, textes: list[str], simple: bool) -> None:
        assert paragraphes(html) == (textes, simple)

    def test_an_explanation_of_other_blocks_is_not_plain(self) -> None:
        blocs = [
            {"type": "titre", "value": {"texte": "Un titre", "niveau": "h2"}},
            {"type": "texte", "value": "<p>a</p>"},
        ]
        assert explication_de(blocs) == (["Un titre", "a"], False)
