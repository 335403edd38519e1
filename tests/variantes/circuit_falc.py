"""A page in FALC on its way to its label, and the people around it."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from redaction import roles
from socle.dates import today
from socle.models import Utilisateur
from tests.factories import InformationPageFactory, accueil, blocs, groupes_des_roles
from tests.harness.html import StrictClient
from tests.redaction.test_publication import personne
from tests.socle.reading import texts
from variantes.models import ValidationFalc
from variantes.operations.validation import Lecteur, Lecture, enregistrer_lecture

FALC = "fr-simple"
GROUPE = "Atelier des Tilleuls"
VALIDEE = "Facile à lire et à comprendre (FALC)"
PAS_VALIDEE = "Version simple, pas encore validée"


def lecture(**values: Any) -> Lecture:
    found: dict[str, Any] = {
        "groupe": GROUPE,
        "lue_le": today(),
        "lecteurs": [Lecteur("Alex Exemple", nom_publie=True), Lecteur("Noa Discret")],
        **values,
    }
    return Lecture(**found)


def formulaire(*lecteurs: tuple[str, bool], lue_le: datetime.date | str | None = None, **values: str) -> dict[str, str]:
    """Return what the screen of the reading posts."""
    rows = lecteurs or (("Alex Exemple", True), ("Noa Discret", False))
    data = {
        "groupe": GROUPE,
        "lue_le": f"{lue_le or today():%d/%m/%Y}" if not isinstance(lue_le, str) else lue_le,
        "lieu": "Salle des Tilleuls",
        "notes": "Le mot « dispositif » est difficile.",
        "lecteurs-TOTAL_FORMS": str(len(rows)),
        "lecteurs-INITIAL_FORMS": "0",
        **values,
    }
    for rank, (nom, public) in enumerate(rows):
        data[f"lecteurs-{rank}-nom"] = nom
        if public:
            data[f"lecteurs-{rank}-nom_publie"] = "on"
    return data


class CircuitFalc:
    """A page in FALC in review."""

    def __init__(self) -> None:
        accueil(FALC)
        groupes_des_roles()
        self.auteur = personne(roles.REDACTION_FALC, first_name="Alix")
        self.groupe = personne(roles.RELECTURE_FALC, first_name="Samir")
        self.moderation = personne(roles.MODERATION, first_name="Claude")
        self.page = InformationPageFactory(
            parent=accueil(FALC), brouillon=True, title="Venir", slug="venir", owner=self.auteur
        )
        self.ecrire("Vous pouvez venir.")
        self.envoyer()

    def ecrire(self, *phrases: str, user: Utilisateur | None = None) -> None:
        self.relire()
        self.page = self.page.get_latest_revision_as_object()
        self.page.texte_falc = blocs_de(*phrases)
        self.page.save_revision(user=user or self.auteur)
        self.relire()

    def relire(self) -> None:
        self.page = type(self.page).objects.get(pk=self.page.pk)

    def envoyer(self) -> None:
        self.relire()
        self.page.get_workflow().start(self.page, self.auteur)

    @property
    def etat(self) -> WorkflowState:
        return WorkflowState.objects.filter(object_id=str(self.page.pk)).latest("pk")

    @property
    def etape(self) -> str:
        state = self.etat.current_task_state
        return type(state.task.specific).__name__ if state.status == TaskState.STATUS_IN_PROGRESS else ""

    def adresse(self, nom: str = "lecture", revision: int | None = None) -> str:
        self.relire()
        return reverse(f"variantes_{nom}_falc", args=[self.page.pk, revision or self.page.latest_revision_id])

    def client(self, user: Utilisateur | None) -> StrictClient:
        client = StrictClient()
        if user:
            client.force_login(user)
        return client

    def lire(self, user: Utilisateur | None = None, **data: str) -> HttpResponse:
        return self.client(user or self.groupe).post(self.adresse(), data or formulaire())

    def enregistrer(self, **values: Any) -> ValidationFalc:
        self.relire()
        return enregistrer_lecture(self.page, self.page.latest_revision_id, self.groupe, lecture(**values))

    def valider(self) -> None:
        state = self.etat.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[self.page.pk, "approve", state.pk])
        self.client(self.moderation).post(url)
        self.relire()

    def jusqu_au_label(self) -> None:
        self.enregistrer()
        self.valider()

    @property
    def etiquette(self) -> list[str]:
        """Return what the public page says of its text."""
        return texts(StrictClient().get("/fr-simple/venir/"), ".label-falc__titre, p.etiquette-falc")

    @property
    def publique(self) -> bool:
        return Page.objects.get(pk=self.page.pk).live


def blocs_de(*phrases: str) -> list[tuple[str, Any]]:
    return [(bloc["type"], {**bloc["value"], "pictogramme": None}) for bloc in [blocs.lignes(*phrases)]]
