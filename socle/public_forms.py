"""Forms that any visitor may send, without an account nor a cookie (docs/decisions/0007)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle.rate_limit import allowed

# Five thousand characters of any script, written as a form writes them, take less than a quarter of this.
TAILLE_MAX = 256 * 1024
HEURE = 3600


class PiegeMixin(forms.BaseForm):
    """Robots fill the trap field, which people never meet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        piege = forms.CharField(
            label=gettext_lazy("Laissez ce champ vide"),
            required=False,
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )
        piege.piege = True  # type: ignore[attr-defined]  # read by the template
        self.fields["site_web"] = piege

    @property
    def est_un_robot(self) -> bool:
        return bool(self.data.get("site_web"))


F = TypeVar("F", bound=PiegeMixin)


@dataclass
class Envoi(Generic[F]):
    """What became of a form that was sent: accepted, a robot's, or to be shown again with its errors."""

    formulaire: F
    accepte: bool = False
    robot: bool = False
    status: int = 422


def lire(
    request: HttpRequest,
    make: Callable[[Any], F],
    action: str,
    *,
    limite: int,
    trop_souvent: str,
    periode: int = HEURE,
) -> Envoi[F]:
    """Read what a visitor sends; `make` builds the form, and an address may send `limite` of them in `periode`."""
    if _taille(request) > TAILLE_MAX:
        formulaire = make({})
        formulaire.errors.clear()
        formulaire.add_error(None, _("Votre envoi est trop gros. Raccourcissez votre message et envoyez-le à nouveau."))
        return Envoi(formulaire, status=413)
    formulaire = make(request.POST)
    if formulaire.est_un_robot:
        return Envoi(formulaire, robot=True)
    if formulaire.is_valid():
        if allowed(request, action, limit=limite, period=periode):
            return Envoi(formulaire, accepte=True)
        formulaire.add_error(None, trop_souvent)
    return Envoi(formulaire)


def _taille(request: HttpRequest) -> int:
    """What the visitor says they send; the rest is not read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
