import time
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import *
pytestmark = pytest.mark.django_db

def test_probe(client):
    for i in range(3): FichePageFactory(publics=["usagers","aidants"])
    from django.test import RequestFactory
    from fiches.views import contexte_index
    r=RequestFactory().get("/fr/fiches/?publics=usagers"); r.user=anonyme()
    with connection.cursor() as c:
        c.execute("show jit"); print("jit", c.fetchall())
    for i in range(3):
        a=time.perf_counter()
        with CaptureQueriesContext(connection) as q:
            ctx=contexte_index(r, index_fiches())
        print("total", time.perf_counter()-a)
        for x in q.captured_queries: print(x["time"], x["sql"][:100], len(x["sql"]))
    big=max(q.captured_queries, key=lambda x: float(x["time"]))["sql"]
    with connection.cursor() as c:
        c.execute("EXPLAIN (ANALYZE, SUMMARY) "+big); print("\n".join(r[0] for r in c.fetchall())[-2500:])
