"""Who may review a translation: those of its language who did not translate it."""

import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, TaskState
from wagtail_localize.models import SegmentOverride, StringTranslation

from redaction.queries.relecture import auteurs, ecrites_par, libres, sur_pages
from redaction.queries.roles import membres, roles_de
from redaction.roles import RELECTURES_TRADUCTION

# Before everything: a page that was never public.
JAMAIS = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def langues_relues(user: Any) -> list[str]:
    """Return the languages whose translations a person reviews."""
    return [code for role in roles_de(user) if role in RELECTURES_TRADUCTION for code in role.langues]


def relit(user: Any, page: Page | None) -> bool:
    """Tell whether a person reviews translations in the language of a page, or in any without one."""
    languages = langues_relues(user)
    return page.locale.language_code in languages if page and languages else bool(languages)


def _depuis_la_publication(rows: QuerySet[Any], moment: str) -> Exists:
    """Keep what was done to a page since it was last made public."""
    published = Coalesce(OuterRef("live_revision__created_at"), Value(JAMAIS), output_field=DateTimeField())
    return Exists(rows.filter(**{f"{moment}__gt": published}).order_by())


def traduites_par(user: Any) -> Q:
    """Select the pages of which a person typed, chose or checked some words since they were last public."""
    here = {"context__object_id": OuterRef("translation_key"), "locale_id": OuterRef("locale_id")}
    typed = StringTranslation.objects.filter(last_translated_by=user.pk, **here)
    chosen = SegmentOverride.objects.filter(last_translated_by=user.pk, **here)
    checked = StringTranslation.objects.filter(lecture_machine__user=user.pk, **here)
    return Q(
        _depuis_la_publication(typed, "updated_at")
        | _depuis_la_publication(chosen, "updated_at")
        | _depuis_la_publication(checked, "lecture_machine__le")
    )


def a_traduit(page: Page, user: Any) -> bool:
    """Tell whether what is under review is somebody's own work."""
    return user.pk in auteurs(page) or Page.objects.filter(traduites_par(user), pk=page.pk).exists()


def a_relire_par(task: Any, user: Any) -> QuerySet[TaskState]:
    """Return the reviews in progress that wait for a person: see `RelectureTraduction.get_actions`."""
    languages = langues_relues(user)
    if not languages:
        return TaskState.objects.none()
    waiting = libres(task.task_states.filter(status=TaskState.STATUS_IN_PROGRESS), user)
    return waiting.filter(
        sur_pages(Q(locale__language_code__in=languages) & ~traduites_par(user)),
        ~ecrites_par(user),
    )


def relecteurs(page: Page) -> set[int]:
    """Return the people who review the language of a page and did not translate it."""
    code = page.locale.language_code
    names = [role.nom for role in RELECTURES_TRADUCTION if code in role.langues]
    here = {"context__object_id": page.translation_key, "locale_id": page.locale_id}
    typed = StringTranslation.objects.filter(_depuis(page, "updated_at"), **here)
    chosen = SegmentOverride.objects.filter(_depuis(page, "updated_at"), **here)
    checked = StringTranslation.objects.filter(_depuis(page, "lecture_machine__le"), **here)
    translators = {
        *typed.values_list("last_translated_by_id", flat=True),
        *chosen.values_list("last_translated_by_id", flat=True),
        *checked.values_list("lecture_machine__user_id", flat=True),
    }
    return membres(*names) - auteurs(page) - translators


def _depuis(page: Page, moment: str) -> Q:
    return Q(**{f"{moment}__gt": page.live_revision.created_at}) if page.live_revision else Q()
