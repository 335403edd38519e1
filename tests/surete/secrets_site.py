"""A site where every hidden page, and one public page, holds words of its own in every place that takes words."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page

from fiches.models import FichePage
from glossaire.models import Concept, Relation
from redaction.models import ContactProposition
from socle.models import Fichier, LienMenu, Menu, Utilisateur
from tests.factories import (
    ContactPageFactory,
    FichePageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    TermePageFactory,
    UtilisateurFactory,
    accueil,
    blocs,
    index_fiches,
    proposer,
    proteger,
)
from tests.factories.pages import GROUPE

PUBLIC = "canari"
PLACES = (
    *("titre", "slug", "seo", "description", "resume", "objectif", "besoin", "vigilance", "precision"),
    *("etape", "exemple", "paragraphe", "encadre", "citation", "cellule", "question", "legende", "alternative"),
    *("credit", "video", "document", "fichier", "lien", "adresse", "auteur", "role", "structure"),
)
_LETTERS = "bcdfgklmnprtvz"


def mot(genre: str, place: str) -> str:
    """A word that no language has, the same at each call, that no stemmer shortens."""
    number = (sorted(GENRES).index(genre) + 1) * 100 + PLACES.index(place)
    syllables = ""
    for _rank in range(3):
        number, digit = divmod(number, len(_LETTERS))
        syllables += _LETTERS[digit] + "ou"
    return f"zy{syllables}k"


@dataclass
class Site:
    """What was built."""

    pages: dict[str, Page] = field(default_factory=dict)
    documents: list[Fichier] = field(default_factory=list)
    people: dict[str, Utilisateur | None] = field(default_factory=dict)


def fiche(genre: str, **kwargs: Any) -> FichePage:
    """A published resource with the words of `genre` in every place."""

    def m(place: str) -> str:
        return mot(genre, place)

    def p(place: str) -> str:
        return f"<p>Ici {m(place)}.</p>"

    image = IllustrationFactory(title=m("alternative"), description=m("alternative"), auteur=m("credit"))
    document = FichierFactory(title=m("document"), file__filename=f"{m('fichier')}.odt")
    values: dict[str, Any] = {
        "title": f"Titre {m('titre')}",
        "slug": f"adresse-{m('slug')}",
        "seo_title": m("seo"),
        "search_description": m("description"),
        "resume": f"Résumé {m('resume')}",
        "illustration": image,
        "objectifs": p("objectif"),
        "besoins": p("besoin"),
        "vigilance": p("vigilance"),
        "duree": "mois",
        "duree_precision": m("precision"),
        "etapes": [blocs.etape(m("etape"), p("etape"))],
        "exemples": [blocs.exemple(m("exemple"), p("exemple"))],
        "documents": [blocs.document(document, m("document"))],
        "corps": [
            blocs.texte(p("paragraphe")),
            blocs.encadre(p("encadre")),
            blocs.citation(m("citation")),
            blocs.tableau(p("cellule")),
            blocs.questions((m("question"), p("question"))),
            blocs.image(image, alt=m("alternative"), legende=m("legende")),
            blocs.video(titre=m("video")),
            blocs.liens(blocs.lien(url=f"https://{m('adresse')}.exemple.test/", texte=m("lien"))),
        ],
        "auteurs": [(m("auteur"), "usager")],
        "publics": ["usagers"],
        "contextes": ["hopital"],
        "natures": ["soins"],
        "thematiques": ["cadre"],
        "publiee": True,
    }
    page: FichePage = FichePageFactory(**{**values, **kwargs})
    auteur = page.auteurs.get()
    auteur.role, auteur.structure = m("role"), m("structure")
    auteur.save()
    if page.live:
        page.save_revision().publish()
    return page


def _brouillon() -> Page:
    page = fiche("brouillon", publiee=False, brouillon=True)
    page.save_revision()
    return page


def _programmee() -> Page:
    page = fiche("programmee", publiee=False, brouillon=True)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    return page


def _expiree() -> Page:
    page = fiche("expiree", expire_at=timezone.now() + datetime.timedelta(seconds=5))
    FichePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(hours=1))
    call_command("run_due", verbosity=0)
    return page


def _depubliee() -> Page:
    page = fiche("depubliee")
    page.unpublish()
    return page


def _modifiee() -> Page:
    """A public page with changes that nobody has published yet."""
    page = FichePageFactory(title="Page en cours", slug="page-en-cours", publiee=True, natures=["soins"])
    for place, name in (("titre", "title"), ("resume", "resume"), ("seo", "seo_title"), ("slug", "slug")):
        setattr(page, name, mot("modifiee", place))
    page.objectifs = f"<p>{mot('modifiee', 'objectif')}</p>"
    page.save_revision()
    return page


def _sous_privee() -> Page:
    dossier = InformationPageFactory(title=mot("sous_privee", "structure"), slug=mot("sous_privee", "role"))
    page = InformationPageFactory(
        parent=dossier,
        title=mot("sous_privee", "titre"),
        slug=mot("sous_privee", "slug"),
        resume=mot("sous_privee", "resume"),
        corps=[blocs.texte(f"<p>{mot('sous_privee', 'paragraphe')}</p>")],
        publiee=True,
    )
    proteger(dossier, "groups", groupe="Autre groupe")
    return page


def _sous_depubliee() -> Page:
    """A public page below a page that is no longer: the words are those of the parent."""
    dossier = InformationPageFactory(
        title=mot("sous_depubliee", "titre"), slug="dossier-retire", resume=mot("sous_depubliee", "resume")
    )
    InformationPageFactory(parent=dossier, title="Enfant visible", slug="enfant-visible", publiee=True)
    dossier.unpublish()
    return dossier


def _alias() -> Page:
    """A page made private after an alias was made of it."""
    page = fiche("alias")
    Page.objects.get(pk=page.pk).specific.create_alias(update_slug=f"copie-{mot('alias', 'slug')}", user=None)
    proteger(page, "groups", groupe="Autre groupe")
    return page


def _traduction() -> Page:
    """A private version, in another language, of a public page."""
    source = FichePageFactory(title="Page traduite", slug="page-traduite", publiee=True)
    return fiche("traduction", parent=index_fiches("en"), version_de=source, protegee="password")


def _supprimee() -> Page:
    page = fiche("supprimee")
    Page.objects.get(pk=page.pk).delete()
    return page


def _collection() -> Page:
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Réservé")
    inside = closed.add_child(name="Dedans")
    restriction = CollectionViewRestriction.objects.create(
        collection=Collection.objects.get(pk=closed.pk), restriction_type="groups"
    )
    restriction.groups.add(Group.objects.get_or_create(name=GROUPE)[0])
    collection = Collection.objects.get(pk=inside.pk)

    def document(place: str) -> Fichier:
        found: Fichier = FichierFactory(
            title=f"Document {mot('collection', place)}",
            file__filename=f"{mot('collection', 'fichier')}-{place}.txt",
            file__data=mot("collection", "paragraphe").encode(),
            collection=collection,
        )
        return found

    rich = f'<p>Lire <a linktype="document" id="{document("lien").pk}">le texte</a>.</p>'
    film = document("video")
    return FichePageFactory(
        title="Page qui cite des documents",
        slug="page-qui-cite",
        type_ressource="reference",
        fichier=document("role"),
        documents=[blocs.document(document("document"))],
        corps=[blocs.document(document("document")), blocs.texte(rich), blocs.video(fichier=film)],
        objectifs=rich,
        publiee=True,
    )


def _proposition() -> Page:
    """What someone outside proposes about a public page: nobody reads it but the team, in the admin."""

    def m(place: str) -> str:
        return mot("proposition", place)

    page: FichePage = FichePageFactory(title="Page à corriger", slug="page-a-corriger", publiee=True)
    proposition = proposer(
        "correction",
        titre=m("titre"),
        texte=m("paragraphe"),
        details={"source": m("lien")},
        page=page,
        page_titre=m("seo"),
        page_adresse=m("adresse"),
        motif=m("legende"),
        courriel=f"{m('auteur')}@exemple.test",
    )
    ContactProposition.objects.filter(proposition=proposition).update(nom=m("credit"))
    for nature in ("question", "reponse", "note", "decision"):
        proposition.messages.create(nature=nature, texte=m("citation"))
    return page


def terme(genre: str, **kwargs: Any) -> Page:
    """A word of the glossary that nobody may read, related to one that everyone may."""

    def m(place: str) -> str:
        return mot(genre, place)

    page: Page = TermePageFactory(
        title=m("titre"),
        slug=m("slug"),
        sigle=m("auteur").upper()[:20],
        developpe=m("role"),
        autres_noms=m("alternative"),
        formes=m("structure"),
        definition=m("resume"),
        exemple=f"<p>{m('exemple')}</p>",
        explication=[blocs.texte(f"<p>{m('paragraphe')}</p>")],
        sources=[{"type": "source", "value": {"titre": m("lien"), "auteur": "", "annee": None, "url": ""}}],
        **kwargs,
    )
    public = TermePageFactory(title=f"Mot public près de {genre}", publiee=True)
    one, other = Concept.objects.filter(cle__in=[page.translation_key, public.translation_key]).order_by("pk")
    Relation.objects.create(de=one, vers=other, genre=Relation.Genre.ASSOCIE)
    return page


GENRES: dict[str, Callable[[], Page]] = {
    PUBLIC: lambda: fiche(PUBLIC),
    "connexion": lambda: fiche("connexion", protegee="login"),
    "groupe": lambda: fiche("groupe", protegee="groups"),
    "mot_de_passe": lambda: fiche("mot_de_passe", protegee="password"),
    "brouillon": _brouillon,
    "programmee": _programmee,
    "expiree": _expiree,
    "depubliee": _depubliee,
    "modifiee": _modifiee,
    "sous_privee": _sous_privee,
    "sous_depubliee": _sous_depubliee,
    "alias": _alias,
    "traduction": _traduction,
    "supprimee": _supprimee,
    # No page: a document that only its collection hides, used by a public page.
    "collection": _collection,
    # No page either: a proposal about a public page.
    "proposition": _proposition,
    "terme_brouillon": lambda: terme("terme_brouillon", brouillon=True),
    "terme_ferme": lambda: terme("terme_ferme", protegee="password"),
}
# Who may read what besides the public page, and nobody the rest.
VISIBLE = {
    "superuser": {"connexion", "groupe", "sous_privee", "alias", "collection"},
    "moderator": {"connexion"},
    "editor": {"connexion"},
    "member of the group": {"connexion", "groupe", "collection"},
    "member of another group": {"connexion"},
    "member": {"connexion"},
    "anonymous": set(),
}


def build() -> Site:
    """Build the site: one page of each kind, and public pages that refer to all of them in every way."""
    site = Site()
    # Made first, so that its generated collections and groups exist.
    accueil("en")
    for genre, make in GENRES.items():
        site.pages[genre] = make()
    cited = list(Page.objects.filter(pk__in=[page.pk for page in site.pages.values()]))
    ids = [page.pk for page in cited]
    rich = "".join(blocs.lien_riche(pk) for pk in ids)
    showcase: dict[str, Any] = {
        "corps": [
            *(blocs.pages(*ids[start : start + 6]) for start in range(0, len(ids), 6)),
            blocs.liens(*(blocs.lien(pk) for pk in ids)),
            blocs.texte(rich),
            blocs.tableau(rich),
        ]
    }
    InformationPageFactory(title="Vitrine", slug="vitrine", publiee=True, **showcase)
    ContactPageFactory(introduction=rich)
    home = accueil("fr")
    home.introduction = rich
    home.entrees = [
        {"type": "entree", "value": {"titre": "Un besoin", "texte": "Une phrase", "page": pk, "url": ""}} for pk in ids
    ]
    home.save_revision().publish()
    for emplacement in Menu.Emplacement.values:
        locale = Locale.objects.get(language_code="fr")
        menu, _made = Menu.objects.get_or_create(locale=locale, emplacement=emplacement)
        for page in cited:
            LienMenu.objects.create(menu=menu, locale=locale, page=page)
    site.documents = list(Fichier.objects.all())
    site.people = {
        "superuser": UtilisateurFactory(superutilisateur=True),
        "moderator": UtilisateurFactory(moderateur=True),
        "editor": UtilisateurFactory(redacteur=True),
        "member of the group": UtilisateurFactory(groupes=(GROUPE,)),
        "member of another group": UtilisateurFactory(groupes=("Encore un autre",)),
        "member": UtilisateurFactory(),
        "anonymous": None,
    }
    return site
