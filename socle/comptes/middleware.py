"""No second factor, no administration: for those from whom the settings ask one."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from socle.comptes.queries import a_un_second_facteur, second_facteur_exige

# Signing out stays possible.
OPEN_PATHS = ("login/", "logout/", "password_reset/")


class SecondFacteurMiddleware:
    """Leads a person who must have a second factor, and has none yet, to the page where one is added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_closed(request):
            return self.get_response(request)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return HttpResponseForbidden()
        messages.warning(
            request, _("L’administration demande une double authentification. Ajoutez-la ici pour continuer.")
        )
        return redirect("mfa_index")

    @staticmethod
    def _is_closed(request: HttpRequest) -> bool:
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return False
        if request.path_info.removeprefix(settings.ADMIN_PATH).startswith(OPEN_PATHS):
            return False
        user = request.user
        return user.is_authenticated and second_facteur_exige(user) and not a_un_second_facteur(user)
