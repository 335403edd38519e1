import time, pytest, collections
from io import StringIO
from django.core.management import call_command
from django.db import connection
pytestmark = pytest.mark.django_db
def test_seed(monkeypatch):
    from home.demo import contenu, traductions, medias
    from wagtail_localize.models import TranslationSource
    from home.demo import segments
    T=collections.Counter(); N=collections.Counter()
    def wrap(owner,name,label=None):
        f=getattr(owner,name)
        def g(*a,**k):
            t=time.perf_counter()
            try: return f(*a,**k)
            finally:
                T[label or name]+=time.perf_counter()-t; N[label or name]+=1
        monkeypatch.setattr(owner,name,g)
    wrap(medias,"dessins"); wrap(medias,"documents")
    wrap(contenu.SiteDemo,"_traduire"); wrap(contenu.SiteDemo,"_ecrire_falc"); wrap(contenu,"traduire"); wrap(traductions,"enregistrer")
    wrap(TranslationSource,"get_ephemeral_translated_instance"); wrap(contenu,"reprendre_dates")
    wrap(contenu.SiteDemo,"build"); wrap(segments,"_couper"); wrap(medias,"pictogrammes"); wrap(contenu.SiteDemo,"_create_pages")
    t=time.time(); out=StringIO()
    try: call_command("seed_demo", stdout=out)
    finally:
        print(out.getvalue(), time.time()-t, {k:(round(v,2),N[k]) for k,v in T.items()})
    t=time.time(); call_command("seed_demo", stdout=out); print(out.getvalue(), time.time()-t)
