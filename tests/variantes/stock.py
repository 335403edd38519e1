"""wagtail-localize as it comes, beside the site's addresses: it shows each hole, and when upstream closes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.contrib.auth.models import Permission
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from socle.models import Utilisateur
from tests.factories import UtilisateurFactory
from variantes.signals import gardes as signals_gardes

MACHINE = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@contextmanager
def sans_gardes(**settings: Any) -> Iterator[None]:
    """Let wagtail-localize write as it would without this app."""
    # Without our wrapper, this fails: the guard is gone.
    stock = TranslationSource.create_or_update_translation.__wrapped__
    receivers = ((signals_gardes.refuser_falc, Translation), (signals_gardes.refuser_arbres, LocaleSynchronization))
    identifiers = ("variantes.gardes.falc", "variantes.gardes.arbres")
    for identifier, (_receiver, sender) in zip(identifiers, receivers, strict=True):
        assert pre_save.disconnect(sender=sender, dispatch_uid=identifier), "the guard is gone"
    try:
        with patch.object(TranslationSource, "create_or_update_translation", stock), override_settings(**settings):
            yield
    finally:
        for identifier, (receiver, sender) in zip(identifiers, receivers, strict=True):
            pre_save.connect(receiver, sender=sender, dispatch_uid=identifier)


def requete(user: Any, methode: str = "post", **data: Any) -> HttpRequest:
    """Return a request as the admin hands it to a view."""
    factory = RequestFactory()
    if methode == "put":
        request = factory.put("/", urlencode(data), content_type="application/x-www-form-urlencoded")
    else:
        request = getattr(factory, methode)("/", data)
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    return request


def quelqu_un_sans_page() -> Utilisateur:
    """Someone who has nothing but the permission of wagtail-localize: no right on any page."""
    user = UtilisateurFactory()
    names = (("wagtail_localize", "submit_translation"), ("wagtailadmin", "access_admin"))
    for app, codename in names:
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return Utilisateur.objects.get(pk=user.pk)
