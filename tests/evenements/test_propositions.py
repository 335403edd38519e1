"""Meetings that the public proposes: what is asked, and the draft that the team accepts."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Comment

from evenements.models import AgendaPage, Evenement, EvenementPage, Seance
from redaction.models import Proposition
from redaction.operations.propositions import accepter
from redaction.roles import ROLES
from socle.dates import today
from tests.evenements.formulaires import LANGUES, Public, site_de_test
from tests.factories import UtilisateurFactory, accueil, agenda, proposer
from tests.harness.html import StrictClient
from tests.socle.reading import one, texts

pytestmark = pytest.mark.django_db

URL = "/fr/proposer/evenement/"
JOUR = today() + datetime.timedelta(days=40)
RENCONTRE = {
    "titre": "Café du partenariat à Saint-Denis",
    "resume": "Se rencontrer entre usagers et soignants.",
    "texte": "Un accueil.\n\nPuis des <b>tables rondes</b>.",
    "jour": JOUR.isoformat(),
    "heure_debut": "14:00",
    "heure_fin": "16:30",
    "dates": "ou la semaine suivante",
    "mode": "sur_place",
    "lieu": "Maison des usagers, Saint-Denis",
    "organisateur": "Association des exemples",
    "nom": "Lou Exemple",
    "courriel": "lou@exemple.test",
    "consentement": "on",
    "site_web": "",
}
DETAILS = {
    "resume": RENCONTRE["resume"],
    "jour": f"{JOUR:%d/%m/%Y}",
    "heure_debut": "14:00",
    "heure_fin": "16:30",
    "dates": "ou la semaine suivante",
    "mode": "sur_place",
    "lieu": "Maison des usagers, Saint-Denis",
    "organisateur": "Association des exemples",
}


@pytest.fixture(autouse=True)
def site() -> None:
    site_de_test()


@pytest.fixture
def public(client: StrictClient, django_capture_on_commit_callbacks: Any) -> Public:
    return Public(client, django_capture_on_commit_callbacks)


@pytest.fixture
def moderator() -> Any:
    return UtilisateurFactory(moderateur=True)


def proposee(**details: Any) -> Proposition:
    values = {"titre": RENCONTRE["titre"], "texte": RENCONTRE["texte"], "details": {**DETAILS, **details}}
    return proposer("evenement", **values)


class TestSending:
    def test_what_was_said_is_kept(self, public: Public) -> None:
        assert public.post(URL, RENCONTRE).url == "/fr/proposer/merci/"
        found = Proposition.objects.get()
        assert (found.genre, found.titre, found.texte) == ("evenement", RENCONTRE["titre"], RENCONTRE["texte"])
        assert found.details == DETAILS
        assert "Lou" not in repr(Proposition.objects.values())

    def test_what_is_not_known_yet_is_not_asked(self, public: Public) -> None:
        unknown = ("texte", "heure_debut", "heure_fin", "dates", "lieu", "nom")
        assert public.post(URL, {**RENCONTRE, **dict.fromkeys(unknown, "")}).status_code == 302
        assert Proposition.objects.get().details.keys() == {"resume", "jour", "mode", "organisateur"}

    @pytest.mark.parametrize("langue", LANGUES)
    def test_every_language_has_its_form(self, public: Public, langue: str) -> None:
        accueil(langue)
        url = f"/{langue}/proposer/evenement/"
        assert public.get(url).status_code == 200
        assert public.post(url, RENCONTRE).status_code == 302

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("titre", ""),
            ("titre", "a" * 201),
            ("resume", ""),
            ("resume", "a" * 301),
            ("texte", "a" * 10_001),
            ("texte", "a\x00b"),
            ("jour", ""),
            ("jour", "demain"),
            ("jour", "31/02/2030"),
            ("jour", (today() - datetime.timedelta(days=1)).isoformat()),
            ("jour", "9999-12-31"),
            ("jour", "0001-01-01"),
            ("heure_debut", "25:00"),
            ("heure_fin", "soir"),
            ("heure_fin", "14:00"),
            ("heure_fin", ""),
            ("heure_debut", ""),
            ("dates", "a" * 301),
            ("mode", ""),
            ("mode", "ailleurs"),
            ("lieu", "a" * 301),
            ("organisateur", ""),
            ("organisateur", "a" * 161),
            ("courriel", "x"),
            ("consentement", ""),
        ],
    )
    def test_an_error_keeps_what_was_typed_and_stores_nothing(self, public: Public, field: str, value: str) -> None:
        response = public.post(URL, {**RENCONTRE, field: value})
        assert response.status_code == 422
        assert response.context["formulaire"].errors.keys() == {field}
        assert not Proposition.objects.exists()
        assert mail.outbox == []
        form = one(response, "form.formulaire")
        for name in {"titre", "jour", "heure_debut", "heure_fin", "lieu", "organisateur"} - {field}:
            assert form.select_one(f"[name={name}]")["value"] == RENCONTRE[name]
        for link in one(response, "#erreurs").select("a"):
            assert one(response, f'[id="{link["href"][1:]}"]')

    def test_a_day_may_be_written_as_people_do(self, public: Public) -> None:
        assert public.post(URL, {**RENCONTRE, "jour": f"{JOUR:%d/%m/%Y}"}).status_code == 302
        assert Proposition.objects.get().details["jour"] == DETAILS["jour"]

    def test_the_team_reads_it_under_the_labels_of_the_form(self, public: Public, moderator: Any) -> None:
        public.client.force_login(moderator)
        found = proposee()
        shown = public.client.get(found.url_admin).content.decode()
        for said in ("Qui organise ?", "Sur place", DETAILS["jour"], "Maison des usagers, Saint-Denis"):
            assert said in shown


class TestAccepting:
    def test_facts_and_a_french_draft_are_made(self, moderator: Any) -> None:
        parent = agenda()
        found = proposee()
        accepter(found.pk, moderator)
        event, page = Evenement.objects.get(), EvenementPage.objects.get()
        assert (event.nom, event.jour, event.jour_fin, event.mode) == (found.titre, JOUR, JOUR, "sur_place")
        assert (event.heure_debut, event.heure_fin) == (datetime.time(14), datetime.time(16, 30))
        assert (event.cree_par, event.inscriptions_fermees) == (moderator, True)
        assert [str(one) for one in event.organisateurs.all()] == ["Association des exemples"]
        assert Seance.objects.get().jour == JOUR
        assert (page.evenement, page.translation_key, page.get_parent().pk) == (event, event.cle, parent.pk)
        assert (page.live, page.owner, page.title, page.locale.language_code) == (False, moderator, found.titre, "fr")
        draft = page.get_latest_revision_as_object()
        assert draft.resume == RENCONTRE["resume"]
        assert "&lt;b&gt;tables rondes&lt;/b&gt;" in draft.presentation
        found.refresh_from_db()
        assert (found.etat, found.page_creee_id) == ("acceptee", page.pk)

    def test_what_no_field_holds_is_noted_in_the_margin(self, moderator: Any) -> None:
        agenda()
        accepter(proposee().pk, moderator)
        note = Comment.objects.get()
        assert (note.user, note.contentpath) == (moderator, "presentation")
        assert "Maison des usagers, Saint-Denis" in note.text
        assert "la semaine suivante" in note.text
        accepter(proposee(lieu="", dates="").pk, moderator)
        assert Comment.objects.count() == 1

    def test_nothing_of_the_person_goes_in(self, moderator: Any) -> None:
        agenda()
        accepter(proposee().pk, moderator)
        page = EvenementPage.objects.get()
        stored = repr(Evenement.objects.values()) + repr(EvenementPage.objects.values())
        stored += repr(page.latest_revision.content) + repr(Comment.objects.values())
        assert "Lou Exemple" not in stored
        assert "lou@" not in stored

    def test_the_draft_opens_in_the_editor_and_nothing_is_public(self, public: Public, moderator: Any) -> None:
        parent = agenda()
        accepter(proposee().pk, moderator)
        page, seance = EvenementPage.objects.get(), Seance.objects.get()
        for url in (parent.url, "/fr/", page.get_url(), f"/fr/agenda/inscription/{seance.pk}/"):
            assert "Café du partenariat" not in public.get(url).content.decode()
        public.client.force_login(moderator)
        editor = public.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert editor.status_code == 200
        assert "Café du partenariat" in editor.content.decode()

    @pytest.mark.parametrize(
        "details",
        [
            {"jour": "31/02/2030"},
            {"jour": ""},
            {"heure_debut": "", "heure_fin": ""},
            {"heure_fin": ""},
            {"mode": "ailleurs"},
            {"mode": "en_ligne"},
            {"organisateur": ""},
            {"organisateur": "a" * 500},
            {"resume": "a" * 400},
        ],
    )
    def test_whatever_is_kept_makes_a_draft(self, moderator: Any, details: dict[str, str]) -> None:
        agenda()
        accepter(proposee(**details).pk, moderator)
        assert EvenementPage.objects.get().evenement.seances.count() == 1

    def test_a_past_day_makes_a_draft_too(self, moderator: Any) -> None:
        """A proposal may wait for weeks."""
        agenda()
        accepter(proposee(jour="01/02/2020").pk, moderator)
        assert Evenement.objects.get().jour == datetime.date(2020, 2, 1)

    @pytest.mark.parametrize("titre", ["تحضير لقاء", "???", "a" * 200, "<b>&"])
    def test_every_title_makes_two_drafts(self, moderator: Any, titre: str) -> None:
        agenda()
        for _twice in range(2):
            accepter(proposer("evenement", titre=titre, details=DETAILS).pk, moderator)
        assert list(EvenementPage.objects.values_list("title", flat=True)) == [titre] * 2

    def test_without_an_agenda_nothing_changes(self, public: Public, moderator: Any) -> None:
        found = proposee()
        assert not AgendaPage.objects.exists()
        public.client.force_login(moderator)
        response = public.post(reverse("propositions:geste", args=[found.pk, "accepter"]), {"texte": ""})
        assert "agenda" in " ".join(texts(public.client.get(response.url), ".messages"))
        found.refresh_from_db()
        assert found.etat == "recue"
        assert not Evenement.objects.exists()

    @pytest.mark.parametrize("role", [role.nom for role in ROLES if role.nom != "Modération"])
    def test_whoever_does_not_decide_makes_nothing(self, role: str) -> None:
        agenda()
        with pytest.raises(PermissionDenied):
            accepter(proposee().pk, UtilisateurFactory(groupes=(role,)))
        assert not Evenement.objects.exists()
        assert not EvenementPage.objects.exists()

    @pytest.mark.parametrize("missing", ["evenements.add_evenement", "page"])
    def test_accepting_asks_for_the_rights_on_events_too(
        self, moderator: Any, missing: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        agenda()
        if missing == "page":
            moderator.groups.first().page_permissions.all().delete()
        else:
            has_perm = type(moderator).has_perm
            monkeypatch.setattr(
                type(moderator), "has_perm", lambda self, perm, obj=None: perm != missing and has_perm(self, perm, obj)
            )
        found = proposee()
        with pytest.raises(PermissionDenied):
            accepter(found.pk, moderator)
        assert not Evenement.objects.exists()
        assert not EvenementPage.objects.exists()
