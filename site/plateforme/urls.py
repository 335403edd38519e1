"""Addresses of the project. Public pages stand under a language prefix; everything else does not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import views as home
from redaction.views import notifications as redaction
from socle import health, sitemaps
from socle import search_views as recherche
from socle import views as socle
from socle.comptes import views as comptes

handler400 = "socle.views.refusee"
handler404 = "variantes.views.absente.introuvable"
handler429 = "socle.comptes.views.trop_de_demandes"
handler500 = "socle.views.panne"

urlpatterns = [
    path("", socle.racine, name="racine"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/login/", comptes.connexion),
    re_path(r"^admin/password_reset/", comptes.mot_de_passe_oublie),
    path("admin/", include("redaction.urls_admin")),
    path("admin/", include("variantes.urls_admin")),
    path("admin/account/", redaction.CompteView.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accessibilite", socle.accessibilite, name="accessibilite"),
    path("accessibilite/", socle.accessibilite),
    path("falc", socle.falc),
    path("falc/<path:path>", socle.falc),
    path("falc/", socle.falc),
    path("concepts/", include("glossaire.urls_concepts")),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.section, name="sitemap_section"),
    path("robots.txt", socle.robots, name="robots"),
    path(".well-known/security.txt", socle.security_txt, name="security_txt"),
]
if settings.STYLEGUIDE:
    from socle.styleguide import styleguide

    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
if settings.SERVE_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve_file, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("recherche/", recherche.recherche, name="recherche"),
    path("recherche/suggestions/", recherche.suggestions, name="suggestions"),
    path("plan-du-site/", home.plan_du_site, name="plan_du_site"),
    path("contact/envoyer/", home.contact_envoyer, name="contact_envoyer"),
    path("", include("evenements.urls")),
    path("", include("glossaire.urls")),
    path("", include("redaction.urls")),
    path("", include("variantes.urls")),
    path("compte/", include("socle.comptes.urls")),
    path("_util/login/", comptes.connexion_page),
    # Wagtail's own addresses (log in, password of a page), then our page view in the place of Wagtail's.
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, socle.serve, name="wagtail_serve"),
)
