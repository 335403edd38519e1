"""Builds the demonstration site: what is missing is created, what exists is left as its editors made it."""

import datetime
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from evenements.models import AgendaPage, EvenementPage
from fiches.models import AuteurFiche, FichePage, FichesIndexPage
from fiches.queries import VOCABULAIRES
from glossaire.models import GlossairePage, TermePage
from home.demo import agenda, medias, mots, sources
from home.demo.blocs import Convertisseur, stored
from home.demo.segments import source_de
from home.demo.traductions import traduire
from home.models import ContactPage, HomePage, InformationPage
from home.operations import installer_accueil
from socle.models import BasePage, LienMenu, Menu, ReglagesSite
from socle.operations import semer_vocabulaires
from socle.publication import reprendre_dates

Data = dict[str, Any]
Fill = Callable[[Convertisseur, Any, Data], None]
FRANCAIS, FALC = settings.LANGUAGE_CODE, settings.FALC_LANGUAGE_CODE


class SiteDemo:
    """One run of the seed. Pages are created first, then filled, so that texts may link to each other."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.pages: dict[tuple[str, str], BasePage] = {}
        self.to_fill: list[Callable[[], None]] = []
        self.creees: set[tuple[str, str]] = set()
        self.today = timezone.localdate()
        self.rencontres = agenda.Semis(self.today)

    @transaction.atomic
    def build(self) -> int:
        """Create everything that is missing; return how many pages were created."""
        semer_vocabulaires()
        self.dessins = medias.dessins()
        self.documents = medias.documents()
        self.pictogrammes = medias.pictogrammes()
        self.rencontres.semer()
        for langue in sources.langues():
            self._create_pages(langue)
        for fill in self.to_fill:
            fill()
        mots.relier()
        self._settings()
        for langue in sources.langues():
            self._menus(langue)
        return len(self.to_fill)

    # --- First pass: the tree ---

    def _create_pages(self, langue: str) -> None:
        home = self._home(langue)
        fiches = sources.fiches(langue)
        if fiches:
            data = sources.index(langue)
            draft = FichesIndexPage(title=data["titre"], slug="fiches", resume=data["resume"])
            index = self._page(langue, "page:fiches", home, draft, self._fill_nothing, data)
            for slug, data in fiches.items():
                draft = FichePage(title=data["titre"], slug=slug, resume=data["resume"])
                self._page(langue, f"fiche:{slug}", index, draft, self.fill_fiche, data)
        if data := sources.glossaire(langue):
            draft = GlossairePage(title=data["titre"], slug="glossaire", resume=data["resume"])
            index = self._page(langue, "page:glossaire", home, draft, self._fill_glossaire, data)
            for identifiant, terme in mots.termes(langue).items():
                self._page(langue, f"mot:{identifiant}", index, mots.brouillon(identifiant, terme), mots.remplir, terme)
        if data := sources.agenda(langue):
            draft = AgendaPage(title=data["titre"], slug="agenda", resume=data["resume"])
            index = self._page(langue, "page:agenda", home, draft, agenda.remplir_index, data)
            for identifiant, texte in agenda.mots(langue).items():
                draft = agenda.brouillon(identifiant, texte, self.rencontres.evenements[identifiant])
                self._page(langue, f"rencontre:{identifiant}", index, draft, agenda.remplir, texte)
        for slug, data in sources.pages(langue).items():
            kind = ContactPage if slug == "contact" else InformationPage
            draft = kind(title=data["titre"], slug=slug, resume=data.get("resume", ""))
            fill = self._fill_contact if kind is ContactPage else self._fill_information
            self._page(langue, f"page:{data.get('version_de', slug)}", home, draft, fill, data)

    def _home(self, langue: str) -> BasePage:
        data, key = sources.accueil(langue), "page:accueil"
        existing = HomePage.objects.filter(locale=self.locales[langue]).first()
        if existing is None:
            existing = installer_accueil(langue, data["titre"])
            self._later(langue, key, existing, self._fill_home, data)
        self.pages[langue, key] = existing
        return existing

    def _page(self, langue: str, key: str, parent: Page, draft: BasePage, fill: Fill, data: Data) -> BasePage:
        existing = type(draft).objects.child_of(parent).filter(slug=draft.slug).first()
        if existing is None:
            draft.locale = self.locales[langue]
            if source := self.pages.get((FRANCAIS, key)):
                draft.translation_key = source.translation_key
            draft.live = False
            existing = parent.add_child(instance=draft)
            self._later(langue, key, existing, fill, data)
        self.pages[langue, key] = existing
        return existing

    def _later(self, langue: str, key: str, page: BasePage, fill: Fill, data: Data) -> None:
        self.creees.add((langue, key))

        def run() -> None:
            if langue == FRANCAIS:
                fill(self.convertisseur(langue), page, data)
                page.save_revision().publish()
            elif langue == FALC:
                self._ecrire_falc(key, page, data)
            else:
                self._traduire(key, page, fill, data)
            if "revise_il_y_a" in data:
                le = self.today - datetime.timedelta(days=data["revise_il_y_a"])
                prochaine = self.today + datetime.timedelta(days=data["revision_dans"])
                reprendre_dates(type(page).objects.get(pk=page.pk), le, prochaine)

        self.to_fill.append(run)

    def _ecrire_falc(self, key: str, page: BasePage, data: Data) -> None:
        """Write a version in easy French: a text of its own, and what describes the French page."""
        convertir = self.convertisseur(FALC)
        source = self.pages[FRANCAIS, key].specific
        title, resume = page.title, getattr(page, "resume", "")
        page.reprendre_pour_falc(source)
        page.title = title
        if isinstance(page, HomePage):
            self._fill_home(convertir, page, data)
        elif isinstance(page, TermePage):
            for name, value in mots.champs_propres(data).items():
                setattr(page, name, value or getattr(page, name))
        else:
            page.resume = resume
        if isinstance(page, FichePage | EvenementPage):
            page.documents = json.dumps([])  # its text says what they are in easy words
        page.texte_falc = json.dumps(convertir.texte_falc(data.get("texte_falc") or []))
        page.save_revision().publish()
        Translation.objects.update_or_create(
            source=source_de(source),
            target_locale=page.locale,
            defaults={"enabled": False},
        )

    def _traduire(self, key: str, page: BasePage, fill: Fill, data: Data) -> None:
        """Translate a page string by string; what it shows is made from the strings, as for translators."""
        source = self.pages[FRANCAIS, key].specific_class.objects.get(pk=self.pages[FRANCAIS, key].pk)
        texte = type(page)(title=page.title, slug=page.slug, locale=page.locale)
        if hasattr(page, "resume") and not isinstance(page, TermePage):
            texte.resume = page.resume
        # Links point to the French pages: readers are led to the version in their language where there is one.
        fill(self.convertisseur(FRANCAIS), texte, data)
        traduire(source, texte, page.locale).publish()

    def convertisseur(self, langue: str) -> Convertisseur:
        def page_id(key: str) -> int:
            # A text may point to a page that exists in French only.
            return (self.pages.get((langue, key)) or self.pages[FRANCAIS, key]).pk

        return Convertisseur(page_id, self.dessins, self.documents, self.pictogrammes)

    # --- Second pass: the texts ---

    def _fill_home(self, convertir: Convertisseur, page: HomePage, data: Data) -> None:
        page.accroche = data["accroche"]
        page.introduction = convertir.riche(data.get("introduction"))
        page.illustration = self.dessins[data["illustration"]]
        page.entrees = json.dumps([stored("entree", convertir.entree(row)) for row in data["entrees"]])
        page.corps = json.dumps(convertir.corps(data.get("corps")))

    def _fill_nothing(self, convertir: Convertisseur, page: BasePage, data: Data) -> None:
        """A title and a summary are all that such a page has."""

    def _fill_glossaire(self, convertir: Convertisseur, page: GlossairePage, data: Data) -> None:
        page.introduction = convertir.riche(data.get("introduction"))

    def _fill_information(self, convertir: Convertisseur, page: InformationPage, data: Data) -> None:
        if name := data.get("illustration"):
            page.illustration = self.dessins[name]
        page.corps = json.dumps(convertir.corps(data["corps"]))

    def _fill_contact(self, convertir: Convertisseur, page: ContactPage, data: Data) -> None:
        page.introduction = convertir.riche(data["introduction"])
        page.merci = convertir.riche(data["merci"])

    def fill_fiche(self, convertir: Convertisseur, page: FichePage, data: Data) -> None:
        page.type_ressource = data["type_ressource"]
        page.seo_title = data.get("titre_recherche", "")
        page.illustration = self.dessins[data["illustration"]]
        for name in ("objectifs", "besoins", "vigilance"):
            setattr(page, name, convertir.riche(data.get(name)))
        page.duree = data.get("duree", "")
        page.duree_precision = data.get("duree_precision", "")
        page.lien_externe = data.get("lien_externe", "")
        page.licence = data["licence"]
        page.etapes = json.dumps([stored("etape", convertir.etape(row)) for row in data.get("etapes") or []])
        page.exemples = json.dumps([stored("exemple", convertir.exemple(row)) for row in data.get("exemples") or []])
        page.documents = json.dumps(convertir.documents_a_reutiliser(data.get("documents") or []))
        page.corps = json.dumps(convertir.corps(data.get("corps")))
        for name, (model, _titre) in VOCABULAIRES.items():
            terms = model.objects.filter(locale=page.locale, slug__in=data.get(name) or [])  # type: ignore[attr-defined]
            setattr(page, name, terms)
        page.auteurs = [
            AuteurFiche(locale=page.locale, sort_order=rank, **auteur) for rank, auteur in enumerate(data["auteurs"])
        ]

    # --- The frame ---

    def _settings(self) -> None:
        site = Site.objects.get(is_default_site=True)
        base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.hostname = base.hostname or "localhost"
        site.port = base.port or (443 if base.scheme == "https" else 80)
        site.save()
        reglages = ReglagesSite.for_site(site)
        if not reglages.courriel:
            reglages.courriel = "contact@demo.test"
            reglages.telephone = "01 00 00 00 00"
            reglages.adresse = "1, rue de l’Exemple, 75000 Paris"
        if reglages.declaration is None:
            reglages.declaration = self.pages["fr", "page:accessibilite"]
        reglages.save()

    def _menus(self, langue: str) -> None:
        places = {
            Menu.Emplacement.PRINCIPAL: (
                "page:fiches",
                "page:glossaire",
                "page:agenda",
                "page:le-partenariat-en-sante",
                "page:comment-contribuer",
            ),
            Menu.Emplacement.PIED: (
                "page:qui-sommes-nous",
                "page:contact",
                "page:aide-lecture",
                "page:mentions-legales",
                "page:donnees-personnelles",
            ),
        }
        for place, keys in places.items():
            # Other languages show the French menu, translated pages only, until someone gives them their own.
            if langue != "fr" or Menu.objects.filter(locale=self.locales[langue], emplacement=place).exists():
                continue
            menu = Menu(locale=self.locales[langue], emplacement=place)
            menu.liens = [
                LienMenu(locale=self.locales[langue], page=self.pages[langue, key], sort_order=rank)
                for rank, key in enumerate(keys)
                if (langue, key) in self.pages
            ]
            menu.save()
