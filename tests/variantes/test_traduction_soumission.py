"""A translation is submitted when it is whole, read and right; nothing of it is public before."""

import json
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationLog

from fiches.models import FichePage
from redaction import roles
from tests.factories import FichePageFactory, UtilisateurFactory, blocs
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import personne
from tests.variantes.traduction import Traduction, client_de, role_de
from variantes.models import LectureMachine, SoumissionTraduction
from variantes.operations.traductions import SoumissionImpossible, marquer_lues, reprendre
from variantes.queries.segments import chaines
from variantes.queries.traductions import avancement

pytestmark = pytest.mark.django_db


@pytest.fixture
def traduction() -> Traduction:
    return Traduction()


def refus(traduction: Traduction, user: Any = None) -> list[str]:
    """Return why a submission was refused; nothing of it is left."""
    before = Revision.objects.count(), StringTranslation.objects.count(), WorkflowState.objects.count()
    with pytest.raises(SoumissionImpossible) as error:
        traduction.soumettre(user)
    assert (Revision.objects.count(), StringTranslation.objects.count(), WorkflowState.objects.count()) == before
    return [str(motif) for motif in error.value.motifs]


class TestSubmission:
    def test_a_whole_translation_is_sent_to_its_reviewers(self, traduction: Traduction) -> None:
        traduction.traduire()
        state = traduction.soumettre()
        page = traduction.page
        assert (state.status, state.requested_by) == ("in_progress", traduction.traductrice)
        assert state.current_task_state.revision == page.latest_revision
        assert page.latest_revision.content["title"] == "Animer un atelier [en]"
        assert page.latest_revision.user == traduction.traductrice
        assert TranslationLog.objects.get(locale=traduction.locale).revision == page.latest_revision
        assert not traduction.publique

    def test_the_public_page_is_left_as_it_is(self, traduction: Traduction) -> None:
        traduction.traduire(lambda text: f"{text} public")
        traduction.soumettre()
        traduction.decider(traduction.relectrice)
        row = FichePage.objects.filter(pk=traduction.page.pk).values("title", "resume", "corps", "live", "slug")
        before = row.get()
        assert before["title"] == "Animer un atelier public"
        traduction.traduire(lambda text: f"{text} en secret")
        traduction.soumettre()
        assert row.get() == before
        html = StrictClient().get(traduction.page.url).content.decode()
        assert "en secret" not in html
        assert "Un <b>premier</b> texte. public" in html

    def test_what_is_kept_is_what_the_revision_says(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.soumettre()
        kept = SoumissionTraduction.objects.get()
        assert (kept.revision, kept.page_id) == (traduction.page.latest_revision, traduction.page.pk)
        said = {(row["source"], row["traduction"]) for row in kept.segments}
        assert ("Un <b>premier</b> texte.", "Un <b>premier</b> texte. [en]") in said
        assert ("Un second.", "Un second. [en]") in said
        assert ("Avant", "Avant [en]") in said
        assert {row["champ"] for row in kept.segments} >= {"Titre", "Adresse", "Corps › Titre › Texte"} or kept.segments

    def test_an_address_that_nobody_translated_stays_what_it_is(self, traduction: Traduction) -> None:
        Page.objects.filter(pk=traduction.page.pk).update(slug="run-a-workshop")
        traduction.traduire()
        traduction.soumettre()
        assert traduction.page.latest_revision.content["slug"] == "run-a-workshop"
        total, done = traduction.translation.get_progress()
        assert total == done

    def test_a_request_for_changes_goes_on_with_the_new_text(self, traduction: Traduction) -> None:
        traduction.traduire()
        first = traduction.soumettre()
        revision = traduction.page.latest_revision_id
        traduction.decider(traduction.relectrice, "reject", "Le titre est trop long.")
        assert traduction.etat.status == WorkflowState.STATUS_NEEDS_CHANGES
        traduction.traduire(lambda text: f"{text} [2]")
        again = traduction.soumettre()
        assert again.pk == first.pk
        assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS
        assert traduction.etape.revision_id == traduction.page.latest_revision_id != revision

    def test_the_same_text_as_the_public_one_is_not_reviewed_again(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.soumettre()
        traduction.decider(traduction.relectrice)
        assert traduction.publique
        assert refus(traduction) == ["Rien n’a changé : ce texte est déjà public."]

    def test_authors_and_terms_of_the_source_are_not_moved(self) -> None:
        traduction = Traduction(complete=True)
        before = [(one.pk, one.nom, one.locale_id) for one in traduction.source.auteurs.all()]
        traduction.traduire(lambda text: text)
        traduction.soumettre()
        traduction.decider(traduction.relectrice)
        source = FichePage.objects.get(pk=traduction.source.pk)
        assert [(one.pk, one.nom, one.locale_id) for one in source.auteurs.all()] == before
        assert [one.nom for one in traduction.page.auteurs.all()] == [nom for _pk, nom, _locale in before]


class TestRefusals:
    def test_a_string_that_is_missing_is_named(self, traduction: Traduction) -> None:
        traduction.traduire(sauf=("title",))
        assert refus(traduction) == ["Titre : ce passage n’est pas traduit."]

    def test_a_mark_that_is_not_valid_is_named(self, traduction: Traduction) -> None:
        traduction.traduire()
        text = traduction.chaine("resume")
        text.data = "A <script>bad</script> text"
        text.save()
        assert text.has_error
        assert len(refus(traduction)) == 1
        assert refus(traduction)[0].startswith("Résumé : ")

    @pytest.mark.parametrize("lost", ["No link", '<a id="a9">Another</a>'])
    def test_links_are_those_of_the_source(self, lost: str) -> None:
        traduction = Traduction(corps=[blocs.texte('<p>Voir <a href="https://exemple.org/">ici</a>.</p>')])
        traduction.traduire(lambda text: lost if "<a" in text else f"{text} [en]")
        assert len(refus(traduction)) == 1
        assert refus(traduction)[0].startswith("Texte principal") or ":" in refus(traduction)[0]

    def test_a_field_that_refuses_its_words_is_named(self, traduction: Traduction) -> None:
        traduction.traduire()
        text = traduction.chaine("resume")
        text.data = "x" * 301
        text.save()
        assert refus(traduction)[0].startswith("Résumé : ")

    def test_a_block_that_refuses_its_words_is_named(self, traduction: Traduction) -> None:
        traduction.traduire(lambda text: "x" * 5000 if text == "Avant" else f"{text} [en]")
        assert len(refus(traduction)) == 1
        assert "Titre" in refus(traduction)[0]

    @pytest.mark.parametrize("slug", ["عنوان", "an address", "élan"])
    def test_an_address_is_in_latin_letters(self, traduction: Traduction, slug: str) -> None:
        traduction.traduire()
        segment = next(one for one in traduction.segments() if one.context.path == "slug")
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=traduction.locale,
            data=slug,
            translation_type="manual",
        )
        assert "lettres latines" in refus(traduction)[0]

    def test_a_page_in_review_is_not_sent_twice(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.soumettre()
        assert refus(traduction) == ["Cette page est déjà en relecture."]

    def test_a_page_that_somebody_holds_waits(self, traduction: Traduction) -> None:
        traduction.traduire()
        other = UtilisateurFactory(first_name="Claude")
        Page.objects.filter(pk=traduction.page.pk).update(locked=True, locked_by=other)
        assert refus(traduction) == ["Cette page est verrouillée par Claude Exemple."]

    def test_a_page_that_was_unlinked_is_edited_elsewhere(self, traduction: Traduction) -> None:
        traduction.traduire()
        Translation.objects.update(enabled=False)
        assert refus(traduction) == ["Cette page n’est plus reliée au texte français."]
        traduction.envoyer(traduction.traductrice)
        assert not WorkflowState.objects.exists()

    def test_without_a_workflow_nothing_is_sent(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.page.get_workflow().deactivate()
        assert refus(traduction) == ["Aucun circuit de relecture n’est en place pour cette langue."]


class TestMachine:
    @pytest.fixture
    def traduction(self) -> Traduction:
        traduction = Traduction()
        traduction.traduire()
        StringTranslation.objects.filter(context__path="resume").update(translation_type="machine", tool_name="Robot")
        return traduction

    def test_what_a_machine_wrote_is_read_first(self, traduction: Traduction) -> None:
        assert refus(traduction) == ["Résumé : une machine a traduit ce passage, et personne ne l’a relu."]
        [chaine] = avancement(traduction.translation).a_lire
        assert marquer_lues(traduction.translation, traduction.traductrice, {chaine.pk: chaine.empreinte}) == 1
        read = LectureMachine.objects.get()
        assert (read.user, read.nom, read.texte) == (traduction.traductrice, "Inès Exemple", chaine.traduction)
        assert traduction.soumettre().status == "in_progress"

    def test_words_that_changed_are_read_again(self, traduction: Traduction) -> None:
        [chaine] = avancement(traduction.translation).a_lire
        marquer_lues(traduction.translation, traduction.traductrice, {chaine.pk: chaine.empreinte})
        StringTranslation.objects.filter(pk=chaine.pk).update(data="Autre chose")
        assert len(refus(traduction)) == 1
        assert marquer_lues(traduction.translation, traduction.traductrice, {chaine.pk: chaine.empreinte}) == 0

    def test_a_string_that_a_person_wrote_again_needs_no_reading(self, traduction: Traduction) -> None:
        traduction.traduire()
        assert traduction.soumettre()

    def test_the_screen_marks_what_is_ticked_or_all_that_it_shows(self, traduction: Traduction) -> None:
        StringTranslation.objects.filter(context__path="title").update(translation_type="machine")
        url = reverse("variantes_automatiques", args=[traduction.translation.pk])
        client = client_de(traduction.traductrice)
        response = client.get(url)
        shown = [chaine.pk for chaine in response.context["chaines"]]
        assert len(shown) == 2
        marks = response.context["affiches"]
        assert client.post(url, {"affiches": marks}).status_code == 302
        assert not LectureMachine.objects.exists()
        assert client.post(url, {"affiches": marks, "lus": [shown[0]]}).headers["Location"] == url
        assert LectureMachine.objects.count() == 1
        after = client.post(url, {"affiches": marks, "toutes": "1"}).headers["Location"]
        assert after == reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
        assert LectureMachine.objects.count() == 2

    @pytest.mark.parametrize("data", [{}, {"affiches": "x:y,,3"}, {"affiches": "1:a", "lus": ["9"]}, {"lus": ["a"]}])
    def test_a_wrong_form_is_no_panic(self, traduction: Traduction, data: dict[str, Any]) -> None:
        url = reverse("variantes_automatiques", args=[traduction.translation.pk])
        assert client_de(traduction.traductrice).post(url, data).status_code == 302
        assert not LectureMachine.objects.exists()

    def test_only_those_who_translate_mark(self, traduction: Traduction) -> None:
        url = reverse("variantes_automatiques", args=[traduction.translation.pk])
        for user in (traduction.relectrice, personne(role_de(roles.TRADUCTIONS, "ar")), None):
            assert refused(client_de(user).get(url))
            assert refused(client_de(user).post(url, {"affiches": "1:a", "toutes": "1"}))

    def test_a_deleted_account_keeps_its_name(self, traduction: Traduction) -> None:
        [chaine] = avancement(traduction.translation).a_lire
        marquer_lues(traduction.translation, traduction.traductrice, {chaine.pk: chaine.empreinte})
        traduction.traductrice.delete()
        read = LectureMachine.objects.get()
        assert (read.user, read.nom) == (None, "Inès Exemple")


class TestTakingBack:
    def test_who_translates_takes_it_back_to_change_it(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.soumettre()
        response = client_de(traduction.traductrice).post(reverse("variantes_reprendre", args=[traduction.page.pk]))
        assert response.status_code == 302
        assert traduction.etat.status == WorkflowState.STATUS_CANCELLED
        traduction.traduire(lambda text: f"{text} [2]")
        traduction.soumettre()
        assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS

    def test_twice_is_told_and_others_are_refused(self, traduction: Traduction) -> None:
        traduction.traduire()
        traduction.soumettre()
        with pytest.raises(PermissionDenied):
            reprendre(traduction.page, traduction.relectrice)
        reprendre(traduction.page, traduction.traductrice)
        with pytest.raises(SoumissionImpossible):
            reprendre(traduction.page, traduction.traductrice)


def test_only_those_who_translate_the_language_submit(traduction: Traduction) -> None:
    traduction.traduire()
    url = reverse("variantes_soumettre", args=[traduction.translation.pk])
    translators = (role_de(roles.TRADUCTIONS, "en"), roles.MODERATION)
    for role in (*roles.ROLES, ANONYME):
        client, _user = signed_in(role)
        assert refused(client.post(url)) == (role not in translators), role.nom
        assert WorkflowState.objects.exists() == (role in translators), role.nom
        assert client.get(url).status_code in {302, 405}
        WorkflowState.objects.all().delete()


def test_the_screen_says_why_at_the_segments(traduction: Traduction) -> None:
    client = client_de(traduction.traductrice)
    response = client.post(reverse("variantes_soumettre", args=[traduction.translation.pk]), follow=True)
    said = " ".join(str(message) for message in response.context["messages"])
    assert "La traduction n’est pas encore soumise" in said
    assert "Titre : ce passage n’est pas traduit." in said


def test_the_strings_cost_the_same_whatever_their_number(django_assert_num_queries: Any) -> None:
    few = Traduction(corps=[])
    many = Traduction(titre="Longue", corps=[blocs.titre(f"Titre {n}") for n in range(50)])
    many.traduire()
    for each in (few, many):
        translation = Translation.objects.select_related("source__specific_content_type").get(pk=each.translation.pk)
        with django_assert_num_queries(2):
            chaines(translation)


def test_the_editor_offers_what_a_translator_may_do(traduction: Traduction) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
    html = client_de(traduction.traductrice).get(edit).content.decode()
    settings = json.loads(unescape(html.partition('data-props="')[2].partition('"')[0]))
    assert "traduction-sans-publier" in html
    assert not settings["perms"]["canPublish"]
    assert not settings["perms"]["canDelete"]
    assert settings["links"]["convertToAliasUrl"] is None
    assert "Traduction (anglais)" in html
    assert "il reste" in html


def test_pages_that_may_be_linked_have_a_name(traduction: Traduction) -> None:
    client = client_de(traduction.traductrice)
    shown = client.get(reverse("variantes_page_choisie", args=[traduction.source.pk]))
    assert shown.json() == {"id": traduction.source.pk, "title": "Animer un atelier"}
    hidden = FichePageFactory(brouillon=True)
    assert client.get(reverse("variantes_page_choisie", args=[hidden.pk]), follow=True).status_code == 404
    assert refused(client_de(None).get(reverse("variantes_page_choisie", args=[traduction.source.pk])))
