"""The first screen of the admin and its menus: each role finds what is for it, in French, and nothing useless."""

import datetime
import json
import re
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from fiches.models import FichesIndexPage
from redaction import roles
from redaction.bienvenue import BIENVENUE
from redaction.menus import MENUS, utile
from redaction.roles import ROLES, Role
from socle.models import Utilisateur
from tests.factories import accueil, groupes_des_roles, index_fiches
from tests.factories.relectures import pages_en_relecture
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_bureau import connecte
from tests.redaction.test_publication import Circuit, personne

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"
RELECTURE = {"mes": ["moderation", "variantes", "help"]}
TRADUCTION = {
    "mes": ["moderation", "variantes", "documents", "images", "explorer", "reports", "help"],
    "rapports": ["a-revoir", "traductions", "envois"],
}
ATTENDUS: dict[Role, dict[str, list[str]]] = {
    roles.CONTRIBUTION: {"mes": ["mes-pages", "variantes", "documents", "images", "explorer", "help"]},
    roles.REDACTION: {
        "mes": [
            *("moderation", "propositions", "variantes", "documents", "images", "explorer", "reports", "help"),
            *("concepts", "agenda"),
        ],
        "rapports": [
            *("a-revoir", "recherches-sans-resultat", "glossaire-a-completer", "import-termes", "traductions"),
            "envois",
        ],
    },
    roles.REGARD_USAGER: RELECTURE,
    roles.REGARD_PROFESSIONNEL: RELECTURE,
    roles.MODERATION: {
        "mes": [
            *("messages-recus", "moderation", "propositions", "variantes", "documents", "images", "explorer"),
            *("reports", "help", "concepts", "agenda", "lieux"),
        ],
        "rapports": [
            *("a-revoir", "locked-pages", "site-history", "recherches-sans-resultat", "traductions", "envois"),
            *("retours-de-lecture", "glossaire-a-completer", "import-termes", "chiffres-agenda"),
        ],
    },
    **dict.fromkeys(roles.TRADUCTIONS, TRADUCTION),
    roles.REDACTION_FALC: TRADUCTION | {"rapports": ["a-revoir", "retours-de-lecture", "glossaire-a-completer"]},
    **dict.fromkeys(roles.RELECTURES_TRADUCTION, RELECTURE),
    roles.RELECTURE_FALC: {
        "mes": ["moderation", "variantes", "reports", "help"],
        "rapports": ["retours-de-lecture"],
    },
    # Without an agenda there is no page for it to write.
    roles.ANIMATION: {
        "mes": ["documents", "images", "reports", "help", "agenda", "lieux"],
        "rapports": ["chiffres-agenda"],
    },
    roles.OUTILTHEQUE: {"mes": ["documents", "images", "help", "lieux"]},
    roles.ADMINISTRATION: {
        "mes": [
            "messages-recus",
            "documents",
            "images",
            "settings",
            "reports",
            "help",
            "vocabulaires",
            "menus-du-site",
            "lieux",
        ],
        "rapports": ["recherches-sans-resultat", "retours-de-lecture", "glossaire-a-completer", "chiffres-agenda"],
    },
}


@pytest.fixture
def site() -> None:
    groupes_des_roles()
    index_fiches()
    for language, _name in settings.LANGUAGES:
        accueil(language)


