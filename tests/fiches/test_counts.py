"""Counts of the filters against a model of what they promise, for random resources and filters."""

from dataclasses import dataclass, field

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fiches.models import FichePage
from fiches.views import contexte_index
from socle import generation
from socle.search import indexer
from tests.factories import FichePageFactory, anonyme, index_fiches, terme

pytestmark = pytest.mark.django_db

SLUGS = {"publics": ("usagers", "aidants", "structures"), "natures": ("soins", "recherche"), "echelles": ("micro",)}
CHOIX = {"type": ("fiche", "grille"), "duree": ("journee", "mois")}
MOTS = ("atelier", "comité", "récit")
NOMBRE = 6


@dataclass(frozen=True)
class Fiche:
    """What the model knows of a resource."""

    type: str = "fiche"
    duree: str = ""
    mot: str = "atelier"
    termes: dict[str, frozenset[str]] = field(default_factory=dict)

    def valeurs(self, facette: str) -> frozenset[str]:
        if facette in SLUGS:
            return self.termes[facette]
        return frozenset({getattr(self, facette)}) - {""}


Filtres = dict[str, frozenset[str]]

fiches = st.builds(
    Fiche,
    type=st.sampled_from(CHOIX["type"]),
    duree=st.sampled_from(("", *CHOIX["duree"])),
    mot=st.sampled_from(MOTS),
    termes=st.fixed_dictionaries({name: st.frozensets(st.sampled_from(slugs)) for name, slugs in SLUGS.items()}),
)
filtres = st.fixed_dictionaries(
    {name: st.frozensets(st.sampled_from(values), max_size=2) for name, values in (SLUGS | CHOIX).items()}
)


def kept(fiche: Fiche, chosen: Filtres, mot: str, without: str = "") -> bool:
    """Say whether the model keeps a resource, one facet left aside."""
    if mot and mot != fiche.mot:
        return False
    return all(not values or name == without or values & fiche.valeurs(name) for name, values in chosen.items())


def store(models: list[Fiche], ids: list[int]) -> None:
    """Make the stored resources those of the model."""
    for pk, model in zip(ids, models, strict=True):
        FichePage.objects.filter(pk=pk).update(
            type_ressource=model.type, duree=model.duree, title=f"Un {model.mot}", live=True
        )
    for name, slugs in SLUGS.items():
        through = getattr(FichePage, name).through
        terms = {slug: terme(name, slug).pk for slug in slugs}
        column = f"{terme(name, slugs[0])._meta.model_name}_id"
        through.objects.all().delete()
        through.objects.bulk_create(
            through(fichepage_id=pk, **{column: terms[slug]})
            for pk, model in zip(ids, models, strict=True)
            for slug in model.termes[name]
        )
    for fiche in FichePage.objects.filter(pk__in=ids):
        indexer(fiche)
    generation.increment()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_each_count_is_the_number_of_results_behind_its_link(data: st.DataObject, db: None) -> None:
    index = index_fiches()
    ids = list(FichePage.objects.order_by("pk").values_list("pk", flat=True))
    ids += [FichePageFactory().pk for _ in range(NOMBRE - len(ids))]
    models = data.draw(st.lists(fiches, min_size=NOMBRE, max_size=NOMBRE), label="fiches")
    chosen = data.draw(filtres, label="filtres")
    mot = data.draw(st.sampled_from(("", *MOTS)), label="mot")
    store(models, ids)

    def shown(url: str = "", **query: object) -> dict:
        request = RequestFactory().get(f"/fr/fiches/{url}", query or None)
        request.user = anonyme()
        return contexte_index(request, index)

    context = shown(q=mot, **{name: sorted(values) for name, values in chosen.items()})
    assert context["total"] == sum(kept(model, chosen, mot) for model in models)
    counted = {(f.nom, o.valeur): o for f in context["facettes"] for o in f.options}
    for facette, values in (SLUGS | CHOIX).items():
        for value in values:
            expected = sum(kept(m, chosen, mot, without=facette) and value in m.valeurs(facette) for m in models)
            option = counted.pop((facette, value), None)
            assert (option.nombre if option else 0) == expected
            assert option is not None or not (expected or value in chosen[facette])
            if option and not chosen[facette]:
                # The link of an empty facet adds this one value: its list has as many resources as announced.
                following = {**chosen, facette: frozenset({value})}
                assert sum(kept(model, following, mot) for model in models) == expected
    assert not counted

    option = data.draw(st.sampled_from([o for f in context["facettes"] for o in f.options] or [None]), label="lien")
    if option is not None:
        facette = next(f.nom for f in context["facettes"] if option in f.options)
        following = {**chosen, facette: chosen[facette] ^ {option.valeur}}
        assert shown(option.url)["total"] == sum(kept(model, following, mot) for model in models)
