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

from fiches.models import AuteurFiche, FichePage, FichesIndexPage
from fiches.queries import VOCABULAIRES
from home.demo import medias, sources
from home.demo.blocs import Convertisseur
from home.models import ContactPage, HomePage, InformationPage
from home.operations import installer_accueil
from socle.models import BasePage, LienMenu, Menu, ReglagesSite
from socle.operations import semer_vocabulaires
from socle.publication import reprendre_dates

Data = dict[str, Any]
INDEX = {
    "fr": ("Les fiches", "Des ressources courtes et concrètes, écrites à deux, pour agir dès cette semaine."),
    "en": ("Guides", "Short, practical resources written in pairs, ready to use this week."),
    "ar": ("الأدلة العملية", "موارد قصيرة وعملية كُتبت بقلمين، جاهزة للاستعمال هذا الأسبوع."),
}


class SiteDemo:
    """One run of the seed. Pages are created first, then filled, so that texts may link to each other."""

    def __init__(self) -> None:
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.pages: dict[tuple[str, str], BasePage] = {}
        self.to_fill: list[Callable[[], None]] = []
        self.today = timezone.localdate()

    @transaction.atomic
    def build(self) -> int:
        """Create everything that is missing; return how many pages were created."""
        semer_vocabulaires()
        self.dessins = medias.dessins()
        self.documents = medias.documents()
        for langue in sources.langues():
            self._create_pages(langue)
        for fill in self.to_fill:
            fill()
        self._settings()
        for langue in sources.langues():
            self._menus(langue)
        return len(self.to_fill)

    # --- First pass: the tree ---

    def _create_pages(self, langue: str) -> None:
        home = self._home(langue)
        fiches = sources.fiches(langue)
        if fiches:
            titre, resume = INDEX[langue]
            index = self._page(langue, "page:fiches", home, FichesIndexPage(title=titre, slug="fiches", resume=resume))
            for slug, data in fiches.items():
                draft = FichePage(title=data["titre"], slug=slug, resume=data["resume"])
                self._page(langue, f"fiche:{slug}", index, draft, self.fill_fiche, data)
        for slug, data in sources.pages(langue).items():
            kind = ContactPage if slug == "contact" else InformationPage
            draft = kind(title=data["titre"], slug=slug, resume=data.get("resume", ""))
            fill = self._fill_contact if kind is ContactPage else self._fill_information
            self._page(langue, f"page:{slug}", home, draft, fill, data)

    def _home(self, langue: str) -> BasePage:
        data = sources.accueil(langue)
        existing = HomePage.objects.filter(locale=self.locales[langue]).first()
        if existing is None:
            existing = installer_accueil(langue, data["titre"])
            self._later(langue, existing, self._fill_home, data)
        self.pages[langue, "page:accueil"] = existing
        return existing

    def _page(
        self,
        langue: str,
        key: str,
        parent: Page,
        draft: BasePage,
        fill: Callable[[Convertisseur, Any, Data], None] | None = None,
        data: Data | None = None,
    ) -> BasePage:
        existing = type(draft).objects.child_of(parent).filter(slug=draft.slug).first()
        if existing is None:
            draft.locale = self.locales[langue]
            if source := self.pages.get(("fr", key)):
                draft.translation_key = source.translation_key
            draft.live = False
            existing = parent.add_child(instance=draft)
            self._later(langue, existing, fill, data)
        self.pages[langue, key] = existing
        return existing

    def _later(self, langue: str, page: BasePage, fill: Any, data: Data | None) -> None:
        def run() -> None:
            if fill is not None:
                convertir = self.convertisseur(langue)
                fill(convertir, page, data)
                page.texte_falc = json.dumps(convertir.texte_falc((data or {}).get("texte_falc")))
            page.save_revision().publish()
            if data and "revise_il_y_a" in data:
                le = self.today - datetime.timedelta(days=data["revise_il_y_a"])
                reprendre_dates(page, le, self.today + datetime.timedelta(days=data["revision_dans"]))

        self.to_fill.append(run)

    def convertisseur(self, langue: str) -> Convertisseur:
        def page_id(key: str) -> int:
            # A text may point to a page that exists in French only.
            return (self.pages.get((langue, key)) or self.pages["fr", key]).pk

        return Convertisseur(page_id, self.dessins, self.documents)

    # --- Second pass: the texts ---

    def _fill_home(self, convertir: Convertisseur, page: HomePage, data: Data) -> None:
        page.accroche = data["accroche"]
        page.introduction = convertir.riche(data.get("introduction"))
        page.illustration = self.dessins[data["illustration"]]
        entrees = [{"type": "entree", "value": convertir.entree(row)} for row in data["entrees"]]
        page.entrees = json.dumps(entrees)
        page.corps = json.dumps(convertir.corps(data.get("corps")))

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
        steps = [{"type": "etape", "value": convertir.etape(row)} for row in data.get("etapes") or []]
        examples = [{"type": "exemple", "value": convertir.exemple(row)} for row in data.get("exemples") or []]
        page.etapes = json.dumps(steps)
        page.exemples = json.dumps(examples)
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
            Menu.Emplacement.PRINCIPAL: ("page:fiches", "page:le-partenariat-en-sante", "page:comment-contribuer"),
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
