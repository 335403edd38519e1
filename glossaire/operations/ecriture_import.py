"""Writing one line of a table: always as a draft, over nothing that somebody reads or has published."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationLog
from wagtail_localize.strings import StringValue

from glossaire.models import Concept, GlossairePage, TermePage
from glossaire.models.pages import PROPRES_A_LA_LANGUE
from glossaire.operations.jugement import Changement
from glossaire.tableau import (
    LISTES,
    VOCABULAIRES,
    champ_de,
    en_explication,
    en_riche,
    lignes_de,
    sources_lues,
    valeurs,
)
from redaction.queries.lignes import modifiable
from variantes.operations.envois import ouvrir
from variantes.operations.falc import Depart, creer_version_falc
from variantes.queries.gardes import raison_du_verrou, traduction_de

IMPORT = "glossaire.import"
OUTIL = "Tableau"
# The parts of a page that are translated phrase by phrase, by column.
CHEMINS = {"terme": "title", "definition": "definition", "exemple": "exemple", "explication": "explication"}
DISPARU = "Le mot français n’existe plus."
TAPEE = (
    "Quelqu’un a traduit ce passage depuis, sans l’avoir encore soumis : son texte serait perdu. Reprenez-le dans"
    " l’éditeur."
)


@transaction.atomic
def creer(identifiant: str, langue: str, changements: Iterable[Changement], user: Any) -> TermePage:
    """Make the draft of a term that is new in a language."""
    changes = list(changements)
    locale = Locale.objects.get(language_code=langue)
    if langue == settings.LANGUAGE_CODE:
        return _creer_francais(identifiant, locale, changes, user)
    concept = Concept.objects.filter(identifiant=identifiant).first()
    francais = (
        concept
        and TermePage.objects.filter(translation_key=concept.cle, locale__language_code=settings.LANGUAGE_CODE).first()
    )
    if not francais:
        raise ValidationError(DISPARU)
    if langue == settings.FALC_LANGUAGE_CODE:
        made: Any = creer_version_falc(francais, user, Depart.VIDE)
        return modifier(TermePage.objects.get(pk=made.pk), changes, user)
    version, _created = ouvrir(francais, locale, user)
    return modifier(TermePage.objects.get(pk=version.pk), changes, user, neuve=True)


def _creer_francais(identifiant: str, locale: Locale, changements: list[Changement], user: Any) -> TermePage:
    first = GlossairePage.objects.filter(locale=locale).order_by("path").first()
    if first is None:
        raise ValidationError("Le glossaire n’existe plus.")
    # Whoever adds a page holds its parent, and its identifier is read after that.
    parent: Any = Page.objects.select_for_update().get(pk=first.pk).specific
    if not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    concept = Concept.objects.filter(identifiant=identifiant).first()
    page = TermePage(
        slug=find_available_slug(parent, identifiant),
        locale=locale,
        owner=user,
        live=False,
        has_unpublished_changes=True,
    )
    if concept is None:
        # The term finds its concept by its key, and gives it no other identifier.
        concept = Concept.objects.create(identifiant=identifiant, cle=uuid4())
    page.translation_key = concept.cle
    for nom, _avant, apres in changements:
        ecrire(page, nom, apres)
    page.refuser_les_noms_pris()
    parent.add_child(instance=page)
    return _tracer(page, user, "wagtail.create")


@transaction.atomic
def modifier(page: TermePage, changements: Iterable[Changement], user: Any, *, neuve: bool = False) -> TermePage:
    """Write what changes into a new draft of a term."""
    changes = list(changements)
    Page.objects.select_for_update().get(pk=page.pk)
    held = TermePage.objects.select_related("locale").get(pk=page.pk)
    if not modifiable(held, user):
        raise PermissionDenied
    if reason := raison_du_verrou(held, user):
        raise ValidationError(reason)
    translation = traduction_de(held, active=True)
    if translation is not None:
        return _traduire(held, translation, changes, user, neuve=neuve)
    text: TermePage = held.get_latest_revision_as_object() if held.latest_revision_id else held
    for nom, _avant, apres in changes:
        ecrire(text, nom, apres)
    text.full_clean()
    text.refuser_les_noms_pris()
    if not held.live:
        # As the editor does: what was never public has no other text than its draft.
        text.save()
    return _tracer(text, user, IMPORT)


def _tracer(page: TermePage, user: Any, action: str) -> TermePage:
    revision = page.save_revision(user=user)
    log(instance=page, action=action, user=user, revision=revision, content_changed=True)
    return page


def ecrire(page: TermePage, nom: str, texte: str) -> None:
    """Write into a page what a cell says."""
    champ = champ_de(nom)
    falc = page.locale.language_code == settings.FALC_LANGUAGE_CODE
    if nom in LISTES:
        setattr(page, champ, "\n".join(valeurs(texte)))
    elif nom == "explication":
        champ = "texte_falc" if falc else champ
        before = list(getattr(page, champ).raw_data)
        setattr(page, champ, en_explication(lignes_de(texte), before, falc=falc))
    elif nom == "exemple":
        page.exemple = en_riche(lignes_de(texte))
    elif nom == "sources":
        page.sources = json.dumps([_source(parts) for parts in sources_lues(texte)])
    elif nom in VOCABULAIRES:
        model: Any = TermePage._meta.get_field(nom).related_model
        setattr(page, nom, model._default_manager.filter(locale_id=page.locale_id, slug__in=valeurs(texte)))
    else:
        setattr(page, champ, texte)


def _source(parts: list[str]) -> dict[str, Any]:
    titre, auteur, annee, url = [*parts, "", "", ""][:4]
    value = {"titre": titre, "auteur": auteur, "annee": int(annee) if annee else None, "url": url}
    return {"type": "source", "id": str(uuid4()), "value": value}


# --- Versions translated phrase by phrase ---


def _traduire(
    page: TermePage, translation: Translation, changements: list[Changement], user: Any, *, neuve: bool
) -> TermePage:
    """Keep the words as those of a translator, then make a draft from all that is translated."""
    propres = [each for each in changements if champ_de(each[0]) in PROPRES_A_LA_LANGUE]
    if propres and page.live:
        raise ValidationError("Cette version est devenue publique entre-temps.")
    for nom, _avant, apres in propres:
        ecrire(page, nom, apres)
    if propres:
        page.save()
    for nom, avant, apres in changements:
        if nom in CHEMINS:
            _ecrire_les_phrases(translation, nom, None if neuve else avant, apres, user)
    source, locale = translation.source, translation.target_locale
    instance: TermePage = source.get_ephemeral_translated_instance(locale, fallback=True)
    instance.full_clean()
    instance.refuser_les_noms_pris()
    if not page.live:
        instance.save()
    made = _tracer(instance, user, IMPORT)
    TranslationLog.objects.create(source=source, locale=locale, revision=made.latest_revision)
    return made


def _ecrire_les_phrases(translation: Translation, nom: str, avant: str | None, apres: str, user: Any) -> None:
    path = CHEMINS[nom]
    segments = [
        segment
        for segment in StringSegment.objects.filter(source=translation.source)
        .select_related("context", "string")
        .order_by("order")
        if segment.context.path == path or segment.context.path.startswith(f"{path}.")
    ]
    textes = [texte for texte in apres.split("\n") if texte]
    if len(textes) != len(segments):
        raise ValidationError("Le texte français a changé : ses paragraphes ne sont plus ceux de cette ligne.")
    before = avant.split("\n") if avant is not None else []
    for rank, (segment, texte) in enumerate(zip(segments, textes, strict=True)):
        data = StringValue.from_plaintext(texte).data
        place = {
            "translation_of_id": segment.string_id,
            "locale_id": translation.target_locale_id,
            "context_id": segment.context_id,
        }
        kept = StringTranslation.objects.filter(**place).first()
        shown = StringValue.from_plaintext(before[rank]).data if rank < len(before) else None
        if avant is not None and kept is not None and kept.data not in {data, shown}:
            raise ValidationError(TAPEE)
        StringTranslation.objects.update_or_create(
            **place,
            defaults={
                "data": data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "tool_name": OUTIL,
                "last_translated_by": user,
                "has_error": False,
                "field_error": "",
            },
        )
