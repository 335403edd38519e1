"""Menus: one per place and language, French where a language has none, public pages only."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from wagtail.models import Locale, Page

from home.models import HomePage
from socle import memo
from socle.models import LienMenu, Menu
from socle.navigation import menus
from tests.factories import FichePageFactory, InformationPageFactory, accueil, index_fiches, proteger
from tests.harness.html import StrictClient
from tests.harness.queries import queries_of
from tests.socle.reading import links, texts

pytestmark = pytest.mark.django_db


def menu(*liens: Page | tuple[str, str], langue: str = "fr", emplacement: str = "principal") -> Menu:
    """Make a menu of pages and (text, address) pairs."""
    locale = Locale.objects.get(language_code=langue)
    made = Menu(locale=locale, emplacement=emplacement)
    made.liens = [
        LienMenu(locale=locale, page=lien, sort_order=rank)
        if isinstance(lien, Page)
        else LienMenu(locale=locale, texte=lien[0], url=lien[1], sort_order=rank)
        for rank, lien in enumerate(liens)
    ]
    made.save()
    return made


def shown(langue: str = "fr", emplacement: str = "principal") -> dict[str, str]:
    with override(langue):
        return {lien.texte: lien.url for lien in menus(langue).get(emplacement, [])}


class TestMenus:
    def test_links_come_in_order_with_the_title_of_their_page(self) -> None:
        about, help_page = InformationPageFactory(title="À propos"), InformationPageFactory(title="Aide")
        menu(help_page, about, ("Ailleurs", "https://exemple.org/"))
        assert list(shown().items()) == [
            ("Aide", help_page.url),
            ("À propos", about.url),
            ("Ailleurs", "https://exemple.org/"),
        ]

    def test_a_text_replaces_the_title(self) -> None:
        page = InformationPageFactory(title="Qui sommes-nous et que faisons-nous")
        made = menu(page)
        made.liens.update(texte="Nous")
        memo.forget()
        assert shown() == {"Nous": page.url}

    def test_a_language_without_a_menu_shows_the_french_one_with_its_own_pages_only(self) -> None:
        translated, french_only = InformationPageFactory(title="Aide"), InformationPageFactory(title="Ici")
        version = InformationPageFactory(title="Help", parent=accueil("en"), version_de=translated)
        menu(translated, french_only, ("Blog", "https://exemple.org/"))
        assert shown("en") == {"Help": version.url, "Blog": "https://exemple.org/"}

    def test_a_language_with_a_menu_shows_its_own_place_by_place(self) -> None:
        page = InformationPageFactory(title="Aide")
        version = InformationPageFactory(title="Help", parent=accueil("en"), version_de=page)
        menu(page)
        menu(page, emplacement="pied")
        menu(("News", "/en/news/"), langue="en")
        assert shown("en") == {"News": "/en/news/"}
        assert shown("en", "pied") == {"Help": version.url}
        assert shown("fr") == {"Aide": page.url}

    @pytest.mark.parametrize("hide", [lambda page: page.unpublish(), proteger, lambda page: page.delete()])
    def test_a_hidden_page_leaves_the_menu(self, client: StrictClient, hide: Any) -> None:
        page, other = InformationPageFactory(title="Cachée"), InformationPageFactory(title="Autre")
        menu(page, other)
        assert set(shown()) == {"Cachée", "Autre"}
        hide(Page.objects.get(pk=page.pk))
        assert set(shown()) == {"Autre"}
        assert "Cachée" not in client.get("/fr/").content.decode()

    def test_a_page_outside_the_site_is_no_link(self) -> None:
        home = accueil()
        stray = HomePage(title="Essai", slug="essai", locale=home.locale, live=True)
        home.get_parent().add_child(instance=stray)
        menu(stray, InformationPageFactory(title="Autre"))
        assert set(shown()) == {"Autre"}

    def test_a_change_of_title_shows_at_once(self) -> None:
        page = InformationPageFactory(title="Avant")
        menu(page)
        assert set(shown()) == {"Avant"}
        page.title = "Après"
        page.save()
        assert set(shown()) == {"Après"}

    def test_the_current_page_is_marked_and_its_section_is_open(self, client: StrictClient) -> None:
        fiche, index = FichePageFactory(), index_fiches()
        about = InformationPageFactory(title="À propos")
        menu(index, about)
        assert texts(client.get(index.url), '.menu-liens [aria-current="page"]') == ["Les fiches"]
        assert texts(client.get(fiche.url), '.menu-liens [aria-current="true"]') == ["Les fiches"]
        assert texts(client.get("/fr/"), ".menu-liens [aria-current]") == []

    def test_the_footer_has_its_own(self, client: StrictClient) -> None:
        page = InformationPageFactory(title="Mentions légales")
        menu(page, emplacement="pied")
        assert links(client.get("/fr/"), ".pied nav a")["Mentions légales"] == page.url

    def test_its_cost_does_not_depend_on_its_length(self) -> None:
        pages = [InformationPageFactory() for _ in range(10)]
        made = menu(pages[0])
        one = len(queries_of(shown))
        made.liens.add(*(LienMenu(locale=made.locale, page=page, sort_order=9) for page in pages[1:]))
        made.save()
        assert len(queries_of(shown)) == one <= 4


class TestRules:
    def test_there_is_one_menu_for_each_place_and_language(self) -> None:
        menu(("A", "/a/"))
        menu(("A", "/a/"), langue="en")
        with pytest.raises(ValidationError, match="existe déjà"):
            Menu(locale=Locale.objects.get(language_code="fr"), emplacement="principal").full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            menu(("A", "/a/"))

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "//exemple.org", "data:text/html,x", "exemple"])
    def test_a_link_leads_to_an_address(self, url: str) -> None:
        lien = LienMenu(menu=menu(("A", "/a/")), texte="B", url=url, locale_id=1)
        with pytest.raises(ValidationError) as error:
            lien.full_clean(exclude=["menu", "locale"])
        assert "url" in error.value.message_dict

    def test_a_link_has_one_target(self) -> None:
        page = accueil()
        parent = menu(("A", "/a/"))
        for values in ({"page": page, "url": "/a/"}, {}):
            with pytest.raises(ValidationError, match="pas les deux"):
                LienMenu(menu=parent, locale=parent.locale, texte="B", **values).full_clean()
            with pytest.raises(IntegrityError), transaction.atomic():
                LienMenu.objects.create(menu=parent, locale=parent.locale, texte="B", sort_order=2, **values)

    def test_an_address_needs_a_text(self) -> None:
        parent = menu(("A", "/a/"))
        with pytest.raises(ValidationError, match="besoin d’un texte"):
            LienMenu(menu=parent, locale=parent.locale, url="/b/").full_clean()
