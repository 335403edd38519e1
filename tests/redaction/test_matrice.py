"""Every cell of the permission matrix, by requests to the admin's addresses: what happens is what the matrix says."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.fields import StreamField
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.test.utils.form_data import querydict_from_html

from evenements.models import Evenement, Inscription
from fiches.models import FichePage, FichesIndexPage
from fiches.queries import VOCABULAIRES
from glossaire.models import Concept, ImportTermes
from home.models import ContactPage, HomePage, InformationPage, MessageContact
from redaction.models import Proposition
from redaction.permissions import matrice
from redaction.roles import ROLES, Role
from socle.models import Fichier, Illustration, Lieu, Menu, ReglagesSite, Territoire, Utilisateur
from tests.factories import (
    ContactPageFactory,
    FichePageFactory,
    FichesIndexPageFactory,
    FichierFactory,
    IllustrationFactory,
    InformationPageFactory,
    UtilisateurFactory,
    accueil,
    index_fiches,
    proposer,
    terme,
)
from tests.factories.evenements import LieuFactory
from tests.harness.html import StrictClient
from tests.socle.test_navigation import menu
from variantes.models import RetourLecture

pytestmark = pytest.mark.django_db

ANONYME = Role("anonyme", "")
PERSONNES = pytest.mark.parametrize("role", [*ROLES, ANONYME], ids=lambda role: role.nom)
FACTORIES = {FichePage: FichePageFactory, InformationPage: InformationPageFactory, ContactPage: ContactPageFactory}
PARENTS = {FichePage: FichesIndexPage, InformationPage: HomePage, ContactPage: HomePage}


def signed_in(role: Role) -> tuple[StrictClient, Utilisateur | None]:
    client = StrictClient()
    if role is ANONYME:
        return client, None
    user = UtilisateurFactory(groupes=[role.nom])
    client.force_login(user)
    return client, user


def droits(role: Role, kind: type[Page], langue: str = "fr") -> frozenset[str]:
    return matrice.sur_page(role, kind) if role.couvre(langue) else frozenset()


def refused(response: HttpResponse) -> bool:
    """Tell whether the admin sent the person away."""
    address = response.headers.get("Location", "")
    return response.status_code == 403 or address == "/admin/" or address.startswith("/admin/login/")


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)


class Gestes:
    """What one person tries on pages; each gesture returns whether it had its effect."""

    def __init__(self, client: StrictClient, superuser: StrictClient) -> None:
        self.client = client
        self.superuser = superuser
        self.forms: dict[type[Page], dict[str, Any]] = {}

    def post(self, name: str, *args: Any, **data: Any) -> HttpResponse:
        response = self.client.post(reverse(f"wagtailadmin_pages:{name}", args=args), data)
        assert response.status_code in {200, 302, 403}
        return response

    def form(self, page: Page) -> dict[str, Any]:
        """Return the editor's form of a page, as a superuser receives it, with another title."""
        kind = page.specific_class
        if kind not in self.forms:
            html = self.superuser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
            # A script of the editor adds the blocks.
            streams = {f"{field.name}-count": "0" for field in kind._meta.fields if isinstance(field, StreamField)}
            self.forms[kind] = querydict_from_html(html, form_id="page-edit-form").dict() | streams
        return {**self.forms[kind], "title": f"{page.title} bis", "slug": page.slug}

    def ecrire(self, page: Page, **action: str) -> None:
        data = {**self.form(page), **action}
        response = self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert response.status_code in {302, 403}

    def modifier(self, page: Page) -> bool:
        self.ecrire(page)
        return fresh(page).draft_title.endswith(" bis")

    def publier(self, page: Page) -> bool:
        self.ecrire(page, **{"action-publish": "1"})
        return fresh(page).live_revision is not None

    def depublier(self, page: Page) -> bool:
        self.post("unpublish", page.pk)
        return not fresh(page).live

    def restreindre(self, page: Page) -> bool:
        self.post("set_privacy", page.pk, restriction_type="login")
        return PageViewRestriction.objects.filter(page=page).exists()

    def verrouiller(self, page: Page) -> bool:
        self.post("lock", page.pk)
        return fresh(page).locked

    def deverrouiller(self, page: Page) -> bool:
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=None)
        self.post("unlock", page.pk)
        found = fresh(page).locked
        Page.objects.filter(pk=page.pk).update(locked=False)
        return not found

    def copier(self, page: Page, **options: str) -> bool:
        slug = f"copie-{page.pk}-{len(options)}"
        parent = page.get_parent()
        data = {"new_title": "Copie", "new_slug": slug, "new_parent_page": parent.pk, **options}
        self.post("copy", page.pk, **data)
        return Page.objects.filter(slug=slug).exists()

    def copier_publiee(self, page: Page) -> bool:
        return self.copier(page, publish_copies="on") and Page.objects.get(slug=f"copie-{page.pk}-1").live

    def copier_en_alias(self, page: Page) -> bool:
        self.copier(page, alias="on")
        return Page.objects.filter(alias_of=page).exists()

    def deplacer(self, page: Page, vers: Page) -> bool:
        self.post("move_confirm", page.pk, vers.pk)
        return fresh(page).get_parent().pk == vers.pk

    def supprimer(self, page: Page) -> bool:
        self.post("delete", page.pk)
        return not Page.objects.filter(pk=page.pk).exists()

    def historique(self, page: Page) -> bool:
        return not refused(self.client.get(reverse("wagtailadmin_pages:history", args=[page.pk])))

    def creer(self, parent: Page, kind: type[Page]) -> bool:
        sample = FACTORIES[kind](brouillon=True)
        data = {**self.form(sample), "slug": f"nouvelle-{kind.__name__.lower()}"}
        sample.delete()
        options = kind._meta
        url = reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, parent.pk])
        self.client.post(url, data)
        return Page.objects.filter(slug=data["slug"], live=False).exists()


