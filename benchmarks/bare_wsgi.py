"""One Django view without middleware: what the same server does when the application does nothing."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["localhost", "127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="bare")


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Bonjour", headers={"Content-Length": "7"})


urlpatterns = [path("", view)]
application = get_wsgi_application()
