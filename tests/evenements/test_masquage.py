"""What stays unsaid in a table of persons cannot be found again from the rest."""

from hypothesis import given
from hypothesis import strategies as st

from evenements.masquage import SEUIL, a_masquer

LIGNES = COLONNES = 3
Tableau = dict[tuple[int, int], int]


def table(numbers: list[int]) -> tuple[Tableau, list[set[tuple[int, int]]]]:
    """Return a table with its margins, in the last row and column, and its sums."""
    cells = {(row, column): numbers[row * COLONNES + column] for row in range(LIGNES) for column in range(COLONNES)}
    for row in range(LIGNES):
        cells[row, COLONNES] = sum(cells[row, column] for column in range(COLONNES))
    for column in range(COLONNES + 1):
        cells[LIGNES, column] = sum(cells[row, column] for row in range(LIGNES))
    sums = [{(row, column) for column in range(COLONNES + 1)} for row in range(LIGNES + 1)]
    return cells, [*sums, *({(row, column) for row in range(LIGNES + 1)} for column in range(COLONNES + 1))]


def test_small_numbers_and_what_would_tell_them() -> None:
    cells = {"a": 3, "b": 12, "c": 20, "total": 35}
    assert a_masquer(cells, [set(cells)]) == {"a", "b"}
    assert a_masquer({"a": 5, "b": 12, "total": 17}, [{"a", "b", "total"}]) == set()
    # Nobody is recognised in nought, and a total of one part is that part.
    assert a_masquer({"a": 3, "b": 0, "total": 3}, [{"a", "b", "total"}]) == {"a", "total"}
    assert a_masquer({"a": 7, "b": 0, "total": 7}, [{"a", "b", "total"}], aussi=["a"]) == {"a", "total"}


@given(st.lists(st.integers(0, 12), min_size=LIGNES * COLONNES, max_size=LIGNES * COLONNES))
def test_no_sum_gives_a_cell_back(numbers: list[int]) -> None:
    cells, sums = table(numbers)
    hidden = a_masquer(cells, sums)
    assert {cle for cle, number in cells.items() if 0 < number < SEUIL} <= hidden
    assert not [relation for relation in sums if len(relation & hidden) == 1]


@given(st.lists(st.integers(SEUIL, 40), min_size=LIGNES * COLONNES, max_size=LIGNES * COLONNES))
def test_nothing_is_hidden_without_a_reason(numbers: list[int]) -> None:
    assert a_masquer(*table(numbers)) == set()
