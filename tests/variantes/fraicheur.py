"""French pages, and versions of them in other languages, made from one version or another."""

from functools import partial
from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from socle.models import BasePage
from tests.factories import FichePageFactory, UtilisateurFactory, accueil, index_fiches
from tests.harness import worlds
from tests.socle.test_publication import fresh, republier
from variantes.models import FraicheurPage, VersionSource
from variantes.queries.grille import Filtres, Grille, Ligne

GRILLE = "/admin/variantes/"


def arbre(*langues: str) -> None:
    """Make the home page and the index of each language, as versions of the French ones."""
    worlds.remembered(("arbre", langues), partial(_faire_arbre, langues))


def _faire_arbre(langues: tuple[str, ...]) -> None:
    for langue in langues:
        for make in (accueil, index_fiches):
            page = make(langue)
            type(page).objects.filter(pk=page.pk).update(translation_key=make("fr").translation_key)


def source(**values: Any) -> Any:
    """Publish a French resource: its version 1."""
    return FichePageFactory(publiee=True, **values)


def variante(page: BasePage, langue: str = "fr-simple", *, publiee: bool = True, **values: Any) -> Any:
    """Write the version of a French page in a language, by hand."""
    found = FichePageFactory(parent=index_fiches(langue), version_de=page, brouillon=True, **values)
    revision = found.save_revision()
    if publiee:
        revision.publish()
    return fresh(found)


def alias(page: BasePage, langue: str = "en") -> Any:
    """Repeat a French page in a language."""
    locale = Locale.objects.get(language_code=langue)
    return page.create_alias(parent=index_fiches(langue), update_locale=locale, reset_translation_key=False)


def changer(page: BasePage, **values: Any) -> Any:
    """Publish a new text of a French page."""
    return republier(page, **({"resume": "Autre chose."} | values))


def corriger(page: BasePage) -> Any:
    """Publish a minor change."""
    return republier(page, resume="Une coquille de moins.", modification_mineure=True)


def synchroniser(page: BasePage, langue: str = "en") -> Translation:
    """Send a French page to translation, or send it again: its strings are those of today."""
    found, _made = TranslationSource.update_or_create_from_instance(fresh(page))
    locale = Locale.objects.get(language_code=langue)
    translation, _made = Translation.objects.get_or_create(source=found, target_locale=locale)
    return translation


def traduire(translation: Translation, sauf: int = 0) -> Any:
    """Translate the strings but for the last ones, and keep the translation as a draft."""
    segments = list(StringSegment.objects.filter(source=translation.source).order_by("order"))
    for segment in segments[: len(segments) - sauf]:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"{segment.string.data} [trad]", "translation_type": "manual"},
        )
    translation.source.refresh_from_db()
    if not Page.objects.filter(translation_key=translation.source.object_id, locale=translation.target_locale).exists():
        translation.save_target(publish=False)
    else:
        # As the platform does: wagtail-localize would write the draft into the public page.
        instance = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
        instance.slug = slugify(instance.slug)
        instance.save_revision()
    return cible(translation)


def cible(translation: Translation) -> Any:
    page = Page.objects.get(translation_key=translation.source.object_id, locale=translation.target_locale)
    return page.specific


def publier_brouillon(page: Any) -> Any:
    """Publish the latest draft as it is."""
    fresh(page).get_latest_revision().publish()
    return fresh(page)


def numero(page: Any) -> int:
    return VersionSource.objects.get(translation_key=page.translation_key).numero


def versions(page: Any) -> tuple[int | None, int]:
    """Return the versions that the public text and the draft were made from."""
    row = FraicheurPage.objects.get(page=page.pk)
    return row.version_publique, row.version_brouillon


def chief() -> Any:
    return UtilisateurFactory(superutilisateur=True)


def grille(user: Any = None, **filtres: Any) -> Grille:
    return Grille(user or chief(), Filtres(**filtres))


def lignes(user: Any = None, **filtres: Any) -> dict[str, Ligne]:
    found = grille(user, **filtres)
    return {ligne.titre: ligne for ligne in found.lignes(found.numeros())}
