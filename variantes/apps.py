from django.apps import AppConfig
from django.conf import settings


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from redaction.operations.moderation import refuser_l_urgence
        from redaction.queries.moderation import compter_comme_lue
        from socle import fetched_with
        from socle.revisions import figer
        from variantes import circuits, droits, jobs, sections, signals
        from variantes.operations.traductions import refus_d_urgence
        from variantes.queries.fraicheur import connue_avec_la_page
        from variantes.queries.validation import lue_par_un_groupe, revision_lue

        signals.connect()
        circuits.enregistrer()
        droits.enregistrer()
        sections.enregistrer()
        jobs.enregistrer()
        compter_comme_lue(lue_par_un_groupe)
        refuser_l_urgence(refus_d_urgence)
        figer(revision_lue)
        fetched_with.register(**connue_avec_la_page())
        self._ecrire_les_dates_en_francais()

    @staticmethod
    def _ecrire_les_dates_en_francais() -> None:
        """Correct wagtail-localize, which writes the months of its dates in English."""
        from wagtail_localize import models
        from wagtail_localize.views import edit_translation

        models.DATE_FORMAT = edit_translation.DATE_FORMAT = settings.WAGTAIL_DATE_FORMAT
