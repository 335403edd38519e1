"""Holes H1 to H5, H7 and H8 of wagtail-localize: each shown in the package, then closed at its real address."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize import wagtail_hooks as stock_hooks
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from redaction import roles
from tests.factories import FichePageFactory, InformationPageFactory, publier
from tests.harness.html import StrictClient
from tests.variantes.equipe import Personne, ecrire, locale, personne, traduire, version
from tests.variantes.stock import quelqu_un_sans_page, requete, sans_gardes
from variantes.signals.gardes import GardeError

pytestmark = pytest.mark.django_db

submit = SubmitPageTranslationView.as_view()
update = UpdateTranslationsView.as_view()


@pytest.fixture
def fiche(site: None) -> Any:
    return FichePageFactory(title="Animer", resume="En français.", publiee=True)


def francais_en_anglais(page: Page) -> bool:
    """Tell whether French text is public under English."""
    found = version(page)
    return bool(found and found.live and found.title == page.title)


class TestH1:
    """By default, submitting a public page publishes an untranslated copy at once."""

    def test_stock(self, fiche: Any, chef: Personne, commit: Any) -> None:
        with sans_gardes(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=True), commit():
            submit(requete(chef.user, locales=[locale("en").pk]), page_id=fiche.pk)
        assert francais_en_anglais(fiche)

    @pytest.mark.parametrize("setting", [False, True])
    def test_ours(self, setting: bool, fiche: Any, chef: Personne, commit: Any) -> None:
        with override_settings(WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE=setting), commit():
            chef.envoyer(fiche, "en")
        assert version(fiche) is not None
        assert not version(fiche).live
        assert StrictClient().get(f"/en/fiches/{fiche.slug}/").status_code == 404

    def test_the_setting_is_off(self) -> None:
        assert settings.WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE is False


class TestH2:
    """The button that syncs translated pages publishes for whoever has no right on any page."""

    @pytest.fixture
    def source(self, fiche: Any, chef: Personne) -> TranslationSource:
        return traduire(fiche, chef.user).source

    def test_stock(self, source: TranslationSource, fiche: Any, commit: Any) -> None:
        with sans_gardes(), commit():
            update(requete(quelqu_un_sans_page(), publish_translations="on"), translation_source_id=source.pk)
        assert francais_en_anglais(fiche)

    def test_ours(self, source: TranslationSource, fiche: Any, commit: Any) -> None:
        client = StrictClient()
        client.force_login(quelqu_un_sans_page())
        with commit():
            response = client.post(
                reverse("wagtail_localize:update_translations", args=[source.pk]), {"publish_translations": "on"}
            )
        assert response.status_code in {302, 403}
        assert not version(fiche).live

    @pytest.mark.parametrize("role", [roles.REDACTION, roles.MODERATION, roles.TRADUCTIONS[0], None])
    def test_those_who_may_take_the_text_again_and_publish_nothing(
        self, role: Any, source: TranslationSource, fiche: Any, chef: Personne, commit: Any
    ) -> None:
        someone = personne(role) if role else chef
        fiche.resume = "Un texte nouveau."
        publier(fiche)
        before = version(fiche).latest_revision_id
        assert someone.get("update_translations", source.pk).status_code == 200
        with commit():
            response = someone.post("update_translations", source.pk, publish_translations="on")
        assert response.status_code == 302
        assert (version(fiche).live, version(fiche).latest_revision_id) == (False, before)
        assert StringSegment.objects.filter(source=source, string__data="Un texte nouveau.").exists()

    def test_what_is_private_meanwhile_is_closed_and_never_opened(
        self, source: TranslationSource, fiche: Any, chef: Personne
    ) -> None:
        restriction = fiche.view_restrictions.create(restriction_type="login")
        chef.post("update_translations", source.pk)
        assert version(fiche).view_restrictions.count() == 1
        restriction.delete()
        chef.post("update_translations", source.pk)
        assert version(fiche).view_restrictions.count() == 1

    def test_there_may_be_nothing_to_take(self, source: TranslationSource, fiche: Any, chef: Personne) -> None:
        html = chef.get("update_translations", source.pk).content.decode()
        assert "publish" not in html.split("<form")[-1]
        fiche.unpublish()
        assert "n’est pas public" in chef.get("update_translations", source.pk).content.decode()
        before = TranslationSource.objects.get().last_updated_at
        assert chef.post("update_translations", source.pk).status_code == 302
        assert TranslationSource.objects.get().last_updated_at == before


class TestH3:
    """Submitting needs no right on the source."""

    def test_stock(self, fiche: Any) -> None:
        with sans_gardes():
            submit(requete(quelqu_un_sans_page(), locales=[locale("en").pk]), page_id=fiche.pk)
        assert version(fiche) is not None

    def test_ours(self, fiche: Any) -> None:
        someone = Personne(StrictClient(), quelqu_un_sans_page())
        someone.client.force_login(someone.user)
        assert someone.envoyer(fiche, "en").status_code in {302, 403}
        assert version(fiche) is None


class TestH4:
    """Whoever may edit a version makes it a public copy of the French page."""

    @pytest.fixture
    def translation(self, fiche: Any, chef: Personne) -> Translation:
        return traduire(fiche, chef.user)

    def test_stock(self, translation: Translation, fiche: Any) -> None:
        translator = personne(roles.TRADUCTIONS[0])
        with sans_gardes():
            convert_to_alias(requete(translator.user), page_id=version(fiche).pk)
        assert francais_en_anglais(fiche)

    @pytest.mark.parametrize("role", [roles.TRADUCTIONS[0], roles.MODERATION, None])
    def test_ours(self, role: Any, translation: Translation, fiche: Any, chef: Personne) -> None:
        someone = personne(role) if role else chef
        target = version(fiche)
        for response in (
            someone.post("convert_to_alias", target.pk),
            someone.get("convert_to_alias", target.pk),
            someone.client.post(
                reverse("wagtailadmin_pages:edit", args=[target.pk]), {"localize-convert-to-alias": "1"}
            ),
        ):
            assert response.status_code in {302, 403}
        assert (version(fiche).live, version(fiche).alias_of_id) == (False, None)
        assert Translation.objects.filter(pk=translation.pk, enabled=True).exists()
        html = someone.client.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).content.decode()
        assert 'name="localize-convert-to-alias"' not in html


class TestH5:
    """Saving a draft into a public page writes unread text into what the public sees."""

    @pytest.fixture
    def translation(self, fiche: Any, chef: Personne) -> Translation:
        translation = traduire(fiche, chef.user)
        publier(version(fiche))
        ecrire(translation, "Non relu : ")
        return Translation.objects.get(pk=translation.pk)

    def test_stock(self, translation: Translation, fiche: Any) -> None:
        with sans_gardes():
            translation.save_target(publish=False)
        assert version(fiche).live
        assert version(fiche).resume == "Non relu : En français."

    def test_ours(self, translation: Translation, fiche: Any) -> None:
        with pytest.raises(GardeError):
            translation.save_target(publish=False)
        assert version(fiche).resume == "En français."

    def test_our_code_saves_targets_in_two_places(self) -> None:
        """Of a page that has just been made, and of a term that is whole."""
        apps = ("home", "fiches", "glossaire", "evenements", "outilthèque", "variantes", "redaction", "socle")
        root = Path(settings.BASE_DIR)
        calls = re.compile(r"\.(save_target|create_or_update_translation)\(|translate_object\(")
        found = {
            str(path.relative_to(root))
            for app in apps
            for path in (root / app).rglob("*.py")
            if calls.search(path.read_text())
        }
        assert {path for path in found if path.startswith("variantes/")} == {
            "variantes/operations/envois.py",
            "variantes/operations/termes.py",
        }


class TestPublier:
    """Nobody publishes from the editor of translations, superusers included."""

    def test_stock(self, fiche: Any, chef: Personne, commit: Any) -> None:
        traduire(fiche, chef.user)
        with sans_gardes(), commit():
            stock_hooks.before_edit_page(requete(chef.user, action="publish"), version(fiche))
        assert francais_en_anglais(fiche)

    @pytest.mark.parametrize("role", [roles.TRADUCTIONS[0], roles.MODERATION, None])
    def test_ours(self, role: Any, fiche: Any, chef: Personne, commit: Any) -> None:
        traduire(fiche, chef.user)
        someone = personne(role) if role else chef
        url = reverse("wagtailadmin_pages:edit", args=[version(fiche).pk])
        with commit():
            assert someone.client.post(url, {"action": "publish"}).status_code == 302
        assert not version(fiche).live
        context = someone.client.get(url).context
        if context and "props" in context:
            assert '"canPublish": false' in context["props"]
            assert '"canUnpublish": false' in context["props"]
            assert '"canDelete": false' in context["props"]


class TestH7:
    """A public copy that is submitted stays public, with French text."""

    @pytest.fixture
    def alias(self, fiche: Any) -> Page:
        made = fiche.copy_for_translation(locale("en"), alias=True)
        assert made.live
        return made

    def test_stock(self, alias: Page, fiche: Any, chef: Personne) -> None:
        with sans_gardes():
            submit(requete(chef.user, locales=[locale("en").pk]), page_id=fiche.pk)
        assert version(fiche).alias_of_id is None
        assert francais_en_anglais(fiche)

    def test_ours(self, alias: Page, fiche: Any, chef: Personne, commit: Any) -> None:
        with commit():
            chef.envoyer(fiche, "en")
        made = version(fiche)
        assert (made.pk, made.live, made.alias_of_id) == (alias.pk, False, None)
        assert StrictClient().get(f"/en/fiches/{fiche.slug}/").status_code == 404
        assert Translation.objects.filter(source__object_id=fiche.translation_key, enabled=True).exists()

    def test_its_editor_offers_the_translation_to_those_who_may(self, alias: Page, fiche: Any) -> None:
        url = reverse("wagtailadmin_pages:edit", args=[alias.pk])
        target = reverse("wagtail_localize:submit_page_translation", args=[fiche.pk])
        html = personne(roles.TRADUCTIONS[0]).client.get(url).content.decode()
        assert f'href="{target}?select_locale=en"' in html
        falc = fiche.copy_for_translation(locale("fr-simple"), copy_parents=True, alias=True)
        html = (
            personne(roles.REDACTION_FALC)
            .client.get(reverse("wagtailadmin_pages:edit", args=[falc.pk]))
            .content.decode()
        )
        assert target not in html
        assert "FALC" in html

    def test_ours_where_the_package_writes(self, alias: Page, fiche: Any) -> None:
        source, _made = TranslationSource.get_or_create_from_instance(fiche)
        translation = Translation.objects.create(source=source, target_locale=locale("en"))
        for publish in (False, True):
            with pytest.raises(GardeError):
                translation.save_target(publish=publish)


class TestH8:
    """A deep page brings the pages above, as public copies in French."""

    @pytest.fixture
    def deep(self, site: None) -> Page:
        above = InformationPageFactory(title="Au-dessus", publiee=True)
        return InformationPageFactory(title="Au fond", parent=above, publiee=True)

    def test_stock(self, deep: Page, chef: Personne) -> None:
        with sans_gardes():
            submit(requete(chef.user, locales=[locale("en").pk]), page_id=deep.pk)
        assert francais_en_anglais(deep.get_parent())

    def test_ours(self, deep: Page, chef: Personne) -> None:
        chef.envoyer(deep, "en")
        for page in (deep, deep.get_parent()):
            assert (version(page).live, version(page).alias_of_id) == (False, None)

    def test_ours_where_the_package_writes(self, deep: Page) -> None:
        source, _made = TranslationSource.get_or_create_from_instance(deep)
        translation = Translation.objects.create(source=source, target_locale=locale("en"))
        with pytest.raises(GardeError):
            translation.save_target(publish=False)
        assert version(deep.get_parent()) is None