@pytest.fixture
def superuser(admin_client: StrictClient) -> StrictClient:
    accueil()
    index_fiches()
    return admin_client


@PERSONNES
@pytest.mark.parametrize("kind", [HomePage, FichesIndexPage, *FACTORIES], ids=lambda kind: kind.__name__)
def test_public_pages(role: Role, kind: type[Page], superuser: StrictClient) -> None:
    client, _user = signed_in(role)
    gestes = Gestes(client, superuser)
    page = FACTORIES[kind]() if kind in FACTORIES else kind.objects.get()
    rights = droits(role, kind)
    elsewhere = accueil("en")
    assert {
        "modifier": gestes.modifier(page),
        "historique": gestes.historique(page),
        "publier": gestes.publier(page),
        "depublier": gestes.depublier(page),
        "restreindre": gestes.restreindre(page),
        "deplacer": gestes.deplacer(page, elsewhere),
        "supprimer": gestes.supprimer(page),
        "copier_en_alias": gestes.copier_en_alias(page),
        "deverrouiller": gestes.deverrouiller(page),
        "verrouiller": gestes.verrouiller(page),
    } == {
        "modifier": "change" in rights,
        "historique": "change" in rights,
        "publier": False,
        "depublier": False,
        "restreindre": False,
        "deplacer": False,
        "supprimer": False,
        "copier_en_alias": False,
        "deverrouiller": "unlock" in rights,
        "verrouiller": "lock" in rights,
    }


