"""What is said of each segment: by whom, about which text, and until when."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from redaction import roles
from tests.redaction.test_matrice import ANONYME, refused, signed_in
from tests.redaction.test_publication import personne
from tests.variantes.traduction import Traduction, client_de, messages_de, role_de
from variantes.models import CommentaireSegment, SoumissionTraduction
from variantes.operations.traductions import traiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def traduction() -> Traduction:
    found = Traduction()
    found.traduire()
    found.soumettre()
    return found


def test_a_remark_is_read_and_dealt_with_by_whoever_translates(traduction: Traduction) -> None:
    response = traduction.commenter(traduction.relectrice, "Dites « workshop ».")
    assert response.headers["Location"] == f"{traduction.adresse}#segment-1"
    remark = CommentaireSegment.objects.get()
    assert (remark.nom, remark.auteur, remark.source) == (
        "Mona Exemple",
        traduction.relectrice,
        "Animer un atelier",
    )
    assert "Dites « workshop »." in traduction.lire(traduction.traductrice).content.decode()
    traduction.decider(traduction.relectrice, "reject", "Voyez mes commentaires.")
    edit = reverse("wagtailadmin_pages:edit", args=[traduction.page.pk])
    client = client_de(traduction.traductrice)
    html = client.get(edit).content.decode()
    assert "Dites « workshop »." in html
    assert "Voyez mes commentaires." in html
    url = reverse("variantes_traiter", args=[remark.pk])
    assert client.post(url).headers["Location"] == edit
    remark.refresh_from_db()
    assert (remark.traite_nom, remark.traite_par) == ("Inès Exemple", traduction.traductrice)
    assert "Dites « workshop »." not in client.get(edit).content.decode()
    assert not traiter(remark, traduction.traductrice)


def test_only_those_who_take_part_comment(traduction: Traduction) -> None:
    here = (roles.TRADUCTIONS, roles.RELECTURES_TRADUCTION)
    takes_part = (*(role_de(table, "en") for table in here), roles.MODERATION)
    for role in (*roles.ROLES, ANONYME):
        _client, user = signed_in(role)
        traduction.commenter(user, f"Un mot de {role.nom}.")
        said = CommentaireSegment.objects.filter(texte=f"Un mot de {role.nom}.")
        assert said.exists() == (role in takes_part), role.nom


def test_others_do_not_deal_with_it(traduction: Traduction) -> None:
    traduction.commenter(traduction.relectrice, "Un mot.")
    remark = CommentaireSegment.objects.get()
    url = reverse("variantes_traiter", args=[remark.pk])
    for user in (personne(role_de(roles.TRADUCTIONS, "ar")), personne(roles.REDACTION), None):
        assert refused(client_de(user).post(url))
    remark.refresh_from_db()
    assert remark.traite_le is None
    assert client_de(traduction.relectrice).post(url).status_code == 302


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"texte": ""}, "Écrivez votre commentaire."),
        ({"texte": "x" * 2001}, "trop long"),
        ({"texte": "Gardé", "revision": 1}, "a changé"),
        ({"texte": "Gardé", "chemin": "rien.du.tout"}, "n’existe plus"),
        ({"texte": "Gardé", "rang": "-1"}, ""),
        ({"texte": "Gardé", "rang": "a"}, ""),
    ],
)
def test_what_was_typed_is_kept_with_what_is_wrong(traduction: Traduction, data: dict[str, Any], said: str) -> None:
    texte = data.pop("texte")
    response = traduction.commenter(traduction.relectrice, texte, **data)
    assert response.status_code == 200
    assert said in messages_de(response)
    assert not CommentaireSegment.objects.exists()
    if "revision" in data:
        assert "Gardé</textarea>" in response.content.decode()


def test_a_deleted_account_keeps_its_name(traduction: Traduction) -> None:
    traduction.commenter(traduction.relectrice, "Un mot.")
    traduction.relectrice.delete()
    assert "Mona Exemple" in traduction.lire(traduction.traductrice).content.decode()
    traduction.traductrice.delete()
    assert SoumissionTraduction.objects.get().nom == "Inès Exemple"


@pytest.mark.parametrize(
    "wrong", [{"texte": ""}, {"nom": ""}, {"traite_nom": "X"}, {"traite_le": datetime.datetime.now(datetime.UTC)}]
)
def test_the_database_refuses_what_makes_no_sense(traduction: Traduction, wrong: dict[str, Any]) -> None:
    fields = {"page": traduction.page, "chemin": "title", "rang": 0, "source": "a", "texte": "b", "nom": "c"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentaireSegment.objects.create(**{**fields, **wrong})