class Sidebar:
    """The entries of the menu that a page carries for Wagtail's script: of the menu itself, and of each submenu."""

    def __init__(self, html: str) -> None:
        found = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.DOTALL)
        assert found
        self.entries: dict[str, list[str]] = {"": []}
        # A text that comes twice is written once, and then named by its number.
        self.kept: dict[int, str] = {}
        self.read(json.loads(found[1]), "")

    def read(self, value: Any, above: str) -> None:
        if isinstance(value, dict) and str(value.get("_type", "")).endswith("MenuItem"):
            options, *arguments = value["_args"]
            name = self.text(options["name"])
            self.entries.setdefault(above, []).append(name)
            self.read(arguments, name)
        elif isinstance(value, dict):
            if "_val" in value:
                self.text(value)
            self.read(list(value.values()), above)
        elif isinstance(value, list):
            for each in value:
                self.read(each, above)

    def text(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if "_val" in value:
            self.kept[value["_id"]] = value["_val"]
        return self.kept[value.get("_id", value.get("_ref"))]


def menu(client: StrictClient) -> dict[str, list[str]]:
    return Sidebar(client.get(ADMIN).content.decode()).entries


@pytest.mark.usefixtures("site")
def test_each_role_finds_the_entries_that_it_needs() -> None:
    assert set(ATTENDUS) == set(ROLES)
    for role, expected in ATTENDUS.items():
        found = menu(connecte(personne(role)))
        assert set(expected["mes"]) == set(found[""]) - {"search", "account", "logout"}, role.nom
        assert set(found.get("reports", [])) == set(expected.get("rapports", [])), role.nom
        assert found["help"] == ["keyboard-shortcuts-trigger"]


@pytest.mark.usefixtures("site")
def test_somebody_of_two_roles_has_the_entries_of_both() -> None:
    found = menu(connecte(personne(roles.REGARD_USAGER, roles.MODERATION)))
    assert set(ATTENDUS[roles.MODERATION]["mes"]) <= set(found[""])
    chef = menu(connecte(personne(is_superuser=True)))
    assert {"workflows", "workflow-tasks"} <= set(chef["settings"])


def test_whoever_has_another_group_has_what_their_rights_say() -> None:
    groupes_des_roles()
    user = personne(roles.CONTRIBUTION)
    assert not utile("main", "reports", user)
    other = Group.objects.create(name="Un groupe à part")
    other.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(other)
    assert utile("main", "reports", Utilisateur.objects.get(pk=user.pk))


@pytest.mark.usefixtures("site")
def test_every_entry_that_is_hidden_exists() -> None:
    """A name that Wagtail changes would show again what is hidden."""
    from unittest.mock import patch

    with patch.dict("redaction.menus.MENUS", {name: {} for name in MENUS}):
        found = menu(connecte(personne(is_superuser=True)))
    known = {re.sub(r"-[\d.]+$", "", name) for names in found.values() for name in names}
    assert {name for entries in MENUS.values() for name in entries} - known == set()


@pytest.mark.usefixtures("site")
def test_the_summary_of_the_site_is_for_those_who_keep_it() -> None:
    for role, shown in ((roles.REDACTION, False), (roles.REGARD_USAGER, False), (roles.ADMINISTRATION, True)):
        assert ('class="w-summary"' in connecte(personne(role)).get(ADMIN).content.decode()) == shown, role.nom


@pytest.mark.usefixtures("site")
def test_every_role_is_welcomed_with_what_it_does() -> None:
    assert set(BIENVENUE) == set(ROLES)
    for role in ROLES:
        html = connecte(personne(role)).get(ADMIN).content.decode()
        assert BIENVENUE[role][:40] in html, role.nom
        assert html.count("<h1") == 1


@pytest.mark.usefixtures("site")
def test_the_buttons_lead_where_the_person_may_go() -> None:
    index = FichesIndexPage.objects.get(locale__language_code="fr")
    ecrire = reverse("wagtailadmin_pages:add", args=["fiches", "fichepage", index.pk])
    attend, envois = (reverse("bureau_section", args=[key]) for key in ("attend", "envois"))
    for role, expected in (
        (roles.CONTRIBUTION, [ecrire, envois]),
        (roles.REDACTION, [ecrire, envois]),
        (roles.REGARD_USAGER, [attend]),
        (roles.MODERATION, [attend, ecrire, envois]),
        (roles.TRADUCTIONS[0], [envois]),
        (roles.ADMINISTRATION, []),
    ):
        client = connecte(personne(role))
        html = client.get(ADMIN).content.decode()
        welcome = html[html.index('class="bureau-bienvenue"') :]
        welcome = welcome[: welcome.index("</section>")]
        addresses = re.findall(r'<a [^>]*href="([^"]+)"', welcome)
        assert addresses == expected, role.nom
        assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_the_panels_say_what_waits_and_where_things_are() -> None:
    groupes_des_roles()
    circuit = Circuit()
    TaskState.objects.update(started_at=timezone.now() - datetime.timedelta(days=9))
    html = " ".join(connecte(circuit.usager).get(ADMIN).content.decode().split())
    assert "Secret" in html
    assert "depuis 9 jours" in html
    assert "tout voir (1)" in html
    assert "Mes envois" in connecte(circuit.auteur).get(ADMIN).content.decode()
    late = connecte(circuit.moderation).get(ADMIN).content.decode()
    assert "En retard : tout voir (1)" in late
    assert "Rien ne vous attend." in late
    # Wagtail's own panels, which ours replace.
    assert 'id="awaiting-review-section"' not in html
    assert 'id="objects-in-workflow-section"' not in late


@pytest.mark.usefixtures("site")
def test_nothing_of_the_first_screen_is_in_english() -> None:
    for role in (roles.CONTRIBUTION, roles.REGARD_USAGER, roles.MODERATION, roles.ADMINISTRATION):
        html = connecte(personne(role)).get(ADMIN, headers={"Accept-Language": "en"}).content.decode()
        assert '<html lang="fr"' in html
        main = re.sub(
            r"<(script|template)\b.*?</\1>", "", html[html.index("<main") : html.index("</main>")], flags=re.DOTALL
        )
        words = set(re.findall(r"[a-z]+", re.sub(r"<[^>]+>", " ", main).lower()))
        assert words & {"the", "your", "search", "edit", "guide", "awaiting", "editor", "with"} == set(), role.nom


@pytest.mark.parametrize("role", [roles.REGARD_PROFESSIONNEL, roles.CONTRIBUTION, roles.MODERATION])
def test_the_first_screen_costs_the_same_whatever_waits(role: Role) -> None:
    groupes_des_roles()
    user, samir = personne(role), personne(roles.REGARD_USAGER)
    author = user if role is roles.CONTRIBUTION else personne(roles.CONTRIBUTION)
    client = connecte(user)
    make = partial(pages_en_relecture, auteur=author, relecteur=samir)
    assert_same_cost(make, lambda: client.get(ADMIN), few=10, many=1000, limit=60)
    assert "tout voir (1000)" in client.get(ADMIN).content.decode() or role is roles.MODERATION


def test_the_editor_says_what_sending_does() -> None:
    groupes_des_roles()
    circuit = Circuit()
    client, address = connecte(circuit.auteur), reverse("wagtailadmin_pages:edit", args=[circuit.page.pk])
    circuit.agir(circuit.pro, "reject", comment="Trop long.")
    assert "Renvoyer en relecture" in client.get(address).content.decode()
    circuit.etat.cancel(user=circuit.auteur)
    html = client.get(address).content.decode()
    assert "Envoyer en relecture" in html
    assert "Soumettre" not in html
