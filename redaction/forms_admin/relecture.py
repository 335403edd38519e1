"""Forms of the review."""

from django import forms


class MotifForm(forms.Form):
    """What must change: whoever wrote the page reads it."""

    comment = forms.CharField(
        label="Ce qui est à modifier",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
