"""The tree of pages, one home page per language."""

import datetime
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import factory
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_factories import PageFactory

from fiches.models import AuteurFiche, FichePage, FichesIndexPage
from fiches.queries import VOCABULAIRES
from glossaire.models import GlossairePage, TermePage
from home.models import ContactPage, HomePage, InformationPage
from home.operations import installer_accueil
from socle.models import BasePage
from socle.search import indexer
from tests.factories import blocs
from tests.factories.medias import FichierFactory, IllustrationFactory
from tests.factories.vocabulaires import termes
from tests.harness import worlds

GLOSSAIRE_VOCABULAIRES = ("thematiques", "natures", "contextes", "publics")
REVISEE_LE = datetime.date(2026, 3, 1)
GROUPE = "Relecture"


def publier(page: BasePage) -> BasePage:
    """Publish as the admin does: a revision, and the signals."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@contextmanager
def without_editors_indexes() -> Iterator[None]:
    """Leave out what only the editor's search and usage screens read: a third of the cost of a page."""
    backends = {name: {**options, "AUTO_UPDATE": False} for name, options in settings.WAGTAILSEARCH_BACKENDS.items()}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends), disable_reference_index_auto_update():
        yield


def accueil(langue: str = "fr") -> HomePage:
    """Return the live home page of a language, made if there is none; the French one comes first."""
    existing = HomePage.objects.filter(locale__language_code=langue).first()
    if existing is not None and existing.live:
        return existing
    worlds.remembered(("accueil", langue), partial(_faire_accueil, langue))
    return HomePage.objects.get(locale__language_code=langue)


def _faire_accueil(langue: str) -> None:
    if langue != "fr":
        accueil("fr")
    with without_editors_indexes():
        home = installer_accueil(langue, f"Partenariat en santé ({langue})")
        home.live = True
        home.save()


def index_fiches(langue: str = "fr") -> FichesIndexPage:
    """Return the index of resources of a language, made if there is none."""
    existing = FichesIndexPage.objects.filter(locale__language_code=langue)
    if not existing:
        worlds.remembered(
            ("index_fiches", langue), lambda: FichesIndexPageFactory(parent=accueil(langue), slug="fiches")
        )
    return existing.all()[0]


def glossaire(langue: str = "fr") -> GlossairePage:
    """Return the glossary of a language, made if there is none; that of French comes first."""
    existing = GlossairePage.objects.filter(locale__language_code=langue)
    if not existing:
        worlds.remembered(("glossaire", langue), partial(_faire_glossaire, langue))
    return existing.all()[0]


def _faire_glossaire(langue: str) -> None:
    source = glossaire("fr") if langue != "fr" else None
    GlossairePageFactory(parent=accueil(langue), version_de=source)