@PERSONNES
@pytest.mark.parametrize("kind", FACTORIES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
def test_drafts(role: Role, kind: type[Page], own: bool, superuser: StrictClient) -> None:
    client, user = signed_in(role)
    gestes = Gestes(client, superuser)
    parent = PARENTS[kind].objects.get(locale__language_code="fr")
    destination = {
        FichePage: lambda: FichesIndexPageFactory(slug="autres-fiches"),
        InformationPage: InformationPageFactory,
        ContactPage: lambda: accueil("en"),
    }[kind]()
    # Nobody moves a page to another language.
    there = droits(role, destination.specific_class) if destination.locale == parent.locale else ()
    page = FACTORIES[kind](brouillon=True, owner=user if own else None, slug="essai")
    rights = droits(role, kind)
    writes = "change" in rights or (own and "add" in rights)
    adds = "add" in droits(role, PARENTS[kind])
    assert {
        "creer": gestes.creer(parent, kind),
        "modifier": gestes.modifier(page),
        "publier": gestes.publier(page),
        "copier": gestes.copier(page),
        "copier_publiee": gestes.copier_publiee(page),
        "deplacer": gestes.deplacer(page, destination),
    } == {
        "creer": adds,
        "modifier": writes,
        "publier": False,
        "copier": writes and adds,
        "copier_publiee": False,
        "deplacer": writes and "add" in there,
    }
    page = FACTORIES[kind](brouillon=True, owner=user if own else None, slug="a-supprimer")
    assert gestes.supprimer(page) == writes


@PERSONNES
@pytest.mark.parametrize("langue", ["fr-simple", "en", "ar"])
def test_pages_of_other_languages(role: Role, langue: str, superuser: StrictClient) -> None:
    client, _user = signed_in(role)
    assert Gestes(client, superuser).modifier(accueil(langue)) == ("change" in droits(role, HomePage, langue))


def test_a_branch_of_drafts_is_deleted_by_those_who_may_delete_branches(superuser: StrictClient) -> None:
    for role in ROLES:
        branch = InformationPageFactory(brouillon=True)
        InformationPageFactory(parent=branch, brouillon=True)
        client, _user = signed_in(role)
        assert Gestes(client, superuser).supprimer(branch) == ("bulk_delete" in droits(role, InformationPage)), role.nom


# --- Outside the pages ---


def addresses_of(instance: Any) -> dict[str, str]:
    """Return the screens that add, change and delete what the instance is an example of."""
    model = type(instance)
    if model is ReglagesSite:
        return {"change": reverse("wagtailsettings:edit", args=["socle", "reglagessite", instance.site_id])}
    if model is Proposition:
        return {"view": instance.url_admin, "change": reverse("propositions:geste", args=[instance.pk, "noter"])}
    prefix = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"
    if model is Redirect:
        prefix = "wagtailredirects"
    actions = {"change": reverse(f"{prefix}:edit", args=[instance.pk])}
    actions["delete"] = reverse(f"{prefix}:delete", args=[instance.pk])
    return actions if model is MessageContact else {"add": reverse(f"{prefix}:add"), **actions}


def examples() -> dict[type[Any], Callable[[], Any]]:
    special: dict[type[Any], Callable[[], Any]] = {
        Menu: lambda: menu(("Lien", "/fr/")),
        Redirect: lambda: Redirect.add_redirect("/ancienne", "/fr/"),
        ReglagesSite: lambda: ReglagesSite.for_site(Site.objects.get(is_default_site=True)),
        Proposition: proposer,
        Lieu: LieuFactory,
        MessageContact: lambda: MessageContact.objects.create(courriel="a@exemple.test", sujet="autre", message="Oui"),
    }
    source = Locale.objects.get(language_code="fr")
    terms = {model: partial(terme, facette, "essai") for facette, (model, _titre) in VOCABULAIRES.items()}
    # These have screens of their own, tried by each role in tests/variantes/test_lecture_retours.py, in
    # tests/glossaire: test_relations.py, test_import_ecran.py, and in tests/evenements/test_equipe_droits.py.
    elsewhere = {RetourLecture, Concept, ImportTermes, Evenement, Inscription}
    assert set(special) | set(terms) | {Territoire} | elsewhere == set(matrice.modeles)
    return {
        **special,
        **terms,
        Territoire: partial(Territoire.objects.create, nom="Essai", slug="essai", locale=source),
    }


@PERSONNES
def test_models(role: Role) -> None:
    client, _user = signed_in(role)
    happened, expected = {}, {}
    for model, make in examples().items():
        for action, url in addresses_of(make()).items():
            answers = {refused(client.get(url)), refused(client.post(url))}
            happened[model.__name__, action] = answers == {False}
            expected[model.__name__, action] = action in matrice.sur_modele(role, model)
            assert len(answers) == 1, (url, answers)
    assert happened == expected


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    PillowImage.new("RGB", (4, 4)).save(content, "PNG")
    return SimpleUploadedFile("a.png", content.getvalue())


@PERSONNES
def test_images_and_documents(role: Role) -> None:
    client, user = signed_in(role)
    files = {
        Image: ("wagtailimages", Illustration, IllustrationFactory, picture),
        Document: ("wagtaildocs", Fichier, FichierFactory, lambda: SimpleUploadedFile("a.txt", b"Bonjour")),
    }
    for kept, (prefix, model, factory, file) in files.items():
        rights = matrice.sur_collection(role, kept)
        chooser = client.get(reverse(f"{prefix}_chooser:choose"))
        assert (not refused(chooser)) == (role is not ANONYME)
        data = {
            "title": "Envoyé",
            "file": file(),
            "licence": "cc-by-sa-4.0",
            "collection": 1,
            "description": "Un essai",
        }
        client.post(reverse(f"{prefix}:add"), data)
        assert model.objects.filter(title="Envoyé").exists() == ("add" in rights)
        own = factory(uploaded_by_user=user)
        for instance, allowed in (
            (own, "change" in rights or ("add" in rights and user is not None)),
            (factory(), "change" in rights),
        ):
            edit = client.get(reverse(f"{prefix}:edit", args=[instance.pk]))
            assert (not refused(edit)) == allowed, (prefix, "edit")
            client.post(reverse(f"{prefix}:delete", args=[instance.pk]))
            assert (not model.objects.filter(pk=instance.pk).exists()) == allowed, (prefix, "delete")


@PERSONNES
def test_what_is_kept_for_superusers(role: Role) -> None:
    other = UtilisateurFactory()
    client, user = signed_in(role)
    locale = Locale.objects.get(language_code="en")
    closed = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[other.pk]),
        reverse("wagtailusers_users:delete", args=[other.pk]),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailsites:index"),
        reverse("wagtailadmin_collections:index"),
        reverse("wagtailadmin_collections:add"),
        reverse("wagtailadmin_workflows:index"),
        reverse("wagtailadmin_workflows:add"),
        reverse("wagtailadmin_workflows:task_index"),
        reverse("wagtaillocales:edit", args=[locale.pk]),
    ]
    open_to = [url for url in closed if not (refused(client.get(url)) and refused(client.post(url)))]
    assert open_to == []
    assert Utilisateur.objects.filter(pk=other.pk).exists()
    if user is not None:
        assert not refused(client.get(reverse("wagtailadmin_home")))
