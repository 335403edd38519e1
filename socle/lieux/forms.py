"""The form of a place, with its slots and its closures."""

from itertools import groupby, pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from socle.lieux.position import PositionField
from socle.lieux.widgets import ChampPosition
from socle.models import FermetureLieu, HoraireLieu, Lieu


class LignesFormSet(BaseChildFormSet):  # type: ignore[misc]  # modelcluster has no types
    """Lines of which none may overlap another, as they will be and not as they were.

    The exclusion constraint of the database is not asked: it would compare with the lines that the form replaces.
    """

    debut: str
    fin: str
    # Whether an end that is the next one's beginning overlaps it.
    fin_comprise = False

    def cote(self, form: Any) -> Any:
        """What two lines must share to overlap."""
        return None

    def _existing_object(self, pk: Any) -> Any:
        try:
            return super()._existing_object(pk)
        except KeyError:  # somebody has removed it since the form was opened: `clean` says so
            return self.model()

    def clean(self) -> None:
        super().clean()
        if any("id" in form.errors for form in self.forms):
            raise ValidationError(
                "Quelqu’un a changé ces lignes pendant que vous écriviez. Rien n’est enregistré : notez vos "
                "changements et rouvrez ce lieu."
            )
        lines = [form for form in self.forms if self.compte(form)]
        for _cote, group in groupby(sorted(lines, key=self.ordre), key=self.cote):
            for before, after in pairwise(group):
                start, end = after.cleaned_data[self.debut], before.cleaned_data[self.fin]
                if start < end or (self.fin_comprise and start == end):
                    after.add_error(self.debut, self.message(before))

    def compte(self, form: Any) -> bool:
        facts = getattr(form, "cleaned_data", {})
        return bool(
            not facts.get("DELETE")
            and not form.errors
            and facts.get(self.debut) is not None
            and facts.get(self.fin) is not None
        )

    def ordre(self, form: Any) -> Any:
        return (self.cote(form) or 0, form.cleaned_data[self.debut], form.cleaned_data[self.fin])

    def message(self, before: Any) -> str:
        raise NotImplementedError


class HorairesFormSet(LignesFormSet):
    debut, fin = "debut", "fin"

    def cote(self, form: Any) -> Any:
        return form.cleaned_data.get("jour")

    def message(self, before: Any) -> str:
        facts = before.cleaned_data
        return f"Ce créneau recouvre celui de {facts['debut']:%H:%M} à {facts['fin']:%H:%M}, le même jour."


class FermeturesFormSet(LignesFormSet):
    debut, fin = "du", "au"
    fin_comprise = True

    def message(self, before: Any) -> str:
        facts = before.cleaned_data
        return f"Cette fermeture recouvre celle du {facts['du']:%d/%m/%Y} au {facts['au']:%d/%m/%Y}."


class LieuForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail has no types
    """A place: its position is one field, kept in two columns."""

    position = PositionField(
        label="position",
        widget=ChampPosition(address_field="adresse", id_prefix="id_"),
        help_text="Déplacez le point, ou écrivez la latitude puis la longitude. Vide : le lieu n’est pas sur la carte.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("position", self.instance.position)

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean()
        insee, departement = facts.get("code_insee", ""), facts.get("departement", "")
        if insee and departement and not insee.startswith(departement):
            self.add_error(
                "code_insee", f"Une commune du {departement} a un code INSEE qui commence par {departement}."
            )
        if "position" in facts:
            self.instance.latitude, self.instance.longitude = facts["position"] or (None, None)
        return facts

    def save(self, commit: bool = True) -> Lieu:
        """Replace the slots and the closures whole: two people who save at once leave the lines of the last."""
        if not (commit and self.instance.pk):
            return super().save(commit)  # type: ignore[no-any-return]  # Wagtail has no types
        with transaction.atomic():
            Lieu.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
            for name, model in LIGNES.items():
                if name in self.formsets:
                    lines = self.formsets[name]
                    kept = [each for each in lines.initial_forms if each not in lines.deleted_forms]
                    getattr(self.instance, name).get_object_list()[:] = [each.instance for each in kept]
                    model.objects.filter(lieu=self.instance).delete()
            return super().save(commit)  # type: ignore[no-any-return]  # Wagtail has no types


LIGNES: dict[str, type[HoraireLieu] | type[FermetureLieu]] = {"horaires": HoraireLieu, "fermetures": FermetureLieu}
