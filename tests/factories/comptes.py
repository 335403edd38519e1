"""Accounts."""

import os
from typing import Any

import factory
from django.contrib.auth.models import AnonymousUser, Group
from factory.django import DjangoModelFactory

from redaction.operations.roles import synchroniser_roles
from redaction.roles import ROLES
from socle.models import Utilisateur
from tests.harness import worlds

MOT_DE_PASSE = "mot-de-passe-de-test"


class UtilisateurFactory(DjangoModelFactory):
    """A member; traits give a role, or every permission. `groupes` takes names of roles and of other groups."""

    class Meta:
        model = Utilisateur

    class Params:
        superutilisateur = factory.Trait(is_superuser=True, is_staff=True)
        redacteur = factory.Trait(groupes=("Rédaction",))
        moderateur = factory.Trait(groupes=("Modération",))

    # Processes of one run write in the same database when they share the browser tests' server.
    email = factory.Sequence(lambda n: f"personne{n}-{os.getpid()}@exemple.test")
    first_name = "Camille"
    last_name = "Exemple"
    password = factory.django.Password(MOT_DE_PASSE)
    groupes: tuple[str, ...] = ()

    @classmethod
    def _create(cls, model_class: type[Utilisateur], *args: Any, **kwargs: Any) -> Utilisateur:
        names = kwargs.pop("groupes")
        user: Utilisateur = super()._create(model_class, *args, **kwargs)
        user.groups.set([_groupe(name) for name in names])
        return user


def _groupe(name: str) -> Group:
    if name in {role.nom for role in ROLES} and not Group.objects.filter(name=name).exists():
        groupes_des_roles()
    return Group.objects.get_or_create(name=name)[0]


def groupes_des_roles() -> None:
    """Give the roles their groups, rights and workflows, as `sync_roles` does."""
    worlds.remembered("roles", synchroniser_roles)


def anonyme() -> AnonymousUser:
    return AnonymousUser()
