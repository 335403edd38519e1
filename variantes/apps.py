from django.apps import AppConfig


class VariantesConfig(AppConfig):
    name = "variantes"
    verbose_name = "Variantes"

    def ready(self) -> None:
        from redaction import roles
        from redaction.permissions import matrice
        from socle.scheduling import register
        from variantes import signals
        from variantes.models import RetourLecture
        from variantes.operations import retours

        signals.connect()
        matrice.add_modeles(
            (RetourLecture,),
            {
                **dict.fromkeys((roles.REDACTION_FALC, roles.RELECTURE_FALC), "view"),
                **dict.fromkeys((roles.MODERATION, roles.ADMINISTRATION), "view change"),
            },
        )
        register("oublier_commentaires_de_lecture", retours.oublier_commentaires)
