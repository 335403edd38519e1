"""Validators of values typed by editors."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

_absolute = URLValidator(schemes=["http", "https"], message="Cette adresse web n’est pas valide.")
_email = EmailValidator(message="Cette adresse e-mail n’est pas valide.")


def validate_link(value: str) -> None:
    """Accept an http(s) address, a path of this site, an anchor, a mailto: or a tel: link; refuse any other scheme."""
    # Browsers drop tabs and line ends: "/<tab>/example.org" would leave the site.
    if any(char.isspace() or not char.isprintable() for char in value.replace(" ", "")):
        raise ValidationError("Cette adresse contient un caractère interdit.")
    if value.startswith("#") and len(value) > 1:
        return
    if value.startswith("/") and not value.startswith(("//", "/\\")):
        return
    scheme = urlsplit(value).scheme.lower()
    if scheme == "mailto":
        _email(value.partition(":")[2].partition("?")[0])
    elif scheme == "tel":
        if not value[4:].strip("+").replace(" ", "").isdigit():
            raise ValidationError("Ce numéro de téléphone n’est pas valide.")
    else:
        _absolute(value)
