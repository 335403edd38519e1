"""The harness itself: each rule of the strict client must be able to fail."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Template, engines
from django.template.base import Origin
from django.test import override_settings
from django.urls import path

from tests.harness.html import HtmlError, StrictClient, html_problems
from tests.harness.queries import assert_same_cost
from tests.harness.templates import UndefinedVariableError

GOOD = """<!doctype html><html lang="fr" dir="ltr"><head><title>Titre</title>
<link rel="stylesheet" href="/static/site.css"><script type="module" src="/static/site.js"></script>
<script type="application/ld+json">{"a": {"b": 1}}</script></head>
<body><main><h1 id="a">Titre</h1><p>Un<br>deux</p><img src="/a.webp" alt="" width="1" height="1">
<svg width="24" height="24" aria-hidden="true"><use href="/s.svg#x"/></svg>
<a href="https://exemple.fr/">Ailleurs</a><a href="#a">Haut</a><a>Sans adresse</a>%s</main></body></html>"""


def test_a_good_page_has_no_problem() -> None:
    assert html_problems(GOOD % "", "/fr/") == []


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<h1>Deux</h1>", "2 <h1>"),
        ("<main></main>", "2 <main>"),
        ('<p style="color: red">x</p>', "inline style"),
        ("<style>p {}</style>", "<style>"),
        ('<button onclick="x()">x</button>', "inline handler onclick"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script src="https://cdn.exemple.com/x.js"></script>', "fetches from cdn.exemple.com"),
        ('<link rel="stylesheet" href="//cdn.exemple.com/x.css">', "fetches from cdn.exemple.com"),
        ('<img src="/a.png" srcset="https://cdn.exemple.com/a.png 2x" alt="" width="1" height="1">', "fetches from"),
        ('<iframe src="https://video.exemple.com/" title="x"></iframe>', "fetches from video.exemple.com"),
        ('<img src="/a.png" alt="">', "lacks width, height"),
        ('<img src="/a.png" width="1" height="1">', "lacks alt"),
        ("<p>{{ titre }}</p>", "leaks"),
        ('<p title="{% x %}">a</p>', "leaks"),
        ('<p id="a">x</p>', "appears 2 times"),
        ('<a href="#absent">x</a>', "'absent'"),
        ('<label for="absent">x</label>', "'absent'"),
        ('<p aria-describedby="a absent">x</p>', "'absent'"),
        ("<p><em>x</p></em>", "</p> closes <em>"),
        ("<div>", "closes <div>"),
        ('<p class="a" class="b">x</p>', "repeats an attribute"),
        ('<a href="/x" target="_blank">x</a>', "noopener"),
    ],
)
def test_each_rule_of_a_page_can_fail(html: str, problem: str) -> None:
    assert any(problem in found for found in html_problems(GOOD % html, "/fr/")), html_problems(GOOD % html, "/fr/")


@pytest.mark.parametrize(
    ("path_info", "lang", "direction", "fails"),
    [
        ("/ar/", "ar", "rtl", False),
        ("/ar/", "ar", "ltr", True),
        ("/fr-simple/fiches/", "fr-simple", "ltr", False),
        ("/fr-simple/fiches/", "fr", "ltr", True),
        ("/en/", "fr", "ltr", True),
        ("/introuvable", "de", "ltr", True),
    ],
)
def test_language_and_direction_follow_the_address(path_info: str, lang: str, direction: str, fails: bool) -> None:
    html = (GOOD % "").replace('lang="fr" dir="ltr"', f'lang="{lang}" dir="{direction}"')
    assert bool(html_problems(html, path_info)) is fails


def test_a_fragment_is_scanned_too_but_needs_no_heading() -> None:
    assert html_problems('<p><a href="#ailleurs">x</a></p>', "/fr/fiches/") == []
    assert html_problems('<p style="x">x</p>', "/fr/fiches/") != []


urlpatterns = [path("fr/", lambda _request: HttpResponse(GOOD % "<h1>Deux</h1>"))]


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_the_client_reads_its_answers() -> None:
    with pytest.raises(HtmlError, match="2 <h1>"):
        StrictClient().get("/fr/")


class TestUndefinedVariables:
    @pytest.fixture(params=["templates/page.html", "ailleurs/page.html"])
    def origin(self, request: pytest.FixtureRequest) -> str:
        return f"{settings.BASE_DIR}/{request.param}"

    def render(self, source: str, origin: str, **context: object) -> str:
        engine = engines["django"].engine
        return str(Template(source, Origin(origin), origin, engine).render(Context(context)))

    @pytest.mark.parametrize("source", ["{{ absent }}", "{{ absent|default:'x' }}", "{{ objet.absent }}"])
    def test_one_of_ours_fails_and_those_of_others_do_not(self, source: str, origin: str) -> None:
        if "ailleurs" in origin:
            assert self.render(source, origin, objet=object()) in ("", "x")
        else:
            with pytest.raises(UndefinedVariableError, match="absent"):
                self.render(source, origin, objet=object())

    def test_it_lasts_when_a_test_has_changed_the_settings(self) -> None:
        with override_settings(DEBUG=True):
            pass
        with pytest.raises(UndefinedVariableError, match="absent"):
            self.render("{{ absent }}", f"{settings.BASE_DIR}/templates/page.html")

    @pytest.mark.parametrize("source", ["{% if absent %}x{% endif %}", "{% firstof absent '' %}", "{{ vide }}"])
    def test_asking_whether_a_variable_exists_is_allowed(self, source: str, origin: str) -> None:
        assert self.render(source, origin, vide="") == ""


@pytest.mark.django_db
class TestQueryBudget:
    def test_a_cost_that_grows_fails(self, django_user_model: type) -> None:
        made = [0]

        def get() -> None:
            for _ in range(made[0]):
                django_user_model.objects.count()

        def make(number: int) -> None:
            made[0] += number

        with pytest.raises(AssertionError, match="10: 10"):
            assert_same_cost(make, get)

    def test_a_cost_above_the_limit_fails(self, django_user_model: type) -> None:
        def get() -> None:
            for _ in range(3):
                django_user_model.objects.count()

        assert_same_cost(lambda _number: None, get, limit=3)
        with pytest.raises(AssertionError, match="at most 2"):
            assert_same_cost(lambda _number: None, get, limit=2)


def test_no_test_empties_the_database_of_the_others() -> None:
    # Django ends such a test by emptying every table, the rows of the migrations included: a copy costs less.
    emptying = f"transaction={True}"
    assert [str(path) for path in Path(settings.BASE_DIR, "tests").rglob("*.py") if emptying in path.read_text()] == []
