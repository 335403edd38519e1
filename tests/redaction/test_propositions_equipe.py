"""What the team does with proposals: who may, what each gesture changes, and what nobody but the moderation sees."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry as journal

from fiches.models import FichePage, FichesIndexPage
from redaction import roles
from redaction.models import ContactProposition, Proposition
from redaction.operations import propositions as operations
from redaction.propositions import Genre, genre, register
from redaction.queries.propositions import en_attente
from redaction.roles import ROLES, Role
from redaction.views.propositions_equipe import GESTES, INDEX
from tests.factories import FichePageFactory, UtilisateurFactory, index_fiches, proposer
from tests.harness.html import StrictClient
from tests.harness.queries import assert_same_cost
from tests.redaction.test_matrice import PERSONNES, refused, signed_in
from tests.socle.reading import links, soup, texts

pytestmark = pytest.mark.django_db

LISENT = {roles.REDACTION, roles.MODERATION}
AUTRES = [role for role in ROLES if role is not roles.MODERATION]
CONTACT = ("Lou Exemple", "lou@exemple.test")


def url_of(proposition: Proposition, cle: str) -> str:
    return reverse("propositions:geste", args=[proposition.pk, cle])


def fresh(proposition: Proposition) -> Proposition:
    return Proposition.objects.get(pk=proposition.pk)


@pytest.fixture
def moderator() -> Any:
    return UtilisateurFactory(moderateur=True, first_name="Claude")


@pytest.fixture
def team(moderator: Any) -> StrictClient:
    client = StrictClient()
    client.force_login(moderator)
    return client


@pytest.fixture
def act(team: StrictClient, django_capture_on_commit_callbacks: Any) -> Any:
    def post(proposition: Proposition, cle: str, texte: str = "") -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return team.post(url_of(proposition, cle), {"texte": texte})

    return post


class TestRights:
    @PERSONNES
    def test_who_reads_and_who_decides(self, role: Role) -> None:
        client, user = signed_in(role)
        index_fiches()
        found = proposer("fiche")
        assert refused(client.get(reverse(INDEX))) == (role not in LISENT)
        assert refused(client.get(found.url_admin)) == (role not in LISENT)
        if user is not None:
            assert list(en_attente(user)) == ([found] if role in LISENT else [])
        for cle in GESTES:
            found = proposer("fiche", titre=f"Pour {cle}")
            before = Proposition.objects.filter(pk=found.pk).values().get()
            answers = {client.get(url_of(found, cle)).status_code, client.post(url_of(found, cle), {"texte": "Oui"})}
            changed = (
                Proposition.objects.filter(pk=found.pk).values().get() != before
                or found.messages.exists()
                or not ContactProposition.objects.filter(proposition=found).exists()
            )
            assert changed == (role is roles.MODERATION), (cle, answers)

    @pytest.mark.parametrize(
        "role", [role for role in ROLES if role is not roles.MODERATION], ids=lambda role: role.nom
    )
    def test_the_operations_refuse_whatever_the_screen(self, role: Role) -> None:
        user = UtilisateurFactory(groupes=[role.nom])
        found = proposer()
        for geste in GESTES.values():
            with pytest.raises(PermissionDenied):
                geste.faire(found.pk, user, *(["Oui"] if geste.libelle else []))

    def test_a_closed_account_decides_nothing(self, moderator: Any) -> None:
        moderator.is_active = False
        moderator.save()
        with pytest.raises(PermissionDenied):
            operations.accepter(proposer().pk, moderator)

    @PERSONNES
    def test_only_those_who_decide_see_who_sent_it(self, role: Role) -> None:
        client, _user = signed_in(role)
        found = proposer()
        for url in (reverse(INDEX), found.url_admin, url_of(found, "accepter"), "/admin/"):
            html = client.get(url, follow=True).content.decode()
            for private in CONTACT:
                assert (private in html) == (role is roles.MODERATION and url == found.url_admin), (private, url)

    @PERSONNES
    def test_the_menu_is_for_those_who_read(self, role: Role) -> None:
        client, user = signed_in(role)
        proposer()
        proposer(etat="a_preciser")
        if user is not None:
            assert ("Propositions (1)" in client.get("/admin/").content.decode()) == (role in LISENT)

    def test_nobody_sees_what_waits_for_its_address(self, team: StrictClient, admin_client: StrictClient) -> None:
        found = proposer(etat="a_confirmer", titre="Pas encore confirmée")
        for client in (team, admin_client):
            assert "Pas encore confirmée" not in client.get(reverse(INDEX)).content.decode()
            assert client.get(found.url_admin, follow=True).status_code == 404
            assert client.post(url_of(found, "accepter"), follow=True).status_code == 404
        assert fresh(found).etat == "a_confirmer"

    def test_the_operations_refuse_what_waits_for_its_address(self, moderator: Any) -> None:
        found = proposer(etat="a_confirmer")
        for geste in GESTES.values():
            with pytest.raises(PermissionDenied):
                geste.faire(found.pk, moderator, *(["Oui"] if geste.libelle else []))


class TestAccept:
    def test_a_resource_becomes_a_draft_without_anything_of_the_person(
        self, act: Any, team: StrictClient, moderator: Any
    ) -> None:
        index = index_fiches()
        found = proposer("fiche", texte="Un <b>lieu</b> calme.\n\nDu temps.")
        response = act(found, "accepter", "Merci, elle sera utile.")
        page = FichePage.objects.get()
        assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert team.get(response.url).status_code == 200
        assert (page.live, page.owner, page.title, page.resume) == (False, moderator, found.titre, "Bien commencer.")
        assert page.get_parent().pk == index.pk
        draft = page.get_latest_revision_as_object()
        (block,) = draft.corps
        assert block.value.source == "<p>Un &lt;b&gt;lieu&lt;/b&gt; calme.</p>\n\n<p>Du temps.</p>"
        stored = repr(FichePage.objects.values()) + repr(page.latest_revision.content) + repr(list(page.auteurs.all()))
        for private in CONTACT:
            assert private not in stored
        after = fresh(found)
        assert (after.etat, after.page_creee_id, after.traitee_par) == ("acceptee", page.pk, moderator)
        (sent,) = mail.outbox
        assert sent.to == ["lou@exemple.test"]
        assert "Merci, elle sera utile." in sent.body
        assert found.titre not in sent.subject

    def test_nothing_of_the_draft_is_public(self, act: Any, client: StrictClient) -> None:
        index = index_fiches()
        act(proposer("fiche", titre="Texte venu d’ailleurs"), "accepter")
        page = FichePage.objects.get()
        assert client.get(page.get_url()).status_code == 404
        for url in (index.url, "/fr/", "/fr/recherche/?q=ailleurs", "/sitemap-fr.xml"):
            assert "Texte venu" not in client.get(url).content.decode()

    def test_two_with_one_title_have_two_addresses(self, act: Any) -> None:
        index_fiches()
        act(proposer("fiche"), "accepter")
        act(proposer("fiche"), "accepter")
        assert len(set(FichePage.objects.values_list("slug", flat=True))) == 2

    @pytest.mark.parametrize("titre", ["تحضير لقاء", "患者", "???", "a" * 200, "<b>&"])
    def test_every_title_makes_a_draft(self, act: Any, titre: str) -> None:
        index_fiches()
        act(proposer("fiche", titre=titre), "accepter")
        act(proposer("fiche", titre=titre), "accepter")
        assert list(FichePage.objects.values_list("title", flat=True)) == [titre] * 2

    def test_without_a_place_for_it_nothing_changes(self, act: Any, team: StrictClient) -> None:
        found = proposer("fiche")
        FichesIndexPage.objects.all().delete()
        response = act(found, "accepter")
        assert "index des fiches" in " ".join(texts(team.get(response.url), ".messages"))
        assert fresh(found).etat == "recue"
        assert mail.outbox == []

    @pytest.mark.parametrize("kind", ["correction", "probleme"])
    def test_a_correction_or_a_problem_is_marked_as_dealt_with(self, act: Any, kind: str) -> None:
        page = FichePageFactory(publiee=True)
        found = proposer(kind, page=page, page_titre=page.title)
        assert act(found, "accepter", "Corrigé, merci.").url == found.url_admin
        after = fresh(found)
        assert (after.etat, after.page_creee, after.motif) == ("acceptee", None, "Corrigé, merci.")
        assert "L’équipe s’en est occupée." in mail.outbox[0].body
        assert "Corrigé, merci." in mail.outbox[0].body
        assert FichePage.objects.count() == 1

    def test_a_kind_whose_app_is_gone_can_still_be_closed(self, act: Any, team: StrictClient) -> None:
        found = proposer("rencontre")
        assert team.get(found.url_admin).status_code == 200
        act(found, "accepter")
        assert fresh(found).etat == "acceptee"


class TestRefuse:
    def test_the_reason_is_mailed_in_the_language_of_the_person(self, act: Any) -> None:
        found = proposer(langue="en")
        act(found, "refuser", "Une fiche dit déjà cela.")
        after = fresh(found)
        assert (after.etat, after.motif) == ("refusee", "Une fiche dit déjà cela.")
        (sent,) = mail.outbox
        assert "Une fiche dit déjà cela." in sent.body
        assert sent.body.startswith("Hello,")

    @pytest.mark.parametrize("reason", ["", "   ", "a" * 2001])
    def test_no_reason_no_refusal(self, act: Any, reason: str) -> None:
        found = proposer()
        assert act(found, "refuser", reason).status_code == 200
        assert fresh(found).etat == "recue"
        assert mail.outbox == []

    def test_the_database_knows_too(self) -> None:
        found = proposer()
        for wrong in (
            {"etat": "refusee", "close_le": timezone.now(), "motif": ""},
            {"etat": "perdue"},
            {"etat": "acceptee"},
            {"close_le": timezone.now()},
            {"etat": "a_confirmer"},
            {"recue_le": None},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Proposition.objects.filter(pk=found.pk).update(**wrong)

    @pytest.mark.parametrize("cle", ["accepter", "refuser"])
    def test_an_address_that_is_not_confirmed_is_not_written_to(self, act: Any, team: StrictClient, cle: str) -> None:
        found = proposer("probleme")
        ContactProposition.objects.update(confirme_le=None)
        assert "aucun e-mail ne partira" in team.get(url_of(found, cle)).content.decode()
        act(found, cle, "Merci.")
        assert fresh(found).close
        assert mail.outbox == []


class TestOtherGestures:
    def test_who_takes_charge_is_named(self, act: Any, team: StrictClient, moderator: Any) -> None:
        found = proposer()
        act(found, "prendre")
        assert (fresh(found).etat, fresh(found).traitee_par) == ("en_cours", moderator)
        assert str(moderator) in team.get(reverse(INDEX)).content.decode()
        assert "Prendre en charge" not in links(team.get(found.url_admin))
        assert "déjà" in " ".join(texts(team.get(act(found, "prendre").url), ".messages"))

    def test_another_person_takes_over(self, act: Any) -> None:
        found = proposer(etat="en_cours", traitee_par=UtilisateurFactory(moderateur=True))
        act(found, "prendre")
        assert fresh(found).traitee_par.first_name == "Claude"

    def test_a_note_stays_inside(self, act: Any, team: StrictClient) -> None:
        found = proposer()
        act(found, "noter", "En parler mardi.")
        assert "En parler mardi." in team.get(found.url_admin).content.decode()
        assert mail.outbox == []

    def test_a_question_needs_a_confirmed_address(self, act: Any, team: StrictClient) -> None:
        found = proposer(courriel="")
        assert "Demander des précisions" not in links(team.get(found.url_admin))
        act(found, "preciser", "Où ?")
        assert fresh(found).etat == "recue"
        assert not found.messages.exists()

    def test_who_sent_it_is_forgotten_when_they_ask(self, act: Any, team: StrictClient) -> None:
        for etat in ("recue", "refusee", "a_preciser"):
            found = proposer(etat=etat)
            act(found, "effacer")
            assert not ContactProposition.objects.exists()
            assert fresh(found).etat == ("en_cours" if etat == "a_preciser" else etat)
            assert "effacées" in " ".join(texts(team.get(found.url_admin), "#personne-content"))

    def test_what_is_closed_is_read_only(self, act: Any, team: StrictClient, moderator: Any) -> None:
        for etat in ("acceptee", "refusee"):
            found = proposer(etat=etat)
            assert links(team.get(found.url_admin), "main ul a.button").keys() == {"Effacer les coordonnées"}
            before = Proposition.objects.filter(pk=found.pk).values().get()
            for cle in GESTES.keys() - {"effacer"}:
                assert team.get(url_of(found, cle)).url == found.url_admin
                act(found, cle, "Encore")
            assert Proposition.objects.filter(pk=found.pk).values().get() == before
            assert not found.messages.exists()

    def test_everything_is_in_the_log_without_personal_data(self, act: Any, moderator: Any) -> None:
        index_fiches()
        found = proposer("fiche")
        for cle in ("prendre", "noter", "preciser", "accepter", "effacer"):
            act(found, cle, "Texte de Lou")
        entries = list(journal.get_logs_for_instance(found).order_by("timestamp"))
        assert [entry.action.rpartition(".")[2] for entry in entries] == [
            "prendre",
            "noter",
            "preciser",
            "accepter",
            "effacer",
        ]
        assert {entry.user for entry in entries} == {moderator}
        for entry in entries:
            assert entry.label == f"Proposition n° {found.pk}"
            assert "Lou" not in repr(entry.data)

    def test_an_unknown_gesture_is_not_found(self, team: StrictClient) -> None:
        assert team.get(url_of(proposer(), "publier"), follow=True).status_code == 404


class TestList:
    def test_filters_and_search(self, team: StrictClient) -> None:
        old = proposer(titre="Vieille", langue="en")
        Proposition.objects.filter(pk=old.pk).update(recue_le=timezone.now() - timezone.timedelta(days=40))
        proposer("probleme", titre="", page_titre="Une page")
        proposer(etat="refusee", titre="Refusée")
        expected = {
            "": ["Vieille", "Une page", "Refusée"],
            "langue=en": ["Vieille"],
            "age=30": ["Vieille"],
            "age=90": [],
            "genre=probleme": ["Une page"],
            "etat=refusee": ["Refusée"],
            "q=vieil": ["Vieille"],
            "q=une+page": ["Une page"],
            "etat=inconnu&age=x&langue=zz": ["Vieille", "Une page", "Refusée"],
        }
        for query, found in expected.items():
            assert texts(team.get(f"{reverse(INDEX)}?{query}"), "tbody td.title a") == found, query

    def test_it_costs_the_same_for_ten(self, team: StrictClient) -> None:
        def make(number: int) -> None:
            for _ in range(number):
                proposer(page=FichePageFactory(publiee=True), traitee_par=UtilisateurFactory())

        assert_same_cost(make, lambda: team.get(reverse(INDEX)), limit=25)

    def test_a_long_thread_costs_the_same(self, team: StrictClient) -> None:
        found = proposer()

        def make(number: int) -> None:
            for _ in range(number):
                operations.noter(found.pk, UtilisateurFactory(moderateur=True), "Une note")

        assert_same_cost(make, lambda: team.get(found.url_admin), limit=30)

    def test_what_was_typed_is_never_markup(self, team: StrictClient) -> None:
        found = proposer(titre="<img src=x>", texte="<script>1</script>", details={"source": "<i>a</i>"})
        for url in (reverse(INDEX), found.url_admin, url_of(found, "accepter")):
            page = soup(team.get(url)).select_one("main")
            assert page is not None
            assert not page.select("img[src=x], i")
            assert "<script>1" not in team.get(url).content.decode()


class TestKinds:
    def test_the_kinds_are_those_of_the_apps(self) -> None:
        assert [genre(cle) is not None for cle in ("fiche", "correction", "probleme", "rencontre")] == [
            True,
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize("cle", ["fiche", "merci", "confirmer"])
    def test_a_key_is_taken_once(self, cle: str) -> None:
        with pytest.raises(ValueError, match=cle):
            register(Genre(cle, "Essai", "", dict))