def proteger(page: Page, comment: str = PageViewRestriction.LOGIN, groupe: str = "", mot_de_passe: str = "") -> None:
    """Restrict a page and those below it: `login`, `groups` (of the group named `groupe`) or `password`."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=comment, password=mot_de_passe)
    if groupe:
        restriction.groups.add(Group.objects.get_or_create(name=groupe)[0])


class BasePageFactory(PageFactory):
    """A live page below `parent`, in its language.

    `publiee=True` publishes it through a revision, `protegee="login"` (or "groups", "password") restricts it, and
    `version_de=page` makes it a translation of `page`.
    """

    class Meta:
        model = BasePage
        abstract = True

    class Params:
        brouillon = factory.Trait(live=False)
        programmee = factory.Trait(
            live=False, go_live_at=factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=1))
        )

    parent = factory.LazyFunction(accueil)
    locale = factory.SelfAttribute("parent.locale")
    publiee = False
    protegee = ""
    version_de = None

    @classmethod
    def _create(cls, model_class: type[BasePage], *args: Any, **kwargs: Any) -> BasePage:
        publiee, protegee, source = (kwargs.pop(name) for name in ("publiee", "protegee", "version_de"))
        if source is not None:
            kwargs["translation_key"] = source.translation_key
        if publiee:
            kwargs["live"] = False
        page = super()._create(model_class, *args, **kwargs)
        if protegee:
            proteger(page, protegee, groupe=GROUPE if protegee == PageViewRestriction.GROUPS else "")
        if publiee:
            return publier(page)
        if page.live:
            indexer(page)
        return page

    @classmethod
    def _create_instance(cls, model_class: type[BasePage], parent: Page, kwargs: dict[str, Any]) -> BasePage:
        for name in (
            "etapes",
            "corps",
            "exemples",
            "documents",
            "entrees",
            "texte_falc",
            "explication",
            "sources",
            "programme",
            "pages_liees",
        ):
            if isinstance(kwargs.get(name), list):
                kwargs[name] = json.dumps(kwargs[name])
        # The tree changes under an instance that a test keeps: read it again.
        with without_editors_indexes():
            return super()._create_instance(model_class, Page.objects.get(pk=parent.pk), kwargs)


class InformationPageFactory(BasePageFactory):
    class Meta:
        model = InformationPage

    title = factory.Sequence(lambda n: f"Information {n}")
    resume = "Une page d’information."


class ContactPageFactory(BasePageFactory):
    class Meta:
        model = ContactPage

    title = "Nous écrire"
    slug = "contact"
    introduction = "<p>Écrivez-nous.</p>"
    merci = "<p>Merci, nous répondons sous huit jours.</p>"


class FichesIndexPageFactory(BasePageFactory):
    class Meta:
        model = FichesIndexPage

    title = "Les fiches"
    slug = "fiches"


class FichePageFactory(BasePageFactory):
    """A resource. Vocabularies take slugs: `publics=["usagers"]`."""

    class Meta:
        model = FichePage

    class Params:
        reference = factory.Trait(type_ressource="reference", lien_externe="https://exemple.org/guide")
        complete = factory.Trait(
            illustration=factory.SubFactory(IllustrationFactory),
            objectifs="<ul><li>Choisir ensemble</li></ul>",
            besoins="<ul><li>Une salle</li></ul>",
            vigilance="<p>Le temps de chacun.</p>",
            duree="demi_journee",
            duree_precision="Deux rencontres",
            etapes=[blocs.etape("Inviter", duree="10 minutes"), blocs.etape("Accueillir")],
            exemples=[blocs.exemple()],
            corps=factory.LazyAttribute(
                lambda fiche: blocs.tous(fiche.illustration, FichierFactory(), accueil("fr").pk)
            ),
            documents=factory.LazyFunction(
                lambda: [blocs.document(FichierFactory()), blocs.lien(url="https://exemple.org/")]
            ),
            publics=["usagers", "aidants"],
            contextes=["hopital"],
            natures=["soins", "formation"],
            echelles=["micro"],
            niveaux=["partenariat"],
            thematiques=["cadre", "ressources"],
            auteurs=[("Camille Exemple", "usager"), ("Samir Démo", "professionnel")],
            prochaine_revision=datetime.date(2027, 3, 1),
        )

    parent = factory.LazyFunction(index_fiches)
    title = factory.Sequence(lambda n: f"Fiche {n:03}")
    resume = "Ce que la fiche aide à faire."
    revise_le = REVISEE_LE

    @classmethod
    def _create_instance(cls, model_class: type[FichePage], parent: Page, kwargs: dict[str, Any]) -> FichePage:
        langue = kwargs["locale"].language_code
        slugs = {name: kwargs.pop(name) for name in VOCABULAIRES if name in kwargs}
        auteurs = kwargs.pop("auteurs", ())
        kwargs = {
            **kwargs,
            **{name: termes(name, values, langue) for name, values in slugs.items()},
            "auteurs": [
                AuteurFiche(nom=nom, cote=cote, locale=kwargs["locale"], sort_order=rank)
                for rank, (nom, cote) in enumerate(auteurs)
            ],
        }
        return super()._create_instance(model_class, parent, kwargs)


class GlossairePageFactory(BasePageFactory):
    class Meta:
        model = GlossairePage

    title = "Glossaire"
    slug = "glossaire"


class TermePageFactory(BasePageFactory):
    """A term. `langue="en"` puts it in the glossary of that language; `thematiques=["cadre"]` takes slugs."""

    class Meta:
        model = TermePage

    class Params:
        langue = "fr"

    parent = factory.LazyAttribute(lambda terme: glossaire(terme.langue))
    title = factory.Sequence(lambda n: f"Mot numéro {n}")
    definition = "Ce que le mot veut dire."

    @classmethod
    def _create_instance(cls, model_class: type[TermePage], parent: Page, kwargs: dict[str, Any]) -> TermePage:
        langue = kwargs["locale"].language_code
        slugs = {name: kwargs.pop(name) for name in GLOSSAIRE_VOCABULAIRES if name in kwargs}
        kwargs |= {name: termes(name, values, langue) for name, values in slugs.items()}
        return super()._create_instance(model_class, parent, kwargs)
