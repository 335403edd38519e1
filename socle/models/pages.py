"""The page from which every page of the site inherits."""

import datetime
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from socle import directory, enrichissement, page_cache, rendering, revisions
from socle.collation import sort_key
from socle.dates import day_of
from socle.json_ld import as_script_content
from socle.models.droits import DroitsPage
from socle.models.medias import Illustration
from socle.navigation import Variante, variantes
from socle.page_context import extra_context
from socle.publication import noter_publication
from socle.queries import PageQuerySet
from socle.sites import located, url_of
from socle.sommaire import EntreeSommaire, construire_sommaire


@dataclass(frozen=True)
class Etape:
    """One step of the breadcrumb."""

    titre: str
    url: str


class BasePage(Page):
    """What every page offers: search and share metadata, breadcrumb, table of contents, language variants."""

    image_partage = models.ForeignKey(
        Illustration,
        verbose_name="image de partage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Montrée quand la page est partagée sur un réseau. Vide : l’illustration de la page.",
    )
    montrer_relecture = models.BooleanField(
        "dire aux lecteurs que la page a été relue",
        default=True,
        db_default=True,
        help_text="Au pied de la page : les deux regards qui ont approuvé ce texte, et la date. Jamais de nom.",
    )
    # The day when both sides had approved the text that is public; empty when they have not.
    relu_le = models.DateField("relue le", null=True, blank=True, editable=False)
    expliquer_les_mots = models.BooleanField(
        "expliquer les mots du glossaire dans cette page",
        default=True,
        db_default=True,
        help_text="La première fois qu’on lit un mot du glossaire, on peut ouvrir sa définition. En FALC, le bloc "
        "« Mot expliqué » le fait.",
    )
    mots_non_expliques = models.CharField(
        "mots à ne pas expliquer ici",
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="Séparés par des virgules. Par exemple : consultation, ETP.",
    )
    titre_tri = models.CharField(max_length=255, editable=False, default="")
    mis_a_jour_le = models.DateField("mise à jour le", null=True, editable=False)
    revise_le = models.DateField("révisée le", null=True, editable=False)
    prochaine_revision = models.DateField(
        "prochaine révision",
        null=True,
        blank=True,
        help_text="Le jour où l’équipe relira la page. Vide ou passé : le délai habituel, compté de la publication.",
    )
    modification_mineure = models.BooleanField(
        "modification mineure",
        default=False,
        db_default=False,
        help_text="Une coquille, un lien : la date de mise à jour ne change pas et les traductions restent à jour.",
    )

    objects = PageQuerySet.as_page_manager()

    # What the kind of page is called in lists for readers; empty where it goes without saying.
    nom_public: ClassVar[Any] = ""
    # Whether to offer pages of this type to a reader whose search found nothing.
    aide_recherche: ClassVar[bool] = False
    # Whether the page is a text to listen to, to print and to compare, and not a list or a form.
    se_lit: ClassVar[bool] = True
    # What the page's template writes above some of its fields.
    titres_des_champs: ClassVar[dict[str, Any]] = {}
    # Anchors that the page's template gives to its fixed parts.
    ancres_reservees: ClassVar[tuple[str, ...]] = ()
    # Fields whose words are not the page's own: the search does not read them.
    champs_hors_recherche: ClassVar[tuple[str, ...]] = ()
    # For how many months a text of this kind holds before it is read again; None where it needs no review.
    duree_de_validite: ClassVar[int | None] = 24

    promote_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("image_partage"),
            ],
            "Recherche et partage",
        ),
    ]
    suivi_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("revise_le", read_only=True), FieldPanel("prochaine_revision")]),
                FieldPanel("modification_mineure"),
                FieldPanel("montrer_relecture"),
            ],
            "Révision",
        ),
        MultiFieldPanel([FieldPanel("expliquer_les_mots"), FieldPanel("mots_non_expliques")], "Glossaire"),
    ]
    settings_panels: ClassVar = [*Page.settings_panels, *suivi_panels]
    # Each language version has dates of its own: they are neither translated nor copied. A copy is another text, even
    # when it says the same.
    exclude_fields_in_copy: ClassVar = [
        "relu_le",
        "mis_a_jour_le",
        "revise_le",
        "prochaine_revision",
        "modification_mineure",
    ]
    override_translatable_fields: ClassVar[list[Any]] = [
        BaseTranslatableField(name)
        for name in ("prochaine_revision", "modification_mineure", "expliquer_les_mots", "mots_non_expliques")
    ]
    # Set where the query that found the page saw that no restriction stands at it or above.
    ouverte: bool = False

    search_fields: ClassVar = [*Page.search_fields, index.SearchField("search_description")]

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(prochaine_revision__isnull=True)
                | models.Q(revise_le__isnull=True)
                | models.Q(prochaine_revision__gt=models.F("revise_le")),
                name="%(class)s_prochaine_revision",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.prochaine_revision and self.revise_le and self.prochaine_revision <= self.revise_le:
            raise ValidationError({"prochaine_revision": "La prochaine révision vient après la dernière."})

    # What each language says in words of its own: neither translated nor copied from the French page.
    champs_de_la_langue: ClassVar[tuple[str, ...]] = ()

    def verifier_publication(self) -> None:
        """Raise `ValidationError` where this text may not become public as it is; kinds of pages say why."""

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.titre_tri = sort_key(self.title)
        if self.live and self.live_revision_id and not self.alias_of_id and kwargs.get("update_fields") is None:
            noter_publication(self)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Keep the text as a revision: a new one where the last has been read by others."""
        if overwrite_revision is not None and overwrite_revision.pk == self.latest_revision_id:
            public = overwrite_revision.pk == self.live_revision_id
            if public or revisions.figee(overwrite_revision):
                overwrite_revision = None
        revision: Revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        return revision

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The page as a revision says, with the dates of the page itself: an alias has those of its source.

        A text taken from a revision claims no review: its publication says whether it had one.
        """
        page: Self = super().with_content_json(content)
        page.relu_le = None
        if not self.alias_of_id:
            page.mis_a_jour_le, page.revise_le = self.mis_a_jour_le, self.revise_le
            if page.prochaine_revision and self.revise_le and page.prochaine_revision <= self.revise_le:
                page.prochaine_revision = self.prochaine_revision
        return page

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Site, root address and path of the page, from what the process remembers."""
        return super(BasePage, located(self)).get_url_parts(request)

    @property
    def relecture_affichee(self) -> datetime.date | None:
        """The date of the review to tell readers about."""
        return self.relu_le if self.montrer_relecture else None

    @property
    def resume_seo(self) -> str:
        """One or two sentences for search engines and shared links."""
        return self.search_description or getattr(self, "resume", "")

    @property
    def autres_titres(self) -> list[str]:
        """What else the page is called: the search finds it under these words as under its title."""
        return []

    @property
    def facettes_propres(self) -> dict[str, str]:
        """Facets that the index keeps for this type of page alone, and the page's value of each."""
        return {}

    @property
    def illustration_partage(self) -> Illustration | None:
        return self.image_partage or getattr(self, "illustration", None)

    @cached_property
    def fil_d_ariane(self) -> list[Etape]:
        """From the home page to the page's parent; empty on the home page itself."""
        pages = directory.current().pages
        ancetres = (pages.by_path(path) for path in rendering.ancestor_paths(self))
        return [Etape(gettext("Accueil") if page.depth == 2 else page.title, url_of(page)) for page in ancetres if page]

    @cached_property
    def sommaire(self) -> list[EntreeSommaire]:
        """The headings of the page's main text; they get their anchors on the way."""
        return construire_sommaire(getattr(self, "corps", ()), self.ancres_reservees)

    @cached_property
    def alternatives(self) -> list[Variante]:
        """Every language version, itself included, for hreflang; easy-to-read French is no language of its own."""
        versions = [replace(version, url=version.url_absolue) for version in variantes(self) if not version.falc]
        return versions if len(versions) > 1 else []

    @property
    def alternative_par_defaut(self) -> str:
        """The address for readers of every other language: home pages are chosen by the browser's; else French."""
        french = (version.url for version in self.alternatives if version.code == settings.LANGUAGE_CODE)
        url = next(french, self.alternatives[0].url)
        return urljoin(url, "/") if self.depth == 2 else url

    def schema_org(self) -> dict[str, Any]:
        """The page as a schema.org thing; page types extend it."""
        return {
            "@type": "WebPage",
            "name": self.title,
            "description": self.resume_seo,
            "url": self.full_url,
            "inLanguage": self.locale.language_code,
            "dateModified": self.date_de_mise_a_jour,
        }

    @property
    def date_de_mise_a_jour(self) -> datetime.date | None:
        """When readers last had a new text; pages older than that date have that of their publication."""
        return self.mis_a_jour_le or day_of(self.last_published_at)

    @cached_property
    def donnees_structurees(self) -> SafeString:
        """`schema_org()` and the breadcrumb, as the content of a script element."""
        return as_script_content({"@context": "https://schema.org", "@graph": [self.schema_org(), *self._fil_schema()]})

    def _fil_schema(self) -> list[dict[str, Any]]:
        parts = self.get_url_parts()
        if not self.fil_d_ariane or parts is None:
            return []
        etapes = [*((etape.titre, f"{parts[1]}{etape.url}") for etape in self.fil_d_ariane), (self.title, "")]
        items = [
            {"@type": "ListItem", "position": rang, "name": titre, **({"item": url} if url else {})}
            for rang, (titre, url) in enumerate(etapes, start=1)
        ]
        return [{"@type": "BreadcrumbList", "itemListElement": items}]

    def permissions_for_user(self, user: Any) -> DroitsPage:
        return DroitsPage(user, self)

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> HttpResponse:
        """Ask for the password without a word of the page: Wagtail would pass the page itself to the template."""
        form.fields["password"].label = _("Mot de passe")
        if form.has_error("password"):
            form.errors["password"] = form.error_class([_("Ce mot de passe n’ouvre pas cette page.")])
        form.fields["password"].widget.attrs["autocomplete"] = "current-password"
        context = {"formulaire": form, "action_url": action_url}
        return TemplateResponse(request, "socle/mot_de_passe.html", context)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions of the page and of those above it, in one query where Wagtail takes two.

        An alias has the restrictions of its source.
        """
        if self.ouverte:
            return PageViewRestriction.objects.none()
        lineage = Page.objects.filter(path__in=[*self.get_ancestors_paths(), self.path])
        sources = lineage.annotate(
            source=Coalesce("alias_of__alias_of__alias_of_id", "alias_of__alias_of_id", "alias_of_id", "pk")
        )
        return PageViewRestriction.objects.filter(page_id__in=sources.order_by().values("source"))

    def get_ancestors_paths(self) -> list[str]:
        return [self.path[:length] for length in range(self.steplen, len(self.path), self.steplen)]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Restrictions have been checked, and all of them need a session: without one, everyone sees the same page.
        return page_cache.allow(super().serve(request, *args, **kwargs))

    def annoncer(self, request: HttpRequest) -> None:
        """Tell the directory what the page will show, so that it is fetched together."""
        rendering.prepare(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        request.page_courante = self  # type: ignore[attr-defined]  # read by the context processor
        self.annoncer(request)
        enrichissement.ouvrir(self)
        context = {**super().get_context(request, *args, **kwargs), **extra_context(request, self)}
        rendering.attach_media(self)
        # Headings get their anchors here, so that they are unique on pages that show no table of contents too.
        context["sommaire"] = self.sommaire
        return context
