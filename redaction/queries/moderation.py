"""Questions about what the moderation may do to a page, and about what follows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site

from redaction.models import Approbation, PublicationUrgente
from redaction.permissions import matrice
from redaction.queries.roles import roles_de
from redaction.roles import Cote


def operations_de(user: Any, page: Page) -> frozenset[str]:
    """Return the operations that a person may do on a page. Superusers may do whatever somebody may."""
    kind = page.specific_class
    if user.is_active and user.is_superuser:
        return frozenset().union(*matrice.operations.get(kind, {}).values())
    granted = (
        matrice.operations_sur(role, kind)
        for role in roles_de(user)
        if not role.langues or role.couvre(page.locale.language_code)
    )
    return frozenset().union(*granted)


def prevue(operation: str, page: Page) -> bool:
    """Tell whether anybody may do the operation on this page: a site keeps its root, whatever its kind."""
    if operation != "corriger" and Site.objects.filter(root_page__path__startswith=page.path).exists():
        return False
    return any(operation in granted for granted in matrice.operations.get(page.specific_class, {}).values())


def peut_moderer(user: Any) -> bool:
    """Tell whether a person does any operation at all on some kind of page."""
    if user.is_active and user.is_superuser:
        return True
    own = set(roles_de(user))
    return any(actions and role in own for row in matrice.operations.values() for role, actions in row.items())


@dataclass(frozen=True)
class Consequences:
    """What an operation touches besides the page itself."""

    descendantes: int
    descendantes_publiques: int
    # Public pages and other contents (menus…) that lead to the page or to one below it.
    liens: list[Any]
    # Public pages that repeat this one, and public versions in other languages.
    copies: list[Page]
    traductions: list[Page]


def consequences(page: Page) -> Consequences:
    below = page.get_descendants()
    branch = page.get_descendants(inclusive=True)
    elsewhere = Page.objects.live().not_descendant_of(page, inclusive=True).select_related("locale")
    copies = list(elsewhere.filter(alias_of__in=branch).order_by("path"))
    versions = elsewhere.filter(translation_key=page.translation_key, alias_of=None)
    return Consequences(
        descendantes=below.count(),
        descendantes_publiques=below.live().count(),
        liens=sources_des_liens(page),
        copies=copies,
        traductions=list(versions.order_by("path")),
    )


def sources_des_liens(page: Page) -> list[Any]:
    """Return the public pages, then the other contents, that lead into a branch from outside of it."""
    pages = ContentType.objects.get_for_model(Page)
    branch = {str(pk) for pk in page.get_descendants(inclusive=True).values_list("pk", flat=True)}
    found = defaultdict(set)
    references = ReferenceIndex.objects.filter(to_content_type=pages, to_object_id__in=branch)
    for kind, key in references.values_list("base_content_type_id", "object_id").distinct():
        if kind != pages.pk or key not in branch:
            found[kind].add(key)
    sources: list[Any] = list(Page.objects.live().filter(pk__in=found.pop(pages.pk, ())).order_by("path"))
    for kind, keys in found.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        # What belongs to the page, like a redirection that leads to it, goes its own way.
        if model is not None and model._meta.app_label != "wagtailredirects":
            sources += model._default_manager.filter(pk__in=keys)
    return sources


def restriction_propre(page: Page) -> PageViewRestriction | None:
    """Return the restriction set on the page itself."""
    return PageViewRestriction.objects.filter(page_id=page.pk).first()


def restrictions_heritees(page: Page) -> QuerySet[PageViewRestriction]:
    """Return the restrictions that a page has from those above it."""
    restrictions: QuerySet[PageViewRestriction] = page.specific.get_view_restrictions()
    return restrictions.exclude(page_id=page.pk)


# What else than the approval of both sides says that a revision was read: subqueries on `revision_id`.
_lectures: list[Callable[[], Exists]] = []


def compter_comme_lue(lecture: Callable[[], Exists]) -> None:
    """Add a kind of reading; apps call this when they are ready."""
    _lectures.append(lecture)


def publications_urgentes() -> QuerySet[PublicationUrgente]:
    """Return the urgent publications that are still what the public reads, and that nobody has read since."""
    read = Approbation.objects.filter(revision_id=OuterRef("revision_id"))
    by_both = Q(*(Exists(read.filter(cote=side)) for side in Cote.values))
    current = PublicationUrgente.objects.filter(page__live=True, page__live_revision_id=F("revision_id"))
    for lecture in _lectures:
        current = current.exclude(lecture())
    return current.exclude(by_both).select_related("page__locale", "user")
