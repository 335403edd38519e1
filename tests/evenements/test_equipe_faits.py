"""The form of the facts: a meeting and its page are announced, facts change, nothing that was typed is lost."""

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.models import Page

from evenements.models import Evenement, EvenementPage
from evenements.operations.annonces import DES_INSCRITS, PUBLIQUE
from redaction import roles
from socle.dates import today
from tests.evenements.equipe import animation, connecte, faits, unique, url
from tests.factories.evenements import EvenementFactory, EvenementPageFactory, InscriptionFactory, LieuFactory, agenda

pytestmark = pytest.mark.django_db
LUNDI = today() + datetime.timedelta(days=7 - today().weekday() + 14)


def erreurs(html: str) -> str:
    return " ".join(" ".join(html.split()).split('class="error-message"')[1:])


def test_a_meeting_is_announced_with_the_draft_of_its_page() -> None:
    client, user = animation()
    response = client.post(url("annoncer"), faits(nom="Parler de la douleur", responsables=[user.pk]))
    page = EvenementPage.objects.get()
    assert response.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    event = page.evenement
    assert (page.title, page.slug, page.live, page.owner) == (
        "Parler de la douleur",
        "parler-de-la-douleur",
        False,
        user,
    )
    assert page.translation_key == event.cle
    assert page.latest_revision is not None
    assert (event.cree_par, list(event.responsables.all()), event.rappels_jours) == (user, [user], [7, 1])
    assert unique(event).jour == event.jour == today() + datetime.timedelta(days=20)
    assert client.get(response.headers["Location"]).status_code == 200


