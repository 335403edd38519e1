"""What becomes of one line of a table."""

from dataclasses import dataclass, field

from glossaire.fichiers import LigneLue
from glossaire.models.imports import Resultat
from glossaire.queries.etat_import import PageConnue
from glossaire.tableau import PAR_NOM

# The column, what it said, what it would say.
Changement = tuple[str, str, str]


@dataclass
class Jugement:
    """What becomes of one line."""

    ligne: LigneLue
    identifiant: str
    langue: str
    connue: PageConnue | None = None
    changements: list[Changement] = field(default_factory=list)
    raisons: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    @property
    def resultat(self) -> Resultat:
        if self.raisons:
            return Resultat.REFUSEE
        if self.connue is None:
            return Resultat.A_CREER
        return Resultat.A_MODIFIER if self.changements else Resultat.INCHANGEE

    @property
    def raison(self) -> str:
        return "\n".join(self.raisons)

    def refuser(self, raison: str, colonne: str = "") -> None:
        self.raisons.append(f"{PAR_NOM[colonne].libelle} : {raison}" if colonne else raison)

    def valeur(self, colonne: str) -> str:
        """What the column would say once the line is taken."""
        changed = {nom: apres for nom, _avant, apres in self.changements}
        return changed.get(colonne, self.connue.cellules.get(colonne, "") if self.connue else "")
