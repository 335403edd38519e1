"""Forms of the review of translations."""

from django import forms


class CommentaireForm(forms.Form):
    """A remark on one segment of the revision that was on the screen."""

    revision = forms.IntegerField()
    chemin = forms.CharField(max_length=2000)
    rang = forms.IntegerField(min_value=0, max_value=32767)
    texte = forms.CharField(
        max_length=2000,
        error_messages={
            "required": "Écrivez votre commentaire.",
            "max_length": "Votre commentaire est trop long : 2 000 caractères au plus.",
        },
    )


class LecturesForm(forms.Form):
    """The words of a machine that were on the screen, each with its mark, and those that were read."""

    affiches = forms.CharField(max_length=20_000)
    toutes = forms.BooleanField(required=False)
    lus = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # those of Django's form
        shown = self.data.get("affiches", "")
        self.marques = {
            int(pk): mark
            for pk, _sep, mark in (item.partition(":") for item in shown.split(","))
            # Longer than any key: Python refuses to read a number of thousands of digits.
            if pk.isdecimal() and len(pk) < 12
        }
        self.fields["lus"].choices = [(pk, pk) for pk in self.marques]  # type: ignore[attr-defined]  # of choices

    @property
    def lectures(self) -> dict[int, str]:
        """The marks of what was read."""
        wanted = self.marques if self.cleaned_data["toutes"] else self.cleaned_data["lus"]
        return {pk: self.marques[pk] for pk in wanted}
