"""Fixtures of the language versions."""

from typing import Any

import pytest
from wagtail_localize.models import Translation

from tests.factories import FichePageFactory, UtilisateurFactory, accueil, groupes_des_roles, index_fiches
from tests.harness import worlds
from tests.harness.html import StrictClient
from tests.variantes.equipe import Personne, traduire


@pytest.fixture
def site(db: None) -> None:
    """A French and an English site, a home page in the other languages."""
    worlds.remembered("variantes.site", _faire_site)


def _faire_site() -> None:
    for langue in ("fr", "en", "ar", "fr-simple"):
        accueil(langue)
    english = index_fiches("en")
    english.translation_key = index_fiches("fr").translation_key
    english.save()
    groupes_des_roles()


@pytest.fixture
def chef(site: None) -> Personne:
    """A superuser, who may everything but by accident."""
    client = StrictClient()
    user = UtilisateurFactory(superutilisateur=True)
    client.force_login(user)
    return Personne(client, user)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """Do what waits for the end of the transaction: wagtail-localize publishes then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def fiche(site: None) -> Any:
    """A public resource with a link in its text."""
    return FichePageFactory(
        title="Animer", objectifs='<p>Voir <a href="https://exemple.org/">ici</a></p>', publiee=True
    )


@pytest.fixture
def translation(fiche: Any, chef: Personne) -> Translation:
    """Its translation into English, just opened."""
    return traduire(fiche, chef.user)
