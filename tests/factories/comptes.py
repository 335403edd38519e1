"""Accounts."""

import factory
from django.contrib.auth.models import AnonymousUser, Group
from factory.django import DjangoModelFactory

from socle.models import Utilisateur

MOT_DE_PASSE = "mot-de-passe-de-test"


class UtilisateurFactory(DjangoModelFactory):
    """A member; traits give the groups that Wagtail creates, or every permission."""

    class Meta:
        model = Utilisateur
        skip_postgeneration_save = True

    class Params:
        superutilisateur = factory.Trait(is_superuser=True, is_staff=True)
        redacteur = factory.Trait(groupes=["Editors"])
        moderateur = factory.Trait(groupes=["Moderators"])

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")
    first_name = "Camille"
    last_name = "Exemple"
    password = factory.django.Password(MOT_DE_PASSE)

    @factory.post_generation
    def groupes(self: Utilisateur, create: bool, names: list[str] | None, **kwargs: object) -> None:
        if create and names:
            self.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])


def anonyme() -> AnonymousUser:
    return AnonymousUser()
