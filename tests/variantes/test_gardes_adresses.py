"""Every address of wagtail-localize is ours or is known to be harmless; who may open each of ours."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from wagtail import hooks
from wagtail_localize import wagtail_hooks as stock_hooks
from wagtail_localize.models import OverridableSegment, Translation

from home.models import MessageContact
from redaction import roles
from redaction.roles import ROLES, Role
from tests.factories import FichePageFactory, terme
from tests.harness.html import StrictClient
from tests.variantes.equipe import Personne, introuvable, locale, personne, phrase, traduire, version
from variantes.hooks.gardes import RETIRES

pytestmark = pytest.mark.django_db

# What wagtail-localize may keep, and why.
SANS_DANGER = {
    "javascript_catalog": "the words of its editor, the same for everybody",
    "preview_translation": "shows a version to those who may edit it, and writes nothing",
}
GARDEES = {
    "submit_page_translation",
    "submit_snippet_translation",
    "update_translations",
    "edit_string_translation",
    "edit_override",
    "download_pofile",
    "upload_pofile",
    "machine_translate",
    "stop_translation",
    "convert_to_alias",
    "translations_report",
    "translations_report_results",
    "snippets_api_listing",
    "snippets_api_detail",
}
# Its hooks that may stay beside ours, and why. `before_edit_*` open its editor once ours have let them.
ACCROCHES = {
    "register_admin_urls": "the addresses above",
    "register_permissions": "nobody has it, and none of our screens asks for it",
    "before_edit_page": "guarded by `variantes.views.gardes.editeur`",
    "before_edit_snippet": "guarded by `variantes.views.gardes.editeur`",
    "register_log_actions": "words of the history",
    "register_icons": "drawings",
    "after_create_page": "fills trees only where a language is synchronised with another, which is refused",
    "register_admin_viewset": "the languages, for superusers, without the synchronisation of trees",
    "register_settings_menu_item": "likewise",
}


def adresses_du_paquet() -> dict[str, str]:
    """Return a path for each address that the package registers, by its name."""
    [entry] = stock_hooks.register_admin_urls()
    values = {"pk": "1", "mode": "x", "app_label": "socle", "model_name": "public"}
    found = {}
    for pattern in entry.url_patterns:
        kwargs = {name: values.get(name, 1) for name in pattern.pattern.converters}
        found.setdefault(pattern.name, reverse(f"wagtail_localize:{pattern.name}", kwargs=kwargs))
    return found


def test_every_address_of_the_package_is_known() -> None:
    known = adresses_du_paquet()
    assert set(known) == GARDEES | set(SANS_DANGER)
    for name, path in known.items():
        view = resolve(path).func
        ours = getattr(view, "view_class", getattr(view, "cls", view)).__module__
        assert ours.startswith("variantes.") == (name in GARDEES), (name, ours)


def test_every_hook_of_the_package_is_known() -> None:
    registered: dict[str, set[str]] = {}
    hooks.search_for_hooks()
    for name, functions in hooks._hooks.items():
        for function, _order in functions:
            if function.__module__.startswith("wagtail_localize."):
                registered.setdefault(name, set()).add(function.__name__)
    assert set(registered) == set(ACCROCHES), set(registered) ^ set(ACCROCHES)
    for name, function in RETIRES.items():
        assert function not in [each for each, _order in hooks._hooks[name]]


ANONYME = Role("anonyme", "")
ANGLAIS, ARABE = roles.TRADUCTIONS[:2]
TOUS = [*ROLES, ANONYME, "chef"]
# The moderation may edit the pages of every language.
TRADUISENT = {ANGLAIS, roles.MODERATION, "chef"}
SUIVENT = {*roles.TRADUCTIONS, roles.REDACTION, roles.MODERATION, "chef"}

# Who gets in at each address, with the right method. Spanish and Portuguese have no home page here: nothing to send to.
MATRICE: dict[str, set[Any]] = {
    "submit_page_translation": {ANGLAIS, ARABE, roles.REDACTION, roles.MODERATION, "chef"},
    "submit_snippet_translation": {roles.ADMINISTRATION, "chef"},
    "update_translations": {ANGLAIS, roles.REDACTION, roles.MODERATION, "chef"},
    "edit_string_translation": TRADUISENT,
    "edit_override": TRADUISENT,
    "download_pofile": TRADUISENT,
    "upload_pofile": TRADUISENT,
    "machine_translate": TRADUISENT,
    "stop_translation": {roles.MODERATION, "chef"},
    "convert_to_alias": set(),
    "translations_report": SUIVENT,
    "translations_report_results": SUIVENT,
    "snippets_api_listing": {*SUIVENT, roles.ADMINISTRATION},
    "snippets_api_detail": {*SUIVENT, roles.ADMINISTRATION},
}


class Scene:
    """A public French page, its English version, a term."""

    def __init__(self, chef: Personne) -> None:
        self.page = FichePageFactory(
            title="Animer", objectifs='<p><a href="https://exemple.org/">ici</a></p>', publiee=True
        )
        self.translation = traduire(self.page, chef.user)
        self.terme = terme("publics", "usagers")
        self.valeur = OverridableSegment.objects.filter(source=self.translation.source).first()

    def essayer(self, name: str, someone: Personne) -> int:
        pk = self.translation.pk
        term = ("socle", "public", self.terme.pk)
        calls = {
            "submit_page_translation": lambda: someone.get(name, self.page.pk),
            "submit_snippet_translation": lambda: someone.get(name, *term),
            "update_translations": lambda: someone.get(name, self.translation.source_id),
            "edit_string_translation": lambda: someone.put(name, pk, phrase(self.translation, "Animer").pk),
            "edit_override": lambda: someone.put(name, pk, self.valeur.pk, value="https://exemple.org/en/"),
            "download_pofile": lambda: someone.get(name, pk),
            "upload_pofile": lambda: someone.get(name, pk),
            "machine_translate": lambda: someone.post(name, pk),
            "stop_translation": lambda: someone.get(name, pk),
            "convert_to_alias": lambda: someone.get(name, version(self.page).pk),
            "translations_report": lambda: someone.get(name),
            "translations_report_results": lambda: someone.get(name),
            "snippets_api_listing": lambda: someone.get(name, *term[:2]),
            "snippets_api_detail": lambda: someone.get(name, *term),
        }
        status: int = calls[name]().status_code
        return status


@pytest.fixture
def machine(settings: Any) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize("role", TOUS, ids=lambda role: getattr(role, "nom", role))
def test_who_opens_what(role: Any, chef: Personne) -> None:
    scene = Scene(chef)
    someone = chef if role == "chef" else Personne(StrictClient(), None) if role is ANONYME else personne(role)
    statuses = {name: scene.essayer(name, someone) for name in MATRICE}
    # A machine sends back to the page; everything else that is open answers.
    opened = {
        name
        for name, status in statuses.items()
        if status in {200, 201} or (name == "machine_translate" and status == 302 and moved(scene))
    }
    assert opened == {name for name, allowed in MATRICE.items() if role in allowed}, statuses
    assert all(status in {200, 201, 302, 403} for status in statuses.values()), statuses


def moved(scene: Scene) -> bool:
    """Tell whether a machine has written anything."""
    found = scene.translation.source.stringsegment_set.get_translations(scene.translation.target_locale)
    return bool(found.filter(translation_type="machine").exists())


@pytest.mark.parametrize("name", ["machine_translate", "edit_string_translation", "edit_override"])
def test_addresses_that_write_answer_no_reading(name: str, chef: Personne) -> None:
    scene = Scene(chef)
    segment = {"edit_string_translation": phrase(scene.translation, "Animer").pk, "edit_override": scene.valeur.pk}
    args = [scene.translation.pk, *([segment[name]] if name in segment else [])]
    assert chef.get(name, *args).status_code == 405
    assert chef.client.head(chef.url(name, *args)).status_code == 405


def test_unknown_translations_are_not_found(chef: Personne) -> None:
    nothing = 9_999_999
    for name in ("download_pofile", "upload_pofile", "stop_translation", "update_translations", "convert_to_alias"):
        assert chef.client.get(chef.url(name, nothing), follow=True).status_code == 404, name
        assert chef.client.post(chef.url(name, nothing)).status_code in {302, 404, 405}, name


def test_a_version_or_a_source_that_is_gone_breaks_nothing(chef: Personne) -> None:
    scene = Scene(chef)
    # Without the signals of deletion, as after a restored backup.
    type(scene.page).objects.filter(locale=locale("en"), translation_key=scene.page.translation_key).update(
        translation_key="00000000-0000-0000-0000-000000000001"
    )
    segment = phrase(scene.translation, "Animer").pk
    assert chef.put("edit_string_translation", scene.translation.pk, segment).status_code == 409
    for name in ("download_pofile", "upload_pofile", "stop_translation"):
        assert chef.client.get(chef.url(name, scene.translation.pk), follow=True).status_code == 404
    assert chef.get("update_translations", scene.translation.source_id).status_code == 200
    assert Translation.objects.filter(pk=scene.translation.pk, enabled=True).exists()


@pytest.mark.parametrize("role", [*roles.TRADUCTIONS, roles.REDACTION, roles.CONTRIBUTION, roles.REGARD_USAGER])
def test_names_of_terms_are_shown_and_messages_of_the_public_are_not(role: Role, site: None) -> None:
    """The package shows the text of any snippet to whoever is in the admin."""
    MessageContact.objects.create(courriel="camille@exemple.test", sujet="autre", message="Privé")
    someone = personne(role)
    listing = someone.get("snippets_api_listing", "home", "messagecontact")
    detail = someone.get("snippets_api_detail", "home", "messagecontact", MessageContact.objects.get().pk)
    for response in (listing, detail):
        assert response.status_code in {302, 403}
        assert "camille" not in response.content.decode()


def test_a_model_that_is_no_snippet_is_not_found(chef: Personne) -> None:
    assert introuvable(chef.get("snippets_api_listing", "socle", "utilisateur"))
    assert introuvable(chef.get("snippets_api_detail", "socle", "public", 9_999_999))
    assert introuvable(chef.get("snippets_api_detail", "socle", "public", "abc"))


def test_the_screens_offer_what_each_may_do(chef: Personne) -> None:
    scene = Scene(chef)
    url = reverse("wagtailadmin_explore", args=[version(scene.page).pk])
    editor = reverse("wagtailadmin_pages:edit", args=[version(scene.page).pk])
    again = reverse("wagtail_localize:update_translations", args=[scene.translation.source_id])
    stop = reverse("wagtail_localize:stop_translation", args=[scene.translation.pk])
    for role, stops in ((ANGLAIS, False), (roles.MODERATION, True)):
        someone = personne(role)
        html = someone.client.get(url).content.decode()
        assert (f'href="{stop}"' in html) == stops, role
        assert f'href="{again}"' in html
        assert "css/admin/traduction" in someone.client.get(editor).content.decode()


def test_a_file_too_many_is_no_breakdown(chef: Personne) -> None:
    scene = Scene(chef)
    sent = {"file": SimpleUploadedFile("a.po", b"x"), "autre": SimpleUploadedFile("b.po", b"y")}
    assert chef.client.post(chef.url("upload_pofile", scene.translation.pk), sent).status_code == 200
