"""Factories of what the site is made of. Domain words are French, as in the models.

Pages are live as soon as they are made, without a revision: what a list or a page needs, at little cost. `publiee=True`
publishes them as an editor would, so that signals run (search index).
"""

from tests.factories.comptes import UtilisateurFactory, anonyme, groupes_des_roles
from tests.factories.evenements import (
    AgendaPageFactory,
    EvenementFactory,
    EvenementPageFactory,
    InscriptionFactory,
    LieuFactory,
    SeanceFactory,
    agenda,
)
from tests.factories.medias import FichierFactory, IllustrationFactory
from tests.factories.pages import (
    ContactPageFactory,
    FichePageFactory,
    FichesIndexPageFactory,
    GlossairePageFactory,
    InformationPageFactory,
    TermePageFactory,
    accueil,
    glossaire,
    index_fiches,
    proteger,
    publier,
    without_editors_indexes,
)
from tests.factories.propositions import proposer
from tests.factories.vocabulaires import terme, termes

__all__ = [
    "AgendaPageFactory",
    "ContactPageFactory",
    "EvenementFactory",
    "EvenementPageFactory",
    "FichePageFactory",
    "FichesIndexPageFactory",
    "FichierFactory",
    "GlossairePageFactory",
    "IllustrationFactory",
    "InformationPageFactory",
    "InscriptionFactory",
    "LieuFactory",
    "SeanceFactory",
    "TermePageFactory",
    "UtilisateurFactory",
    "accueil",
    "agenda",
    "anonyme",
    "glossaire",
    "groupes_des_roles",
    "index_fiches",
    "proposer",
    "proteger",
    "publier",
    "terme",
    "termes",
    "without_editors_indexes",
]
