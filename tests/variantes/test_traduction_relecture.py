"""A translation is read beside its source by somebody else of its language, who publishes it or sends it back."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from redaction import roles
from redaction.queries.bureau import attend_de
from socle.models import Utilisateur
from tests.factories import InformationPageFactory, UtilisateurFactory, accueil, blocs, groupes_des_roles, proteger
from tests.harness.html import StrictClient
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import personne
from tests.variantes.traduction import Traduction, client_de, messages_de, role_de
from variantes.models import RelectureTraduction, SoumissionTraduction
from variantes.operations.traductions import commenter

pytestmark = pytest.mark.django_db


@pytest.fixture
def traduction() -> Traduction:
    found = Traduction()
    found.traduire()
    found.soumettre()
    return found


def relu(user: Utilisateur) -> Utilisateur:
    return Utilisateur.objects.get(pk=user.pk)


class TestDecision:
    def test_an_approval_publishes_what_was_read(self, traduction: Traduction) -> None:
        assert not traduction.publique
        revision = traduction.page.latest_revision_id
        response = traduction.decider(traduction.relectrice)
        assert response.headers["Location"] == reverse("bureau")
        assert traduction.etat.status == WorkflowState.STATUS_APPROVED
        assert traduction.publique
        assert traduction.page.live_revision_id == revision
        assert not traduction.page.has_unpublished_changes

    def test_a_refusal_needs_its_reason(self, traduction: Traduction) -> None:
        response = traduction.decider(traduction.relectrice, "reject")
        assert "Dites ce qui est à modifier." in messages_de(response)
        assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS
        traduction.decider(traduction.relectrice, "reject", "Le titre est trop long.")
        assert traduction.etat.status == WorkflowState.STATUS_NEEDS_CHANGES
        assert traduction.etape.comment == "Le titre est trop long."
        assert not traduction.publique

    def test_only_those_who_review_the_language_decide(self, traduction: Traduction) -> None:
        reviews = role_de(roles.RELECTURES_TRADUCTION, "en")
        readers = (role_de(roles.TRADUCTIONS, "en"), reviews, roles.MODERATION)
        for role in (*roles.ROLES, ANONYME):
            client, user = signed_in(role)
            assert refused(client.get(traduction.adresse)) == (role not in readers), role.nom
            if role is not reviews:
                traduction.decider(user)
                traduction.decider(user, "reject", "Non")
                assert traduction.etat.status == WorkflowState.STATUS_IN_PROGRESS, role.nom
        traduction.decider(traduction.relectrice)
        assert traduction.publique

    def test_whoever_translated_does_not_approve(self, traduction: Traduction) -> None:
        both = personne(role_de(roles.TRADUCTIONS, "en"), role_de(roles.RELECTURES_TRADUCTION, "en"))
        StringTranslation.objects.filter(context__path="title").update(last_translated_by=both)
        response = traduction.lire(both)
        assert response.context["actions"] == []
        assert "Vous avez travaillé à cette traduction" in response.content.decode()
        traduction.decider(both)
        assert not traduction.publique
        assert not attend_de(relu(both)).exists()
        assert attend_de(relu(traduction.relectrice)).exists()

    def test_what_was_translated_before_the_publication_does_not_count(self, traduction: Traduction) -> None:
        both = personne(role_de(roles.TRADUCTIONS, "en"), role_de(roles.RELECTURES_TRADUCTION, "en"))
        StringTranslation.objects.filter(context__path="title").update(last_translated_by=both)
        traduction.decider(traduction.relectrice)
        before = traduction.page.live_revision.created_at - datetime.timedelta(hours=1)
        StringTranslation.objects.update(updated_at=before)
        other = next(each for each in traduction.segments() if each.context.path == "resume")
        StringTranslation.objects.update_or_create(
            translation_of=other.string, context=other.context, locale=traduction.locale, defaults={"data": "Autre"}
        )
        traduction.soumettre()
        assert attend_de(relu(both)).exists()
        traduction.decider(both)
        assert traduction.etat.status == WorkflowState.STATUS_APPROVED

    def test_twice_is_once(self, traduction: Traduction) -> None:
        state = traduction.etape
        assert traduction.decider(traduction.relectrice).status_code == 302
        other = personne(role_de(roles.RELECTURES_TRADUCTION, "en"))
        assert refused(traduction.decider(other, etat=state.pk)) or traduction.etat.status == "approved"
        assert TaskState.objects.filter(status="approved").count() == 1

    def test_a_text_that_changed_is_read_again(self, traduction: Traduction) -> None:
        old = traduction.etape.revision_id
        page = traduction.page
        page.title = "Another title"
        page.save_revision()
        response = traduction.decider(traduction.relectrice, revision=old)
        assert "a changé : relisez-le" in messages_de(response)
        assert not traduction.publique

    @pytest.mark.parametrize("data", [{"etat": "x"}, {"etat": 999}, {"revision": "x"}, {"action": "delete"}])
    def test_a_wrong_form_is_no_panic(self, traduction: Traduction, data: dict[str, Any]) -> None:
        assert traduction.decider(traduction.relectrice, **data).status_code in {200, 302}
        assert not traduction.publique

    def test_a_page_that_somebody_holds_is_not_decided(self, traduction: Traduction) -> None:
        other = UtilisateurFactory(first_name="Claude")
        Page.objects.filter(pk=traduction.page.pk).update(locked=True, locked_by=other)
        assert "verrouillée par Claude" in traduction.lire(traduction.relectrice).content.decode()
        assert "verrouillée par Claude" in messages_de(traduction.decider(traduction.relectrice))
        assert not attend_de(relu(traduction.relectrice)).exists()

    def test_nobody_changes_what_is_being_read(self, traduction: Traduction) -> None:
        superuser = UtilisateurFactory(superutilisateur=True)
        lock = traduction.page.get_lock()
        assert all(lock.for_user(user) for user in (traduction.traductrice, traduction.relectrice, superuser))
        edit = reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
        for user in (traduction.traductrice, superuser):
            assert client_de(user).post(edit, {"action": "publish"}).status_code == 302
        assert not traduction.publique

    def test_a_translation_is_read_by_no_more_people_than_its_source(self, traduction: Traduction) -> None:
        proteger(traduction.source)
        traduction.decider(traduction.relectrice)
        assert traduction.page.live
        assert PageViewRestriction.objects.get(page=traduction.page).restriction_type == "login"
        assert StrictClient().get(traduction.page.url).status_code == 302

    def test_one_workflow_for_each_language(self) -> None:
        arabic = Traduction("ar")
        arabic.traduire()
        arabic.soumettre()
        arabic.decider(personne(role_de(roles.RELECTURES_TRADUCTION, "en")))
        assert not arabic.publique
        arabic.decider(arabic.relectrice)
        assert arabic.publique


class TestScreen:
    def test_each_segment_is_beside_its_translation(self, traduction: Traduction) -> None:
        response = traduction.lire(traduction.relectrice)
        html = response.content.decode()
        assert "Un <b>premier</b> texte." in html
        assert "Un <b>premier</b> texte. [en]" in html
        assert '<div lang="en" dir="auto">' in html
        assert response.context["total"] == len(SoumissionTraduction.objects.get().segments)

    def test_the_editor_of_a_page_in_review_is_that_screen(self, traduction: Traduction) -> None:
        edit = reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
        html = client_de(traduction.relectrice).get(edit).content.decode()
        assert "Approuver et publier" in html
        assert "js-translation-editor" not in html
        html = client_de(traduction.traductrice).get(edit).content.decode()
        assert "Retirer de la relecture" in html
        assert "Approuver et publier" not in html

    def test_nothing_that_was_typed_can_run(self) -> None:
        traduction = Traduction()
        traduction.traduire()
        traduction.soumettre()
        row = SoumissionTraduction.objects.get()
        row.segments[0]["traduction"] = "<script>alert(1)</script><a href='javascript:x' onclick='y'>z</a>"
        row.save()
        html = traduction.lire(traduction.relectrice).content.decode()
        assert "alert(1)</script>" not in html
        assert "javascript:x" not in html

    def test_what_changed_since_the_last_decision_is_shown(self, traduction: Traduction) -> None:
        assert traduction.lire(traduction.relectrice).context["changes"] == 0
        traduction.decider(traduction.relectrice, "reject", "Le titre.")
        StringTranslation.objects.filter(context__path="title").update(data="Run a workshop")
        traduction.soumettre()
        response = traduction.lire(traduction.relectrice, vue="changements")
        assert [ligne["champ"] for ligne in response.context["lignes"]] == ["Titre"]
        html = response.content.decode()
        assert "<ins>Run" in html
        assert "<del>Animer" in html
        assert traduction.lire(traduction.relectrice, vue="<x>").context["vue"] == ""

    def test_the_preview_is_the_revision_under_review(self, traduction: Traduction) -> None:
        revision = traduction.etape.revision_id
        url = reverse("variantes_apercu", args=[traduction.page.pk, revision])
        response = client_de(traduction.relectrice).get(url)
        assert "Animer un atelier [en]" in response.content.decode()
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
        for user in (personne(role_de(roles.RELECTURES_TRADUCTION, "ar")), None):
            assert refused(client_de(user).get(url))
        other = Revision.objects.for_instance(traduction.source).first()
        wrong = reverse("variantes_apercu", args=[traduction.page.pk, other.pk])
        assert client_de(traduction.relectrice).get(wrong, follow=True).status_code == 404

    def test_a_page_that_is_not_in_review_says_so(self) -> None:
        traduction = Traduction()
        reviewer = client_de(traduction.relectrice).get(traduction.adresse, follow=True)
        assert "la décision est prise" in reviewer.content.decode()
        response = client_de(traduction.traductrice).get(traduction.adresse)
        assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
        assert refused(traduction.lire(None))

    def test_a_page_that_does_not_exist_is_not_found(self, traduction: Traduction) -> None:
        url = reverse("variantes_relecture", args=[99999])
        assert client_de(traduction.relectrice).get(url, follow=True).status_code == 404

    def test_a_revision_that_came_by_another_way_is_read_too(self, traduction: Traduction) -> None:
        page = traduction.page
        page.title = "By another way"
        page.save_revision()
        response = traduction.lire(traduction.relectrice)
        assert response.context["revision"].pk == traduction.page.latest_revision_id
        assert "By another way" in [ligne["traduction"] for ligne in response.context["lignes"]]

    def test_a_page_that_was_unlinked_meanwhile_is_still_read(self, traduction: Traduction) -> None:
        Translation.objects.update(enabled=False)
        assert "Animer un atelier [en]" in traduction.lire(traduction.relectrice).content.decode()
        traduction.decider(traduction.relectrice)
        assert traduction.publique

    def test_a_page_with_no_source_is_read_in_its_preview(self) -> None:
        page = InformationPageFactory(parent=accueil("en"), brouillon=True)
        writer, reader = UtilisateurFactory(superutilisateur=True), personne(role_de(roles.RELECTURES_TRADUCTION, "en"))
        groupes_des_roles()
        page.save_revision(user=writer)
        page = type(page).objects.get(pk=page.pk)
        page.get_workflow().start(page, writer)
        html = client_de(reader).get(reverse("variantes_relecture", args=[page.pk])).content.decode()
        assert "lisez l’aperçu" in html
        assert "Approuver et publier" in html

    def test_it_costs_the_same_with_one_segment_and_with_fifty(self) -> None:
        costs = []
        for number in (1, 50):
            traduction = Traduction(titre=f"Titre {number}", corps=[blocs.titre(f"Partie {n}") for n in range(number)])
            traduction.traduire()
            traduction.soumettre()
            commenter(traduction.page, traduction.relectrice, traduction.page.latest_revision_id, "title", 0, "Un mot.")
            client = client_de(traduction.relectrice)
            client.get(traduction.adresse)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(traduction.adresse)
            costs.append(len(queries))
        assert costs[0] == costs[1]


class TestDesk:
    def test_it_waits_for_those_who_review_the_language(self, traduction: Traduction) -> None:
        html = client_de(traduction.relectrice).get("/admin/moderation/attend/").content.decode()
        assert "Relire à côté du français" in html
        assert traduction.adresse in html
        other = personne(role_de(roles.RELECTURES_TRADUCTION, "ar"))
        assert traduction.adresse not in client_de(other).get("/admin/moderation/attend/").content.decode()
        sent = client_de(traduction.traductrice).get("/admin/moderation/envois/").content.decode()
        assert "Animer un atelier [en]" in sent

    def test_the_list_and_the_page_agree(self, traduction: Traduction) -> None:
        task = RelectureTraduction.objects.get()
        both = personne(role_de(roles.TRADUCTIONS, "en"), role_de(roles.RELECTURES_TRADUCTION, "en"))
        people = [traduction.traductrice, traduction.relectrice, both]
        people += [personne(role) for role in roles.ROLES]
        for user in map(relu, people):
            offered = bool(task.get_actions(traduction.page, user))
            assert attend_de(user).exists() == offered, user.groups.first()

    def test_its_cost_does_not_grow(self, traduction: Traduction) -> None:
        client = client_de(traduction.relectrice)

        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/admin/moderation/attend/").status_code == 200
            return len(queries)

        client.get("/admin/moderation/attend/")
        one = cost()
        for number in range(3):
            other = Traduction(titre=f"Autre {number}")
            other.traduire()
            other.soumettre()
        assert cost() == one


def test_reviewers_then_translators_are_told(
    django_capture_on_commit_callbacks: Any,
) -> None:
    traduction = Traduction()
    traduction.traduire()
    personne(role_de(roles.RELECTURES_TRADUCTION, "ar"))
    with django_capture_on_commit_callbacks(execute=True):
        traduction.soumettre()
    assert [message.to for message in mail.outbox] == [[traduction.relectrice.email]]
    assert "premier" not in mail.outbox[0].body
    assert reverse("wagtailadmin_pages:edit", args=[traduction.page.pk]) in mail.outbox[0].body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        traduction.decider(traduction.relectrice, "reject", "Un secret")
    assert [message.to for message in mail.outbox] == [[traduction.traductrice.email]]
    assert "Un secret" not in mail.outbox[0].body
    traduction.traduire(lambda text: f"{text} [2]")
    traduction.soumettre()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        traduction.decider(traduction.relectrice)
    assert [message.to for message in mail.outbox] == [[traduction.traductrice.email]]
    assert "publique" in mail.outbox[0].subject
