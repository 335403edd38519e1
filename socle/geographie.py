"""The territory of the platform: Île-de-France and its départements."""

from django.db import models


class Departement(models.TextChoices):
    """The eight départements, by their official code; the same slugs as the vocabulary of territories."""

    PARIS = "75", "Paris (75)"
    SEINE_ET_MARNE = "77", "Seine-et-Marne (77)"
    YVELINES = "78", "Yvelines (78)"
    ESSONNE = "91", "Essonne (91)"
    HAUTS_DE_SEINE = "92", "Hauts-de-Seine (92)"
    SEINE_SAINT_DENIS = "93", "Seine-Saint-Denis (93)"
    VAL_DE_MARNE = "94", "Val-de-Marne (94)"
    VAL_D_OISE = "95", "Val-d’Oise (95)"
