"""Questions about the pages of events."""

import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, DurationField, ExpressionWrapper, F, Min, Prefetch, Q, Value, When
from django.db.models.functions import Abs, Extract
from django.utils import timezone

from socle import memo
from socle.cards import Carte, cards, public_cards
from socle.dates import today as today_in_paris
from socle.queries import PageQuerySet, Reader

if TYPE_CHECKING:
    from evenements.queries.seances import SeanceQuerySet


class EvenementPageQuerySet(PageQuerySet):
    """Pages of events, in any language."""

    def pour_cartes(self) -> Self:
        """What a card shows: the kind of meeting and its next date, else its last one. One more query."""
        nearest = Prefetch("evenement__seances", _les_plus_proches(today_in_paris()), to_attr="la_plus_proche")
        return self.defer_streamfields().select_related("evenement").prefetch_related(nearest)

    def qui_viennent(self, today: datetime.date) -> Self:
        """Those with a date to come that is held, the next one first."""
        from evenements.models import Seance, StatutEvenement

        held = Q(evenement__seances__jour_fin__gte=today, evenement__seances__statut=Seance.Statut.PREVUE)
        found = self.filter(held, evenement__statut=StatutEvenement.PREVU)
        return found.annotate(prochaine=Min("evenement__seances__debut", filter=held)).order_by("prochaine", "pk")


def _les_plus_proches(today: datetime.date) -> "SeanceQuerySet":
    """One date of each event: the next one, else the last one."""
    from evenements.models import Seance

    distance = ExpressionWrapper(F("debut") - Value(timezone.now()), DurationField())
    return (
        Seance.objects.select_related("evenement", "lieu")
        .annotate(
            rang=Case(When(jour_fin__gte=today, statut=Seance.Statut.PREVUE, then=0), default=1),
            distance=Abs(Extract(distance, "epoch")),
        )
        .order_by("evenement_id", "rang", "distance", "pk")
        .distinct("evenement_id")
    )


def prochaines(language_code: str, user: Reader, nombre: int = 3) -> list[Carte]:
    """The cards of the next meetings of a language."""
    from evenements.models import EvenementPage

    today = today_in_paris()
    if user.is_authenticated:
        pages = EvenementPage.objects.visible_to(user).in_language(language_code)
        return cards(pages.qui_viennent(today).pour_cartes()[:nombre])
    return public_cards(EvenementPage, _prochaines_publiques(language_code, today, nombre))


@memo.per_generation
def _prochaines_publiques(language_code: str, today: datetime.date, nombre: int) -> list[int]:
    from evenements.models import EvenementPage

    pages = EvenementPage.objects.visible_to(AnonymousUser()).in_language(language_code)
    return list(pages.qui_viennent(today).values_list("pk", flat=True)[:nombre])
