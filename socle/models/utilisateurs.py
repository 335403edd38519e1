"""Accounts: one per person, recognised by an e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower


class UtilisateurManager(UserManager["Utilisateur"]):
    """Creates accounts without a user name."""

    def create_user(  # type: ignore[override]  # an account has no user name
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Utilisateur":
        """Return a new account; `email` is stored in lower case. Raises `ValueError` without an address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(  # type: ignore[override]  # an account has no user name
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Utilisateur":
        """Return a new account with every permission."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        return self.get(email__iexact=username)


class Utilisateur(AbstractUser):
    """A person with an account: editor, reviewer, staff or member."""

    username = None  # type: ignore[assignment]  # the address identifies the person
    email = models.EmailField("adresse e-mail", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UtilisateurManager()  # type: ignore[misc]  # narrower than AbstractUser's manager

    class Meta:
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email
