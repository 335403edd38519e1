from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Accueil"

    def ready(self) -> None:
        # Registers the contexts of the app's pages.
        import home.views  # noqa: F401
        from home.models import ContactPage, HomePage, InformationPage, MessageContact
        from home.operations import effacer_messages_anciens
        from redaction import roles
        from redaction.permissions import matrice
        from socle.scheduling import register

        matrice.add_pages(
            HomePage,
            {
                roles.REDACTION: "add change lock",
                roles.REDACTION_FALC: "add change lock",
                **dict.fromkeys(roles.TRADUCTIONS, "change"),
                roles.MODERATION: "add change lock unlock bulk_delete",
            },
            # A language keeps its home page where it is.
            operations={roles.MODERATION: "corriger"},
        )
        matrice.add_pages(InformationPage)
        matrice.add_pages(ContactPage)
        matrice.add_modeles((MessageContact,), {roles.MODERATION: "change", roles.ADMINISTRATION: "change delete"})

        register("effacer_messages_anciens", effacer_messages_anciens)
