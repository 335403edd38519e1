"""Holes H9, H10 and F1 of wagtail-localize: each shown in the package, then closed at its real address."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize import wagtail_hooks as stock_hooks
from wagtail_localize.models import (
    LocaleSynchronization,
    StringTranslation,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.views import edit_translation as stock
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView

from redaction import roles
from socle.models import Public
from tests.factories import InformationPageFactory, accueil, publier, terme
from tests.harness.html import StrictClient
from tests.variantes.equipe import (
    Personne,
    ecrire,
    locale,
    personne,
    verrouiller,
    version,
)
from tests.variantes.stock import quelqu_un_sans_page, requete, sans_gardes
from variantes.operations import gardes as operations
from variantes.operations.envois import preparer
from variantes.signals.gardes import GardeError

pytestmark = pytest.mark.django_db


submit = SubmitPageTranslationView.as_view()
submit_snippet = SubmitSnippetTranslationView.as_view()


class TestH9:
    """Anyone who edits stops the link with the source; starting it again later overwrites what was written by hand."""

    @pytest.fixture
    def manuelle(self, translation: Translation, fiche: Any) -> Page:
        """A version that was stopped, then written by hand."""
        Translation.objects.update(enabled=False)
        page = version(fiche)
        page.resume = "Written by hand."
        return publier(page)

    def test_stock_starts(self, translation: Translation, manuelle: Page, fiche: Any, commit: Any) -> None:
        translator = personne(roles.TRADUCTIONS[0])
        request = requete(translator.user, **{"localize-restart-translation": "1"})
        stock_hooks.before_edit_page(request, version(fiche))
        translation.refresh_from_db()
        assert translation.enabled
        with commit():
            translation.save_target(publish=True)
        assert version(fiche).resume != "Written by hand."

    @pytest.mark.parametrize("role", [roles.TRADUCTIONS[0], roles.MODERATION, None])
    def test_ours_starts_nothing_that_would_be_lost(
        self, role: Any, translation: Translation, manuelle: Page, chef: Personne
    ) -> None:
        someone = personne(role) if role else chef
        url = reverse("wagtailadmin_pages:edit", args=[manuelle.pk])
        assert 'name="localize-restart-translation"' not in someone.client.get(url).content.decode()
        assert someone.client.post(url, {"localize-restart-translation": "1"}).status_code in {302, 403}
        translation.refresh_from_db()
        assert not translation.enabled

    def test_ours_starts_again_what_nobody_has_touched(self, translation: Translation, fiche: Any, site: None) -> None:
        moderator = personne(roles.MODERATION)
        moderator.post("stop_translation", translation.pk, motif="Une autre structure.")
        url = reverse("wagtailadmin_pages:edit", args=[version(fiche).pk])
        assert 'name="localize-restart-translation"' in moderator.client.get(url).content.decode()
        translator = personne(roles.TRADUCTIONS[0])
        translator.client.post(url, {"localize-restart-translation": "1"})
        assert not Translation.objects.get(pk=translation.pk).enabled
        moderator.client.post(url, {"localize-restart-translation": "1"})
        assert Translation.objects.get(pk=translation.pk).enabled

    def test_ours_never_starts_falc(self, fiche: Any, chef: Personne) -> None:
        source, _made = TranslationSource.get_or_create_from_instance(fiche)
        falc = Translation.objects.create(source=source, target_locale=locale("fr-simple"), enabled=False)
        page = InformationPageFactory(parent=accueil("fr-simple"), publiee=True)
        Page.objects.filter(pk=page.pk).update(translation_key=fiche.translation_key)
        TranslationLog.objects.create(source=source, locale=locale("fr-simple"), revision=page.latest_revision)
        assert "FALC" in operations.raison_de_ne_pas_reprendre(falc, page)

    def test_stock_stops(self, translation: Translation) -> None:
        stock.stop_translation(requete(personne(roles.TRADUCTIONS[0]).user), translation.pk)
        assert not Translation.objects.get().enabled

    def test_ours_stops_with_a_reason_for_the_moderation(self, translation: Translation, fiche: Any) -> None:
        translator = personne(roles.TRADUCTIONS[0])
        assert translator.post("stop_translation", translation.pk, motif="Parce que").status_code in {302, 403}
        moderator = personne(roles.MODERATION)
        # The button of the package sends no reason: it gets the form, without a reproach.
        asked = moderator.post("stop_translation", translation.pk)
        assert (asked.status_code, asked.context["form"].is_bound) == (200, False)
        assert moderator.post("stop_translation", translation.pk, motif="  ").status_code == 200
        verrouiller(version(fiche), translator.user)
        assert moderator.post("stop_translation", translation.pk, motif="Parce que").status_code == 200
        assert Translation.objects.get().enabled
        verrouiller(version(fiche), moderator.user)
        assert moderator.post("stop_translation", translation.pk, motif="Parce que").status_code == 302
        assert not Translation.objects.get().enabled
        history = moderator.client.get(reverse("wagtailadmin_pages:history", args=[version(fiche).pk]))
        assert "Parce que" in history.content.decode()
        # Once more: said, not done twice.
        assert moderator.post("stop_translation", translation.pk, motif="Parce que").status_code == 200


class TestH10:
    """A term is public as soon as it is made: a copy of the French one."""

    @pytest.fixture
    def usagers(self, site: None) -> Public:
        found = terme("publics", "usagers", nom="Usagers & proches")
        found.description = "Les personnes soignées"
        found.save()
        return found

    def adresse(self, instance: Any, langue: str = "en") -> str:
        options = instance._meta
        args = [options.app_label, options.model_name, instance.pk]
        return f"{reverse('wagtail_localize:submit_snippet_translation', args=args)}?langue={langue}"

    def test_stock(self, usagers: Public) -> None:
        with sans_gardes():
            submit_snippet(
                requete(quelqu_un_sans_page(), locales=[locale("en").pk]),
                app_label="socle",
                model_name="public",
                pk=str(usagers.pk),
            )
        assert Public.objects.get(locale=locale("en")).nom == "Usagers & proches"

    def test_ours_is_whole_or_is_not(self, usagers: Public) -> None:
        administration = personne(roles.ADMINISTRATION)
        url = self.adresse(usagers)
        form = administration.client.get(url).context["form"]
        assert [field.label for field in form.fields.values()] == ["Usagers & proches", "Les personnes soignées"]
        # What the package's form sends.
        assert administration.client.post(url, {"locales": [locale("en").pk]}).status_code == 200
        assert administration.client.post(url, {"texte-0": "Users"}).status_code == 200
        assert administration.client.post(url, {"texte-0": "Users", "texte-1": " "}).status_code == 200
        assert administration.client.post(url, {"texte-0": "U" * 101, "texte-1": "All"}).status_code == 200
        assert not Public.objects.exclude(pk=usagers.pk).exists()
        assert not Translation.objects.exists()
        done = administration.client.post(url, {"texte-0": "Users & <b>", "texte-1": "Those who are cared for"})
        assert done.status_code == 302
        made = Public.objects.get(locale=locale("en"))
        assert (made.nom, made.description, made.slug) == ("Users & <b>", "Those who are cared for", "usagers")
        # Once more: it exists, the next language is proposed.
        again = administration.client.get(url)
        assert again.context["locale"].language_code != "en"

    def test_in_falc_it_is_other_words_that_follow_nothing(self, usagers: Public) -> None:
        administration = personne(roles.ADMINISTRATION)
        url = self.adresse(usagers, "fr-simple")
        administration.client.post(url, {"texte-0": "Les patients", "texte-1": "Ceux que l’on soigne"})
        assert Public.objects.get(locale=locale("fr-simple")).nom == "Les patients"
        assert not Translation.objects.get().enabled

    @pytest.mark.parametrize("role", [roles.REDACTION, roles.MODERATION, roles.TRADUCTIONS[0], None])
    def test_ours_for_those_who_may_not_change_the_term(self, role: Any, usagers: Public) -> None:
        client = personne(role).client if role else StrictClient()
        for response in (
            client.get(self.adresse(usagers)),
            client.post(self.adresse(usagers), {"texte-0": "Users", "texte-1": "Those"}),
        ):
            assert response.status_code in {302, 403}
        assert not Public.objects.exclude(pk=usagers.pk).exists()

    def test_what_is_not_there(self, usagers: Public, chef: Personne) -> None:
        good = self.adresse(usagers)
        for bad in (
            good.replace(f"/{usagers.pk}/", "/9999999/"),
            good.replace(f"/{usagers.pk}/", "/abc/"),
            good.replace("/public/", "/messagecontact/"),
            good.replace("/public/", "/inconnu/"),
        ):
            assert chef.client.get(bad, follow=True).status_code == 404, bad
        assert chef.client.get(self.adresse(usagers, "zz")).status_code == 200

    @pytest.fixture
    def english(self, usagers: Public, chef: Personne) -> Public:
        chef.client.post(self.adresse(usagers), {"texte-0": "Users", "texte-1": "Those who are cared for"})
        return Public.objects.get(locale=locale("en"))

    def test_stock_editor(self, english: Public, chef: Personne) -> None:
        StringTranslation.objects.filter(data="Users").delete()
        stock_hooks.before_edit_snippet(requete(chef.user, action="publish"), english)
        english.refresh_from_db()
        assert english.nom == "Usagers & proches"

    @pytest.mark.parametrize("state", ["missing", "machine"])
    def test_our_editor(self, state: str, english: Public, chef: Personne) -> None:
        if state == "missing":
            StringTranslation.objects.filter(data="Users").delete()
        else:
            StringTranslation.objects.filter(data="Users").update(data="Machine", translation_type="machine")
        url = reverse("wagtailsnippets_socle_public:edit", args=[english.pk])
        chef.client.post(url, {"action": "publish"})
        english.refresh_from_db()
        assert english.nom == "Users"
        StringTranslation.objects.all().update(translation_type="manual")
        ecrire(Translation.objects.get(), "Read: ")
        assert chef.client.get(url).status_code == 200
        chef.client.post(url, {"action": "publish"})
        english.refresh_from_db()
        assert english.nom.startswith("Read: ")


class TestF1:
    """With the pages below, a FALC page written by hand becomes ordinary French."""

    @pytest.fixture
    def arbre(self, site: None) -> tuple[Page, Page]:
        top = InformationPageFactory(title="Le guide", publiee=True)
        child = InformationPageFactory(title="Chapitre", resume="Ordinaire.", parent=top, publiee=True)
        falc = InformationPageFactory(
            title="Facile", resume="Un texte facile.", parent=accueil("fr-simple"), version_de=child, publiee=True
        )
        source, _made = TranslationSource.get_or_create_from_instance(child)
        Translation.objects.create(source=source, target_locale=locale("fr-simple"), enabled=False)
        return top, falc

    def texte(self, falc: Page) -> str:
        return str(Page.objects.get(pk=falc.pk).specific.resume)

    def test_stock(self, arbre: tuple[Page, Page], chef: Personne) -> None:
        top, falc = arbre
        with sans_gardes():
            submit(requete(chef.user, locales=[locale("fr-simple").pk], include_subtree="on"), page_id=top.pk)
        assert Page.objects.get(pk=falc.pk).live
        assert self.texte(falc) == "Ordinaire."

    def test_ours(self, arbre: tuple[Page, Page], chef: Personne) -> None:
        top, falc = arbre
        for data in ({"avec_dessous": "on"}, {"include_subtree": "on", "avec_dessous": "on"}):
            assert chef.envoyer(top, "fr-simple", **data).status_code == 200
            chef.envoyer(top, "fr-simple", "en", **data)
        with pytest.raises(Exception, match="FALC"):
            preparer(top, chef.user, [locale("fr-simple")], avec_dessous=True)
        assert self.texte(falc) == "Un texte facile."
        assert not Translation.objects.filter(target_locale=locale("fr-simple"), enabled=True).exists()
        assert version(top, "fr-simple") is None

    def test_ours_where_the_package_writes(self, arbre: tuple[Page, Page]) -> None:
        falc = Translation.objects.get()
        falc.enabled = True
        with pytest.raises(GardeError):
            falc.save()
        with pytest.raises(GardeError):
            falc.save_target(publish=False)


class TestArbres:
    """A language filled with public copies of the pages of another."""

    def test_stock(self, fiche: Any) -> None:
        with sans_gardes():
            LocaleSynchronization.objects.create(locale=locale("ar"), sync_from=locale("fr"))
        assert version(fiche, "ar").live

    def test_ours(self, fiche: Any, chef: Personne) -> None:
        with pytest.raises(GardeError):
            LocaleSynchronization.objects.create(locale=locale("ar"), sync_from=locale("fr"))
        Locale.objects.filter(language_code="pt").delete()
        url = reverse("wagtaillocales:add")
        form = chef.client.get(url).content.decode()
        assert "sync_from" not in form
        prefix = f"component-{LocaleSynchronization._meta.db_table}"
        data = {"language_code": "pt", f"{prefix}-enabled": "on", f"{prefix}-sync_from": locale("fr").pk}
        assert chef.client.post(url, data).status_code == 302
        assert not LocaleSynchronization.objects.exists()
        assert version(fiche, "pt") is None
