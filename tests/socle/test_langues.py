"""What is known of a text from its letters."""

import pytest

from socle.langues import sens


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Relisez la ligne 3.", "ltr"),
        ("« إعداد » veut dire préparer.", "ltr"),
        ("هل يمكن تبسيط هذه الجملة؟", "rtl"),
        ("FALC تعني النص السهل القراءة", "rtl"),
        ("12 / 30", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_text_is_written_the_way_most_of_its_letters_are(texte: str, attendu: str) -> None:
    assert sens(texte) == attendu
