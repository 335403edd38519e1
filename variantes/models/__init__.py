"""Models of the languages and of FALC, one module per concept."""

from variantes.models.envois import Envoi, LigneEnvoi

__all__ = ["Envoi", "LigneEnvoi"]
