"""A French page, its English version, and the people around it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Locale, TaskState, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from fiches.models import FichePage
from redaction import roles
from redaction.roles import Role
from socle.models import Utilisateur
from tests.factories import FichePageFactory, accueil, blocs, groupes_des_roles, index_fiches
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import refused
from tests.redaction.test_publication import personne
from variantes.operations.traductions import soumettre


def role_de(table: tuple[Role, ...], code: str) -> Role:
    return next(role for role in table if code in role.langues)


def client_de(user: Utilisateur | None) -> StrictClient:
    client = StrictClient()
    if user is not None:
        client.force_login(user)
    return client


class Traduction:
    """A French resource that is being translated."""

    def __init__(self, langue: str = "en", titre: str = "Animer un atelier", **page: Any) -> None:
        self.langue = langue
        if not Group.objects.filter(name=roles.MODERATION.nom).exists():
            groupes_des_roles()
        index_fiches("fr")
        index = index_fiches(langue)
        if index.translation_key != (key := index_fiches("fr").translation_key):
            index.translation_key = key
            index.save()
        corps = [blocs.titre("Avant"), blocs.texte("<p>Un <b>premier</b> texte.</p><p>Un second.</p>")]
        self.source = FichePageFactory(title=titre, publiee=True, **{"corps": corps, **page})
        self.locale = Locale.objects.get(language_code=langue)
        self.traductrice = personne(role_de(roles.TRADUCTIONS, langue), first_name="Inès")
        self.relectrice = personne(role_de(roles.RELECTURES_TRADUCTION, langue), first_name="Mona")
        source, _made = TranslationSource.get_or_create_from_instance(self.source)
        self.translation = Translation.objects.create(source=source, target_locale=self.locale)
        FichePage.objects.get(pk=self.source.pk).copy_for_translation(self.locale)

    @property
    def page(self) -> FichePage:
        return FichePage.objects.get(translation_key=self.source.translation_key, locale=self.locale)

    def segments(self) -> list[StringSegment]:
        found = StringSegment.objects.filter(source=self.translation.source)
        return list(found.select_related("string", "context").order_by("order"))

    def traduire(
        self, mots: Callable[[str], str] | None = None, user: Any = None, sauf: tuple[str, ...] = (), **extra: Any
    ) -> None:
        """Translate each string, with a mark at its end."""
        words = mots or (lambda text: f"{text} [{self.langue}]")
        for segment in self.segments():
            if segment.context.path == "slug" or segment.context.path in sauf:
                continue
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=self.locale,
                context=segment.context,
                defaults={
                    "data": words(segment.string.data),
                    "translation_type": "manual",
                    "last_translated_by": user or self.traductrice,
                    **extra,
                },
            )

    def chaine(self, chemin: str) -> StringTranslation:
        return StringTranslation.objects.get(
            context__path=chemin, context__object_id=self.source.translation_key, locale=self.locale
        )

    def soumettre(self, user: Any = None) -> WorkflowState:
        return soumettre(Translation.objects.get(pk=self.translation.pk), user or self.traductrice)

    @property
    def etat(self) -> WorkflowState:
        return WorkflowState.objects.filter(object_id=str(self.page.pk)).latest("pk")

    @property
    def etape(self) -> TaskState:
        return self.etat.current_task_state

    @property
    def publique(self) -> bool:
        return self.page.live and StrictClient().get(self.page.url).status_code == 200

    # --- At the addresses of the admin ---

    @property
    def adresse(self) -> str:
        return reverse("variantes_relecture", args=[self.page.pk])

    def lire(self, user: Utilisateur | None, **query: str) -> HttpResponse:
        return client_de(user).get(self.adresse, query)

    def decider(
        self, user: Utilisateur | None, action: str = "approve", comment: str = "", **data: Any
    ) -> HttpResponse:
        state = self.etape
        given = {"etat": state.pk, "revision": state.revision_id, "action": action, "comment": comment, **data}
        return client_de(user).post(self.adresse, given)

    def envoyer(self, user: Utilisateur | None) -> HttpResponse:
        return client_de(user).post(reverse("variantes_soumettre", args=[self.translation.pk]))

    def commenter(self, user: Utilisateur | None, texte: str, numero: int = 1, **data: Any) -> HttpResponse:
        row = self.page.soumissions_traduction.first().segments[numero - 1]
        given = {"revision": self.page.latest_revision_id, "chemin": row["chemin"], "rang": row["rang"]}
        url = reverse("variantes_commenter", args=[self.page.pk])
        return client_de(user).post(url, {**given, "texte": texte, "numero": numero, **data})


def messages_de(response: HttpResponse) -> str:
    return " ".join(str(message) for message in response.context["messages"])


__all__ = ["Traduction", "accueil", "client_de", "messages_de", "refused"]
