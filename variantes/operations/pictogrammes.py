"""The bank of pictograms, made pictures of the site."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from taggit.models import Tag, TaggedItem
from wagtail.models import Collection
from wagtail.search.backends import get_search_backends

from socle import generation
from socle.models import Illustration
from variantes.models import Pictogramme
from variantes.pictogrammes.banque import Notice, dessins
from variantes.queries.pictogrammes import BANQUE, COLLECTION, collection_des_pictogrammes

# What a picture says of itself, and the word of the notice for it.
CHAMPS = {"title": "titre", "description": "description", "auteur": "auteur", "source": "source", "licence": "licence"}
CHAMPS_NOTES = ("image", "theme", "source", "fichier", "notice")


class Etat(Enum):
    """What became of a pictogram."""

    CREE = "créé"
    MIS_A_JOUR = "mis à jour"
    INCHANGE = "inchangé"
    GARDE = "laissé comme l’équipe l’a modifié"
    RETIRE = "supprimé par l’équipe, pas recréé"


@dataclass(frozen=True)
class Piece:
    """A pictogram to install. `source` changes when the drawing does; `contenu` makes the picture only then."""

    cle: str
    nom_de_fichier: str
    notice: Notice
    source: str
    contenu: Callable[[], bytes]
    theme: str = ""


@transaction.atomic
def installer_banque(*, retablir: bool = False) -> dict[str, Etat]:
    """Make the bank pictures of the site: create what is missing, update what nobody changed. Say what became of each.

    A pictogram that the team deleted comes back only with `retablir`.
    """
    pieces = [
        Piece(
            dessin.concept,
            f"pictogramme-{dessin.concept}.png",
            dessin.notice,
            dessin.empreinte,
            dessin.png,
            dessin.theme,
        )
        for dessin in dessins()
    ]
    return installer(BANQUE, pieces, ouvrir_collection(), retablir=retablir)


def ouvrir_collection(nom: str = "") -> Collection:
    """Return the collection of the pictograms, or the one of that name inside it, made where it is missing."""
    # Two installations at once would each make it: the second waits, then finds it.
    root = Collection.objects.select_for_update().get(pk=Collection.get_first_root_node().pk)
    collection = collection_des_pictogrammes() or root.add_child(name=COLLECTION)
    if not nom:
        return collection
    return collection.get_children().filter(name=nom).first() or collection.add_child(name=nom)


@transaction.atomic
def installer(fonds: str, pieces: Sequence[Piece], collection: Collection, *, retablir: bool) -> dict[str, Etat]:
    """Install the pictograms of one set, and say what became of each."""
    existing = _connus(fonds, pieces)
    found = _prevus(existing, pieces, retablir)
    for piece in pieces:
        if found[piece.cle] in (Etat.MIS_A_JOUR, Etat.GARDE):
            _actualiser(existing[piece.cle], piece)
    _creer(fonds, [piece for piece in pieces if found[piece.cle] == Etat.CREE], collection, existing)
    return found


def prevoir(fonds: str, pieces: Sequence[Piece], *, retablir: bool) -> dict[str, Etat]:
    """Say what `installer` would do."""
    return _prevus(_connus(fonds, pieces), pieces, retablir)


def _connus(fonds: str, pieces: Sequence[Piece]) -> dict[str, Pictogramme]:
    known = Pictogramme.objects.filter(fonds=fonds, cle__in=[piece.cle for piece in pieces]).select_related("image")
    # Tags are no relation for the plugin of Django.
    with_tags = known.prefetch_related("image__tags")  # type: ignore[misc]
    return {one.cle: one for one in with_tags}


def _prevus(existing: dict[str, Pictogramme], pieces: Sequence[Piece], retablir: bool) -> dict[str, Etat]:
    return {
        piece.cle: _ecarts(existing[piece.cle], piece).etat
        if piece.cle in existing and not (retablir and existing[piece.cle].image is None)
        else Etat.CREE
        for piece in pieces
    }


def _creer(fonds: str, pieces: Sequence[Piece], collection: Collection, existing: dict[str, Pictogramme]) -> None:
    """Make new pictures in a few queries, whatever their number."""
    if not pieces:
        return
    images = [_image(piece, collection) for piece in pieces]
    Illustration.objects.bulk_create(images)
    ones = [existing.get(piece.cle) or Pictogramme(fonds=fonds, cle=piece.cle) for piece in pieces]
    for one, piece, image in zip(ones, pieces, images, strict=True):
        one.image = image
        _noter(one, piece, image)
    again = [one for one in ones if one.pk]
    Pictogramme.objects.bulk_create([one for one in ones if not one.pk])
    Pictogramme.objects.bulk_update(again, CHAMPS_NOTES)
    _etiqueter([(image, piece.notice.mots) for image, piece in zip(images, pieces, strict=True)])
    # Nobody else tells of what is made in bulk.
    made = Illustration.get_indexed_objects().filter(pk__in=[image.pk for image in images])
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Illustration, made)
    generation.increment()


def _image(piece: Piece, collection: Collection) -> Illustration:
    image = Illustration(collection=collection)
    for field, name in CHAMPS.items():
        setattr(image, field, getattr(piece.notice, name))
    _mettre_fichier(image, piece)
    return image


@dataclass(frozen=True)
class _Ecarts:
    """What differs between a picture and its pictogram, and that nobody but us has written."""

    etat: Etat
    champs: tuple[str, ...] = ()
    mots: bool = False
    dessin: bool = False


def _ecarts(known: Pictogramme, piece: Piece) -> _Ecarts:
    image = known.image
    if image is None:
        return _Ecarts(Etat.RETIRE)
    wanted, before = piece.notice.as_dict(), known.notice
    if before == wanted and known.source == piece.source and known.theme == piece.theme:
        return _Ecarts(Etat.INCHANGE)
    fields = tuple(
        field
        for field, name in CHAMPS.items()
        if wanted[name] != before.get(name) and getattr(image, field) == before.get(name)
    )
    words = wanted["mots"] != before.get("mots") and _mots(image) == before.get("mots")
    drawing = known.source != piece.source and image.file_hash == known.fichier
    touched = fields or words or drawing or known.theme != piece.theme
    return _Ecarts(Etat.MIS_A_JOUR if touched else Etat.GARDE, fields, words, drawing)


def _actualiser(known: Pictogramme, piece: Piece) -> None:
    """Bring to a picture what changed in its drawing and its notice, except where an editor has been."""
    change, image = _ecarts(known, piece), known.image
    if image is None:
        return
    for field in change.champs:
        setattr(image, field, getattr(piece.notice, CHAMPS[field]))
    if change.dessin:
        _remplacer_fichier(image, piece)
    if change.champs or change.dessin:
        image.save()
    if change.mots:
        image.tags.set(piece.notice.mots)
    _noter(known, piece, image if change.dessin else None)
    known.save()


def _mots(image: Illustration) -> list[str]:
    return sorted(tag.name for tag in image.tags.all())


def _noter(one: Pictogramme, piece: Piece, image: Illustration | None) -> None:
    one.theme, one.source, one.notice = piece.theme, piece.source, piece.notice.as_dict()
    if image is not None:
        one.fichier = image.file_hash


def _mettre_fichier(image: Illustration, piece: Piece) -> None:
    content = piece.contenu()
    image.file = ContentFile(content, name=piece.nom_de_fichier)
    image.file_size = len(content)
    # Wagtail's own mark of a file, by which it finds duplicates.
    image.file_hash = hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _remplacer_fichier(image: Illustration, piece: Piece) -> None:
    storage, old = image.file.storage, image.file.name
    image.renditions.all().delete()
    _mettre_fichier(image, piece)
    transaction.on_commit(partial(storage.delete, old))


def _etiqueter(made: Sequence[tuple[Illustration, tuple[str, ...]]]) -> None:
    """Give new pictures their keywords."""
    wanted = {word for _image, words in made for word in words}
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    if missing := sorted(wanted - known.keys()):
        known |= {tag.name: tag for tag in Tag.objects.bulk_create(_nouvelles(missing))}
    kind = ContentType.objects.get_for_model(Illustration)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=known[word], content_type=kind, object_id=image.pk) for image, words in made for word in words
    )


def _nouvelles(words: Sequence[str]) -> list[Tag]:
    """New tags, each with an address of its own: some words differ by a capital or a sign only."""
    tags = [Tag(name=word) for word in words]
    slugs = [tag.slugify(tag.name) for tag in tags]
    taken = set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    for tag, slug in zip(tags, slugs, strict=True):
        tag.slug, number = slug, 0
        while tag.slug in taken:
            number += 1
            tag.slug = tag.slugify(tag.name, number)
        taken.add(tag.slug)
    return tags
