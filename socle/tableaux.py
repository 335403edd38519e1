"""Columns that hold several values of one list of choices."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlusieursChoix(ArrayField):  # type: ignore[type-arg]  # Django's generic is known to its stubs alone
    """An array of choices, ticked as check boxes; its order and repetitions say nothing.

    The model adds `contenu_dans()` as a constraint, so that the database knows the choices too.
    """

    def __init__(self, base_field: models.Field[Any, Any] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(base_field or models.CharField(max_length=40), **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        options = {
            "choices": self.base_field.choices,
            "widget": forms.CheckboxSelectMultiple,
            "form_class": forms.TypedMultipleChoiceField,
            "coerce": self.base_field.to_python,
        }
        # What makes a field of many values is asked of its parent's parent: an array's own form field is a text.
        return super(ArrayField, self).formfield(**{**options, **kwargs})

    def clean(self, value: Any, model_instance: Any) -> Any:
        return super().clean(sorted(set(value or ())), model_instance)


def contenu_dans(champ: str, valeurs: list[Any], nom: str) -> models.CheckConstraint:
    """Return the constraint that `champ` holds nothing but these values."""
    return models.CheckConstraint(condition=models.Q(**{f"{champ}__contained_by": valeurs}), name=nom)