def test_two_meetings_of_one_name_and_names_that_make_no_address() -> None:
    client, _user = animation()
    for nom in ("Café", "Café", "???", "Inscription"):
        assert client.post(url("annoncer"), faits(nom=nom)).status_code == 302
    slugs = list(EvenementPage.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs[:2] == ["cafe", "cafe-2"]
    assert all(slug.startswith("rencontre-") for slug in slugs[2:])


@pytest.mark.parametrize(
    ("donnees", "message"),
    [
        ({"nom": ""}, "Champ requis"),
        ({"jour": "demain"}, "date valide"),
        ({"jour_fin": "2020-01-01"}, "Le dernier jour vient après le premier."),
        ({"jour_fin": "9999-12-31"}, "dure un an au plus"),
        ({"heure_fin": ""}, "Donnez l’heure du début et celle de la fin"),
        ({"heure_debut": "16:00", "heure_fin": "14:00"}, "vient après celle du début"),
        ({"fuseau": "Europe/Nulle-Part"}, "fuseau horaire n’existe pas"),
        ({"mode": "en_ligne"}, "Une rencontre en ligne n’a pas de lieu"),
        ({"lien_en_ligne": "https://visio.exemple.org/"}, "pas d’adresse en ligne"),
        ({"lien_public": "on"}, "que sans inscription"),
        ({"inscription": "externe"}, "la page où l’on s’inscrit"),
        ({"inscription_url": "https://ailleurs.exemple.org/"}, "retirez-la"),
        ({"capacite": "0"}, "au moins une place"),
        ({"capacite": "-3"}, "supérieure ou égale à 0"),
        ({"offre_heures": "2"}, "supérieure ou égale à 24"),
        ({"rappels_jours": "une semaine"}, "des nombres de jours"),
        ({"rappels_jours": "1, 2, 3, 4, 5"}, "Quatre rappels au plus"),
        ({"prix": "5"}, "n’a pas de prix"),
        ({"gratuit": ""}, "Donnez le prix"),
        ({"gratuit": "", "prix": "-2"}, "plus grand que zéro"),
        ({"frequence": "chaque_jour"}, "choix valide"),
        ({"frequence": "hebdomadaire", "fin": "date"}, "la date de la dernière rencontre"),
        ({"frequence": "hebdomadaire", "fin": "date", "jusqu_au": "2020-01-01"}, "finirait avant"),
        ({"frequence": "hebdomadaire", "fin": "nombre"}, "Donnez le nombre de rencontres"),
        ({"dates_exclues": "14/07/2027"}, "qu’une fois"),
        ({"dates_exclues": "la Toussaint"}, "n’est pas une date"),
        ({"dates_exclues": "31/02/2027"}, "n’est pas une date"),
        ({"frequence": "hebdomadaire", "dates_exclues": "01/01/1990"}, "Pas de rencontre prévue ce jour-là"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(donnees: dict[str, Any], message: str) -> None:
    client, _user = animation()
    typed = {"precision_tarif": "Ce que je tape reste", **donnees}
    response = client.post(url("annoncer"), faits(**typed))
    html = response.content.decode()
    assert response.status_code == 200
    assert message in erreurs(html)
    assert "Ce que je tape reste" in html
    assert not Evenement.objects.exists()
    assert not EvenementPage.objects.exists()


def test_the_first_day_is_one_of_the_series() -> None:
    client, _user = animation()
    sent = faits(jour=LUNDI.isoformat(), frequence="hebdomadaire", jours_semaine=["1", "3"])
    html = client.post(url("annoncer"), sent).content.decode()
    assert "n’est pas un jour de cette série" in erreurs(html)
    sent["jours_semaine"] = ["0", "3"]
    client.post(url("annoncer"), sent)
    assert Evenement.objects.get().recurrence == "FREQ=WEEKLY;BYDAY=MO,TH"


@pytest.mark.parametrize(
    ("choix", "regle"),
    [
        ({"frequence": "hebdomadaire", "fin": "nombre", "nombre": "5"}, "FREQ=WEEKLY;BYDAY=MO;COUNT=5"),
        ({"frequence": "quinzaine"}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ({"frequence": "mensuelle_jour"}, "FREQ=MONTHLY;BYMONTHDAY={jour}"),
        ({"frequence": "mensuelle_rang"}, "FREQ=MONTHLY;BYDAY={rang}MO"),
    ],
)
def test_a_rule_is_read_and_shown_again(choix: dict[str, str], regle: str) -> None:
    client, _user = animation()
    client.post(url("annoncer"), faits(jour=LUNDI.isoformat(), **choix))
    event = Evenement.objects.get()
    rang = (LUNDI.day - 1) // 7 + 1
    assert event.recurrence == regle.format(jour=LUNDI.day, rang=rang if rang < 5 else -1)
    assert event.seances.count() > 3
    html = client.get(url("faits", event.pk)).content.decode()
    checked = f'name="frequence" value="{choix["frequence"]}"'
    assert checked in html
    assert "checked" in html[html.index(checked) :][:120]


def test_the_next_dates_are_told_before_anything_is_saved() -> None:
    client, _user = animation()
    second = LUNDI + datetime.timedelta(days=7)
    sent = faits(nom="", jour=LUNDI.isoformat(), frequence="hebdomadaire", apercu="1")
    html = client.post(url("annoncer"), {**sent, "dates_exclues": f"{second:%d/%m/%Y}"}).content.decode()
    shown = html[html.index('id="apercu"') :]
    assert "Chaque semaine, le lundi" in shown
    assert shown.count("<li>") == 12
    assert "Pas de rencontre" in shown
    assert "et ainsi de suite" in shown
    # The name is not asked yet.
    assert 'class="error-message"' not in html
    assert not Evenement.objects.exists()


def test_rows_are_added_without_losing_what_was_typed() -> None:
    client, _user = animation()
    rows = {"animateurs-TOTAL_FORMS": "1", "animateurs-0-nom": "Camille Exemple", "animateurs-0-cote": "usager"}
    html = client.post(url("annoncer"), faits(**rows, plus="animateurs", nom="Gardé")).content.decode()
    assert 'name="animateurs-2-nom"' in html
    assert 'value="Camille Exemple"' in html
    assert 'value="Gardé"' in html
    assert "il manque une personne du côté « professionnel »" in html
    assert client.post(url("annoncer"), faits(plus="animateurs", **{"animateurs-TOTAL_FORMS": "x"})).status_code == 200


def test_organisers_leaders_and_reserved_seats() -> None:
    client, _user = animation()
    rows = {
        "animateurs-TOTAL_FORMS": "2",
        "animateurs-0-nom": "Camille Exemple",
        "animateurs-0-cote": "usager",
        "animateurs-1-nom": "Dominique Exemple",
        "animateurs-1-cote": "professionnel",
        "organisateurs-TOTAL_FORMS": "1",
        "organisateurs-0-nom": "Maison des usagers",
        "quotas-TOTAL_FORMS": "1",
        "quotas-0-genre": "usager",
        "quotas-0-places": "8",
    }
    for capacite, message in (("5", "c’est plus que ce nombre"), ("", "un nombre de places en tout")):
        html = client.post(url("annoncer"), faits(**rows, capacite=capacite)).content.decode()
        assert message in erreurs(html)
    twice = {**rows, "quotas-TOTAL_FORMS": "2", "quotas-1-genre": "usager", "quotas-1-places": "1"}
    assert client.post(url("annoncer"), faits(**twice, capacite="20")).status_code == 200
    assert client.post(url("annoncer"), faits(**rows, capacite="20")).status_code == 302
    event = Evenement.objects.get()
    assert event.en_binome
    assert [str(one) for one in event.organisateurs.all()] == ["Maison des usagers"]
    assert [str(one) for one in event.quotas.all()] == ["Usager, patient : 8"]


def test_facts_change_at_once_and_an_older_screen_undoes_nothing() -> None:
    client, _user = animation()
    event = EvenementFactory()
    sent = faits(nom="Nouveau nom", lieu=event.lieu_id, jour=event.jour.isoformat(), sequence=event.sequence)
    assert client.post(url("faits", event.pk), sent).headers["Location"] == url("dates", event.pk)
    html = client.post(url("faits", event.pk), {**sent, "nom": "D’avant"}).content.decode()
    event.refresh_from_db()
    assert event.nom == "Nouveau nom"
    assert "Quelqu’un a changé ces faits" in html
    assert f'name="sequence" value="{event.sequence}"' in html
    assert "D’avant" in html
    client.post(url("faits", event.pk), {**sent, "nom": "D’avant", "sequence": event.sequence})
    event.refresh_from_db()
    assert event.nom == "D’avant"


def test_only_active_places_are_offered_and_that_of_the_event() -> None:
    client, _user = animation()
    kept, closed = LieuFactory(nom="Gardé", actif=False), LieuFactory(nom="Fermé", actif=False)
    html = client.get(url("faits", EvenementFactory(lieu=kept).pk)).content.decode()
    assert f'<option value="{kept.pk}" selected' in html
    assert f'<option value="{closed.pk}"' not in html


def test_an_event_with_people_is_cancelled_and_not_deleted() -> None:
    agenda()
    client, _user = connecte(roles.MODERATION)
    event = EvenementFactory()
    InscriptionFactory(seance=unique(event), etat="annulee")
    html = client.post(url("supprimer", event.pk), follow=True).content.decode()
    assert DES_INSCRITS in html
    public = EvenementPageFactory()
    assert PUBLIQUE in client.get(url("supprimer", public.evenement_id), follow=True).content.decode()
    assert Evenement.objects.count() == 2


# --- Pages ---


def test_a_page_added_from_the_explorer_begins_with_its_facts() -> None:
    client, _user = animation()
    address = reverse("wagtailadmin_pages:add", args=["evenements", "evenementpage", agenda().pk])
    for response in (client.get(address), client.post(address, {"title": "Sans faits", "slug": "sans-faits"})):
        assert response.headers["Location"] == url("annoncer")
    assert not EvenementPage.objects.exists()


def test_a_copied_page_has_facts_of_its_own() -> None:
    client, _user = animation()
    event = EvenementFactory(quotas={"usager": 2}, capacite=10, animateurs=[("Camille Exemple", "usager")])
    page = EvenementPageFactory(evenement=event, brouillon=True)
    page.save_revision()
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": page.get_parent().pk}
    response = client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    copy = EvenementPage.objects.get(slug="copie")
    assert copy.evenement_id != event.pk
    assert copy.evenement.cle == copy.translation_key
    assert response.headers["Location"] == url("faits", copy.evenement_id)
    assert copy.get_latest_revision_as_object().evenement_id == copy.evenement_id
    assert [str(one) for one in copy.evenement.quotas.all()] == ["Usager, patient : 2"]
    assert [str(one) for one in copy.evenement.animateurs.all()] == ["Camille Exemple"]
    assert not copy.evenement.seances.exists()
    assert unique(event)


def aussitot(sql: str, values: list[Any]) -> None:
    """Write, and let the database check at once what it checks at the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_language_has_one_page_of_an_event() -> None:
    page, other = EvenementPageFactory(), EvenementFactory()
    for sql, values in (
        ("UPDATE evenements_evenementpage SET evenement_id = %s WHERE page_ptr_id = %s", [other.pk, page.pk]),
        ("UPDATE wagtailcore_page SET translation_key = gen_random_uuid() WHERE id = %s", [page.pk]),
    ):
        with pytest.raises(IntegrityError, match="evenement_une_page_par_langue"):
            aussitot(sql, values)
    english = EvenementPageFactory(evenement=page.evenement, langue="en")
    assert english.evenement == page.evenement
    second = EvenementPageFactory(
        slug="autre", evenement=page.evenement, translation_key=Page._meta.get_field("translation_key").default()
    )
    assert second.evenement != page.evenement
    assert ContentType.objects.get_for_model(second).model == "evenementpage"
