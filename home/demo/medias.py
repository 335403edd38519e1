"""Pictures drawn for the project, rendered from SVG to PNG, and documents to reuse."""

import resvg_py
from django.core.files.base import ContentFile

from home.demo import sources
from home.demo.odt import build_odt
from socle.images import PARTAGE, rendus, specs
from socle.models import Fichier, Illustration
from variantes.models import Pictogramme
from variantes.operations.pictogrammes import installer_banque
from variantes.queries.pictogrammes import BANQUE

LARGEUR = 1600


def dessins() -> dict[str, Illustration]:
    """Every drawing by name; those that are missing are rendered and stored with their credit."""
    registre = sources.credits_dessins()
    result = {}
    for path in sorted(sources.DESSINS.glob("*.svg")):
        credit = registre.get(path.stem)
        if credit is None:
            continue
        image = Illustration.objects.filter(title=credit["titre"], pictogramme=None).first()
        if image is None:
            png = bytes(resvg_py.svg_to_bytes(svg_string=path.read_text(encoding="utf-8"), width=LARGEUR))
            image = Illustration(
                title=credit["titre"],
                description=credit["alt"],
                auteur=credit["auteur"],
                source=credit["source"],
                licence=credit["licence"],
            )
            image.file = ContentFile(png, name=f"{path.stem}.png")
            image.file_size = len(png)
            image.save()
            # The first reader should not wait for the renditions.
            wanted = [*specs(image), *specs(image, carte=True), PARTAGE]
            rendus(image, wanted)
        result[path.stem] = image
    return result


def documents() -> dict[str, Fichier]:
    """Every document to reuse by key; those that are missing are built."""
    result = {}
    for cle, data in sources.documents().items():
        document = Fichier.objects.filter(title=data["titre"]).first()
        if document is None:
            document = Fichier(
                title=data["titre"],
                auteur="Équipe de la plateforme",
                source="Document original du projet",
                licence="cc-by-sa-4.0",
            )
            document.file = ContentFile(build_odt(data["titre"], data["contenu"]), name=f"{cle}.odt")
            document.file_size = document.file.size
            document.save()
        result[cle] = document
    return result


def pictogrammes() -> dict[str, Illustration | None]:
    """The pictures of the bank of pictograms by concept; none where the team has deleted it."""
    installer_banque()
    return {one.cle: one.image for one in Pictogramme.objects.filter(fonds=BANQUE).select_related("image")}
