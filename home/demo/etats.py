"""Language versions in the states that the team meets: behind the French text, in review, sent back, unfinished."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from fiches.models import FichePage, FichesIndexPage
from home.demo import sources
from home.demo.contenu import FRANCAIS, Data, SiteDemo
from home.demo.relectures import decider, vieillir
from home.demo.segments import source_de
from socle.models import Utilisateur
from variantes.operations.traductions import commenter, soumettre
from variantes.operations.validation import Lecteur, Lecture, enregistrer_lecture

# How many days ago each was sent to the review.
ENVOYEE = {"en_relecture": 3, "modifications": 6, "en_lecture": 9}


def semer_etats(site: SiteDemo) -> int:
    """Bring the versions that this run has made to their states; return how many pages were created on the way."""
    for langue in sources.langues():
        for key, data in _textes(langue):
            if (langue, key) not in site.creees:
                continue
            page = site.pages[langue, key].specific_class.objects.get(pk=site.pages[langue, key].pk)
            if "mise_a_jour" in data:
                _republier(site, page, data["mise_a_jour"])
            if data.get("etat") in ("en_relecture", "modifications"):
                _proposer(langue, page, data)
            elif data.get("etat") in ("en_lecture", "validee"):
                _faire_lire(page, data)
    return sum(
        _commencer(langue, slug, data)
        for langue in sources.langues()
        for slug, data in sources.brouillons(langue).items()
    )


def _textes(langue: str) -> Iterator[tuple[str, Data]]:
    for slug, data in sources.fiches(langue).items():
        yield f"fiche:{slug}", data
    for slug, data in sources.pages(langue).items():
        yield f"page:{data.get('version_de', slug)}", data


def _republier(site: SiteDemo, page: Page, textes: dict[str, str]) -> None:
    """Publish a newer French text: the versions that were made from the one before are behind."""
    for name, texte in textes.items():
        setattr(page, name, site.convertisseur(FRANCAIS).riche(texte))
    page.save_revision(user=_compte("redaction"), log_action=True).publish()


def _proposer(langue: str, page: Page, data: Data) -> None:
    """Submit other words for a public translation; its reviewers may ask for changes."""
    traduction, relecture = _compte(f"traduction.{langue}"), _compte(f"relecture.{langue}")
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)
    for path, words in data["proposition"].items():
        StringTranslation.objects.filter(
            context__object_id=page.translation_key, context__path=path, locale=page.locale
        ).update(data=words, last_translated_by=traduction, updated_at=timezone.now())
    soumettre(translation, traduction)
    page = type(page).objects.get(pk=page.pk)
    for path, words in data.get("remarques", {}).items():
        commenter(page, relecture, page.latest_revision_id, path, 0, words)
    if data["etat"] == "modifications":
        decider(page, relecture, "reject", comment=data["commentaire"])
    vieillir(page, datetime.timedelta(days=ENVOYEE[data["etat"]]))


def _faire_lire(page: Page, data: Data) -> None:
    """Send a text in easy French to its reading group; once read and validated, it has its label."""
    redaction = _compte("falc")
    for name, words in data.get("proposition", {}).items():
        setattr(page, name, words)
    revision = page.save_revision(user=redaction, log_action=True)
    page = type(page).objects.get(pk=page.pk)
    page.get_workflow().start(page, redaction)
    if data["etat"] == "en_lecture":
        vieillir(page, datetime.timedelta(days=ENVOYEE["en_lecture"]))
        return
    lecture = data["lecture"]
    lue = Lecture(
        groupe=lecture["groupe"],
        lue_le=timezone.localdate(),
        lieu=lecture["lieu"],
        notes=lecture["notes"],
        lecteurs=[Lecteur(one["nom"], one["nom_publie"]) for one in lecture["lecteurs"]],
    )
    enregistrer_lecture(page, revision.pk, _compte("lecture.falc"), lue)
    decider(type(page).objects.get(pk=page.pk), _compte("moderation"), "approve")


def _commencer(langue: str, slug: str, data: Data) -> int:
    """Begin a translation that nobody has finished, unless it exists; return how many pages were created."""
    locale = Locale.objects.get(language_code=langue)
    index = FichesIndexPage.objects.filter(locale=locale).first()
    source = FichePage.objects.filter(slug=slug, locale__language_code=FRANCAIS).first()
    if index is None or source is None or source.has_translation(locale):
        return 0
    source.copy_for_translation(locale)
    origine = source_de(source)
    Translation.objects.update_or_create(source=origine, target_locale=locale, defaults={"enabled": True})
    segments = StringSegment.objects.filter(source=origine).select_related("context").order_by("order")
    words: dict[str, list[str]] = {path: list(rows) for path, rows in data["chaines"].items()}
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=segment.string_id,
            locale=locale,
            context=segment.context,
            data=words[segment.context.path].pop(0),
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            updated_at=timezone.now(),
        )
        for segment in segments
        if words.get(segment.context.path)
    )
    origine.get_ephemeral_translated_instance(locale, fallback=True).save_revision()
    return 1


def _compte(nom: str) -> Any:
    return Utilisateur.objects.get(email=f"{nom}@demo.test")
