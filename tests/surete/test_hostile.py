"""Editors can enter no script: a hostile corpus through every field of the admin, then read everywhere it shows."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from fiches.models import FichePage, FichesIndexPage
from home.models import MessageContact
from socle.models import Menu
from tests.factories import FichePageFactory, FichierFactory, IllustrationFactory, UtilisateurFactory
from tests.fiches.test_editing import Data, add_url, form, index
from tests.surete.corpus import ADDRESSES, CALL, TEXTS
from tests.surete.harmless import dangers, shows

__all__ = ["form", "index"]
pytestmark = pytest.mark.django_db

STRUCTURE = re.compile(
    r"(?:-count|-type|-order|-deleted|-id|-niveau|-genre|_FORMS|_FORM|-ORDER|-DELETE|-page|-fichier|-image|-vignette"
    r"|-document|-value|^slug|^type_ressource|^duree|^illustration|^image_partage|^fichier|_le|_revision|^licence|-cote)$"
)
ADDRESS = re.compile(r"(?:url|lien_externe)$")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UtilisateurFactory(superutilisateur=True))
    return client


def rich(typed: str, address: str = "") -> str:
    """Rich text as the editor sends it, with what its own screen would never make."""
    entities = {
        "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address or f"javascript:{CALL}"}},
        "1": {"type": "EMBED", "mutability": "IMMUTABLE", "data": {"url": address, "html": typed}},
        "2": {"type": typed, "mutability": "MUTABLE", "data": {"src": "x", "onerror": CALL}},
        "3": {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": '1" onclick="' + CALL, "url": address}},
    }
    ranges = [{"key": int(key), "offset": 3 * int(key), "length": 3} for key in entities]
    styles = [{"style": typed, "offset": 0, "length": 2}, {"style": "BOLD", "offset": 1, "length": 3}]
    blocks = [
        {"key": f"k{rank}", "type": kind, "depth": 0, "text": typed, "inlineStyleRanges": style, "entityRanges": found}
        for rank, (kind, style, found) in enumerate(
            [
                ("unstyled", [], []),
                ("unordered-list-item", styles[1:], ranges[:1]),
                ("header-two", styles[1:], []),
                ("atomic", [], ranges[1:2]),
                (typed, [], []),
                ("unstyled", styles, ranges[2:]),
            ]
        )
    ]
    return json.dumps({"blocks": blocks, "entityMap": entities})


def is_rich(value: Any) -> bool:
    return isinstance(value, str) and (value == "null" or (value.startswith("{") and '"blocks"' in value))


def filled(form: Data, text: str, address: str = "") -> Data:
    """The form with the same thing in every field that takes words, and in every one that takes an address."""
    found = dict(form)
    for key, value in form.items():
        if is_rich(value):
            found[key] = rich(text, address)
        elif ADDRESS.search(key):
            found[key] = address if value and address else value
        elif isinstance(value, str) and value and not STRUCTURE.search(key):
            found[key] = text[:30] if key.endswith("-duree") else text
    return found


def only_valid_rich(data: Data, text: str) -> Data:
    """The same with rich text that holds nothing but words: what the converter cannot read it may refuse."""
    plain = {"blocks": [{"key": "a", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [],
             "entityRanges": []}], "entityMap": {}}  # fmt: skip
    return {key: json.dumps(plain) if is_rich(value) else value for key, value in data.items()}


LISTS = ("/fr/", "/fr/fiches/", "/fr/plan-du-site/", "/sitemap.xml", "/fr/recherche/?q=zqz", "/en/")


def read_everywhere(page: Page, rank: int) -> list[str]:
    """What could run on the page itself, and on one of the lists that show it."""
    addresses = (page.get_url() or "", LISTS[rank % len(LISTS)])
    answers = {address: Client().get(address).content.decode() for address in addresses}
    return [f"{address}: {danger}" for address, text in answers.items() for danger in dangers(text)]


class TestPages:
    def test_words_are_shown_as_they_were_typed(self, editor: Client, index: FichesIndexPage, form: Data) -> None:
        accepted = 0
        for rank, typed in enumerate(TEXTS):
            data = {**only_valid_rich(filled(form, typed), typed), "slug": f"piege-{rank}", "action-publish": "1"}
            response = editor.post(add_url(index), data)
            if response.status_code != 302:
                # Refused for its control characters, nothing else: the words of the corpus are short.
                assert response.status_code == 200
                continue
            accepted += 1
            page = FichePage.objects.get(slug=f"piege-{rank}")
            assert read_everywhere(page, rank) == [], typed
            assert shows(Client().get(page.url).content.decode(), typed.strip()), typed
            screens = ("wagtailadmin_explore", index.pk), ("wagtailadmin_pages:history", page.pk)
            name, pk = screens[rank % 2]
            assert dangers(editor.get(reverse(name, args=[pk])).content.decode(), admin=True) == [], typed
            Page.objects.get(pk=page.pk).delete()
        assert accepted >= len(TEXTS) - 3

    def test_rich_text_keeps_what_its_buttons_make(self, editor: Client, index: FichesIndexPage, form: Data) -> None:
        accepted = 0
        for rank, (typed, address) in enumerate(zip(TEXTS, (*ADDRESSES, *ADDRESSES), strict=False)):
            data = {**form, "slug": f"riche-{rank}", "title": "zqz", "action-publish": "1"}
            for key, value in form.items():
                if is_rich(value):
                    data[key] = rich(typed, address)
            response = editor.post(add_url(index), data)
            assert response.status_code in {200, 302}
            page = FichePage.objects.filter(slug=f"riche-{rank}").first()
            if page is not None:
                accepted += 1
                assert read_everywhere(page, rank) == [], (typed, address)
                Page.objects.get(pk=page.pk).delete()
        assert accepted > 0

    def test_an_address_that_could_run_is_refused_in_each_field(
        self, editor: Client, index: FichesIndexPage, form: Data
    ) -> None:
        keys = [key for key in form if ADDRESS.search(key) and form[key]]
        assert len(keys) >= 3
        for rank, address in enumerate((*ADDRESSES, *ADDRESSES[:12])):
            key = keys[rank % len(keys)]
            data = {**form, key: address, "slug": f"lien-{rank}", "title": "zqz", "action-publish": "1"}
            assert editor.post(add_url(index), data).status_code in {200, 302}
            page = FichePage.objects.filter(slug=f"lien-{rank}").first()
            if page is not None:
                assert read_everywhere(page, rank) == [], (key, address)
                Page.objects.get(pk=page.pk).delete()


class TestTheRest:
    """What is not a page. Each line of the corpus goes through one field of each form, in turn."""

    @pytest.fixture(autouse=True)
    def site(self) -> None:
        self.chief = Client()
        self.chief.force_login(UtilisateurFactory(superutilisateur=True))
        self.page = FichePageFactory(title="Page", slug="page", complete=True, publiee=True)

    def post(self, url: str, data: Data) -> bool:
        """Send a form of the admin; tell whether it was accepted."""
        response = self.chief.post(url, data)
        assert response.status_code in {200, 302}
        assert dangers(response.content.decode(), admin=True) == []
        return response.status_code == 302

    def in_turn(self, *names: str) -> list[dict[str, str]]:
        """The corpus dealt out to these fields."""
        corpus = [*TEXTS, *ADDRESSES]
        return [dict(zip(names, corpus[start:], strict=False)) for start in range(0, len(corpus), len(names))]

    def read(self, *admin: str) -> list[str]:
        public = [self.page.url, "/fr/recherche/?q=page"]
        found = [f"{url}: {danger}" for url in public for danger in dangers(Client().get(url).content.decode())]
        for url in admin:
            text = self.chief.get(url).content.decode()
            found += [f"{url}: {danger}" for danger in dangers(text, admin=True)]
        return found

    def test_menus(self) -> None:
        locale = Locale.objects.get(language_code="fr")
        add, listed = reverse("wagtailsnippets_socle_menu:add"), reverse("wagtailsnippets_socle_menu:list")

        def form(*liens: Data) -> Data:
            data = nested_form_data({"emplacement": "principal", "liens": inline_formset(list(liens))})
            return {**data, "locale": locale.pk}

        texts = [{"texte": typed[:60], "page": "", "url": "https://exemple.org/"} for typed in TEXTS]
        assert self.post(add, form(*texts))
        assert self.read(listed) == []
        for address in ADDRESSES:
            Menu.objects.all().delete()
            if self.post(add, form({"texte": "Lien", "page": "", "url": address})):
                assert self.read(listed) == [], address

    def test_settings(self) -> None:
        url = reverse("wagtailsettings:edit", args=["socle", "reglagessite", Site.objects.get().pk])
        accepted = 0
        for values in self.in_turn("nom", "sous_titre", "telephone", "adresse"):
            limits = {"nom": 80, "sous_titre": 120, "telephone": 30, "adresse": 500}
            short = {name: typed[: limits[name]] for name, typed in values.items()}
            accepted += self.post(url, {"nom": "Nom", "accessibilite": "non", **short})
            assert self.read(url) == [], values
        assert accepted > 10
        for values in self.in_turn("courriel", "mastodon", "linkedin"):
            if self.post(url, {"nom": "Nom", "accessibilite": "non", **values}):
                assert self.read(url) == [], values

    def test_vocabularies(self) -> None:
        public = self.page.publics.first()
        edit = reverse("wagtailsnippets_socle_public:edit", args=[public.pk])
        for values in self.in_turn("nom", "description"):
            assert self.post(edit, {"nom": "Nom", "slug": public.slug, "ordre": "1", **values})
            assert self.read(edit, reverse("wagtailsnippets_socle_public:list")) == [], values
        for typed in TEXTS:
            assert not self.post(edit, {"nom": "Nom", "slug": typed, "ordre": "1"})

    def test_redirects(self) -> None:
        add = reverse("wagtailredirects:add")
        for typed in [*TEXTS, *ADDRESSES]:
            data = {"old_path": "/fr/ancienne", "redirect_link": typed, "redirect_page": "", "is_permanent": "on"}
            self.post(add, {**data, "site": ""})
            answer = Client().get("/fr/ancienne")
            assert answer.get("Location", "/").startswith(("/", "http://", "https://")), typed
            Redirect.objects.all().delete()
        for typed in [*TEXTS, *ADDRESSES]:
            data = {"old_path": typed, "redirect_link": "https://a.test/", "redirect_page": "", "is_permanent": "on"}
            self.post(add, {**data, "site": ""})
        assert self.read(reverse("wagtailredirects:index")) == []

    def test_pictures_and_documents(self) -> None:
        image, document = IllustrationFactory(), FichierFactory()
        self.page.illustration = image
        self.page.documents = json.dumps([{"type": "document", "value": {"document": document.pk, "description": ""}}])
        self.page.save_revision().publish()
        edits = (reverse("wagtailimages:edit", args=[image.pk]), reverse("wagtaildocs:edit", args=[document.pk]))
        indexes = (reverse("wagtailimages:index"), reverse("wagtaildocs:index"))
        base = {"title": "Titre", "licence": "cc-by-4.0", "collection": "1"}
        for values in self.in_turn("title", "auteur", "source", "description", "tags"):
            for edit in edits:
                assert self.post(edit, {**base, **values})
            assert self.read(*edits, *indexes) == [], values

    def test_messages_of_the_contact_form(self) -> None:
        name = "wagtailsnippets_home_messagecontact"
        for values in self.in_turn("nom", "message"):
            message = MessageContact.objects.create(courriel="a@exemple.test", sujet="autre", langue="fr", **values)
            assert self.read(reverse(f"{name}:inspect", args=[message.pk])) == [], values
        assert self.read(reverse(f"{name}:list")) == []


def test_the_reader_of_pages_sees_what_would_run() -> None:
    """The corpus put raw in a page, where it would run."""

    def raw(typed: str) -> list[str]:
        return [f"<p>{typed}</p>", f'<p title="{typed}">', f"<p title='{typed}'>"]

    seen = [typed for typed in TEXTS if any(dangers(page) for page in raw(typed))]
    assert len(seen) > 15
    for address in ADDRESSES[:5]:
        assert dangers(f'<a href="{address}">'), address


class TestTwice:
    """What exists already is refused in words."""

    def test_a_term_and_a_menu(self, admin_client: Client) -> None:
        page = FichePageFactory(publics=["usagers", "aidants"])
        term = page.publics.get(slug="aidants")
        url = reverse("wagtailsnippets_socle_public:edit", args=[term.pk])
        refused = admin_client.post(url, {"nom": "Nom", "slug": "usagers", "ordre": "1"})
        assert "existe déjà dans cette langue" in refused.content.decode()
        lien = {"texte": "Lien", "page": "", "url": "https://exemple.org/"}
        data = nested_form_data({"emplacement": "pied", "liens": inline_formset([lien])})
        url = reverse("wagtailsnippets_socle_menu:add")
        assert admin_client.post(url, data).status_code == 302
        assert "existe déjà dans cette langue" in admin_client.post(url, data).content.decode()


def test_a_preview_has_the_policy_of_the_public_page_inside_a_frame_of_the_editor(
    admin_client: Client, index: FichesIndexPage, form: Data
) -> None:
    url = reverse("wagtailadmin_pages:preview_on_add", args=["fiches", "fichepage", index.pk])
    assert admin_client.post(url, form).json()["is_valid"]
    response = admin_client.get(f"{url}?mode=")
    assert "Une salle." in response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "sent", ["{", "[]", "3", '"texte"', '{"blocks": 3}', '{"blocks": [{"text": 3}], "entityMap": {}}']
)
def test_a_malformed_rich_text_is_refused_and_changes_nothing(editor: Client, form: Data, sent: str) -> None:
    page = FichePageFactory(objectifs="<p>Avant</p>")
    editor.raise_request_exception = False
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {"objectifs": sent})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert FichePage.objects.get(pk=page.pk).get_latest_revision_as_object().objectifs == "<p>Avant</p>"
