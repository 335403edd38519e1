"""Questions about the dates of events."""

import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from evenements.queries.filtres import A_DISTANCE, VOCABULAIRES, FiltresAgenda, Periode
from socle.queries import Reader

if TYPE_CHECKING:
    from evenements.models import Seance  # noqa: F401 -- named in annotations


class SeanceQuerySet(models.QuerySet["Seance"]):
    """Dates; every public list, feed and map starts from `visible_to`."""

    def visible_to(self, user: Reader, language_code: str) -> Self:
        """Those of events that have a page in that language which `user` may read."""
        from evenements.models import EvenementPage

        pages = EvenementPage.objects.visible_to(user).in_language(language_code)
        return self.filter(evenement_id__in=pages.order_by().values("evenement_id"))

    def a_venir(self, today: datetime.date) -> Self:
        """Those that are not over: a date is either to come, today included, or past."""
        return self.filter(jour_fin__gte=today)

    def passees(self, today: datetime.date) -> Self:
        return self.filter(jour_fin__lt=today)

    def du_jour(self, day: datetime.date) -> Self:
        """Those that take place on that day, in part or in whole."""
        return self.filter(jour__lte=day, jour_fin__gte=day)

    def entre(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that take place between two days, both included, in part or in whole."""
        return self.filter(jour__lte=last, jour_fin__gte=first)

    def de_la_periode(self, periode: Periode, today: datetime.date) -> Self:
        """Those to come, the next one first, or the past ones, the last one first."""
        if periode is Periode.PASSES:
            return self.passees(today).order_by("-debut", "-pk")
        return self.a_venir(today).order_by("debut", "pk")

    def filtrees(self, filtres: FiltresAgenda) -> Self:
        """Those that match every filter; the period is another question (`de_la_periode`), as is the month shown."""
        found = self
        for name, relation in VOCABULAIRES.items():
            if chosen := getattr(filtres, name):
                found = found._dont_la_page(filtres.langue, **{f"{relation}__slug__in": chosen})
        if filtres.genre:
            found = found.filter(evenement__genre__in=filtres.genre)
        if filtres.departement:
            found = found.filter(lieu__departement__in=filtres.departement)
        if filtres.en_ligne:
            found = found.filter(mode__in=A_DISTANCE)
        if filtres.lieu is not None:
            found = found.filter(lieu_id=filtres.lieu)
        for value in filtres.acces:
            found = found.filter(
                Q(evenement__accessibilite__contains=[value]) | Q(lieu__accessibilite__contains=[value])
            )
        if filtres.du:
            found = found.filter(jour_fin__gte=filtres.du)
        if filtres.au:
            found = found.filter(jour__lte=filtres.au)
        return found.contenant(filtres.texte, filtres.langue) if filtres.texte else found

    def contenant(self, texte: str, language_code: str) -> Self:
        """Those with every word of `texte` in the title, the summary or the place, accents and case aside."""
        fields = ("evenement__pages__title", "evenement__pages__resume", "lieu__nom", "lieu__commune")
        words = (
            reduce(or_, (Q(**{f"{field}__unaccent__icontains": word}) for field in fields)) for word in texte.split()
        )
        # All in one call: the page whose words are read is the one of that language.
        found = self.model._default_manager.filter(
            *words, evenement__pages__live=True, evenement__pages__locale__language_code=language_code
        )
        return self.filter(pk__in=found.order_by().values("pk"))

    def _dont_la_page(self, language_code: str, **conditions: object) -> Self:
        from evenements.models import EvenementPage

        pages = EvenementPage.objects.in_language(language_code).filter(**conditions)
        return self.filter(evenement_id__in=pages.order_by().values("evenement_id"))
