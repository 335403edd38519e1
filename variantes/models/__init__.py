"""Models of the languages and of FALC, one module per concept."""

from variantes.models.fraicheur import FraicheurPage, VersionDeRevision, VersionSource
from variantes.models.retours import Reponse, RetourLecture

__all__ = ["FraicheurPage", "Reponse", "RetourLecture", "VersionDeRevision", "VersionSource"]
