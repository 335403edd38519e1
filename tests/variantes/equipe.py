"""People of the team, what they send and what they translate."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Locale, Page, Workflow, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from redaction.models import RelectureEnBinome
from redaction.roles import Role
from socle.models import Utilisateur
from tests.factories import UtilisateurFactory
from tests.harness.html import StrictClient
from variantes.operations.envois import ouvrir


@dataclass
class Personne:
    """Someone at the admin's addresses."""

    client: StrictClient
    user: Utilisateur | None

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"wagtail_localize:{name}", args=args)

    def get(self, name: str, *args: Any) -> HttpResponse:
        return self.client.get(self.url(name, *args))

    def post(self, name: str, *args: Any, **data: Any) -> HttpResponse:
        return self.client.post(self.url(name, *args), data)

    def put(self, name: str, *args: Any, value: str | None = "Texte") -> HttpResponse:
        body = {} if value is None else {"value": value}
        return self.client.put(self.url(name, *args), urlencode(body), content_type="application/x-www-form-urlencoded")

    def envoyer(self, page: Page, *codes: str, **data: Any) -> HttpResponse:
        chosen = [locale(code).pk for code in codes]
        return self.post("submit_page_translation", page.pk, locales=chosen, **data)


def introuvable(response: HttpResponse) -> bool:
    """Tell whether there is nothing there. An address without a language is tried again under the reader's."""
    return response.status_code == 404 or response.headers.get("Location", "").startswith("/fr/admin/")


def personne(role: Role | str) -> Personne:
    """Someone of one role, signed in."""
    client = StrictClient()
    user = UtilisateurFactory(groupes=[role.nom if isinstance(role, Role) else role])
    client.force_login(user)
    return Personne(client, user)


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def version(page: Page, code: str = "en") -> Any:
    """Return the version of a page in a language, fresh, or nothing."""
    found = Page.objects.filter(translation_key=page.translation_key, locale__language_code=code).first()
    return found and found.specific


def traduire(page: Page, user: Any, code: str = "en") -> Translation:
    """Open the translation of a page: its version is a draft."""
    ouvrir(page, locale(code), user)
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code=code)


def phrase(translation: Translation, texte: str) -> StringSegment:
    """Return the place of a French phrase in a translation."""
    return StringSegment.objects.get(source=translation.source, string__data=texte)


def ecrire(translation: Translation, texte: str = "[en] ", **fields: Any) -> None:
    """Translate every phrase with a mark before it."""
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
        mark = "en-" if segment.context.path == "slug" else texte
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"{mark}{segment.string.data}", "translation_type": "manual", **fields},
        )


def mettre_en_relecture(page: Page, user: Any) -> None:
    """Start a review of a page that has none on its place."""
    workflow, _made = Workflow.objects.get_or_create(name="Essai")
    task, _made = RelectureEnBinome.objects.get_or_create(name="Essai")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    page.save_revision(user=user)
    workflow.start(page, user)


def verrouiller(page: Page, par: Any) -> None:
    """Lock a page for one person."""
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=par)
