"""A French term, its English version, and the people around it."""

from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from glossaire.models import TermePage
from redaction import roles
from tests.factories import TermePageFactory, glossaire, groupes_des_roles
from tests.redaction.test_publication import personne
from tests.variantes.traduction import Traduction, role_de


class TraductionDeTerme(Traduction):
    """A French term that is being translated into English."""

    def __init__(self) -> None:
        self.langue = "en"
        english = glossaire("en")
        assert english.translation_key == glossaire("fr").translation_key
        groupes_des_roles()
        self.source = TermePageFactory(title="Peer", definition="Une définition.", publiee=True)
        self.locale = Locale.objects.get(language_code="en")
        self.traductrice = personne(role_de(roles.TRADUCTIONS, "en"))
        self.relectrice = personne(role_de(roles.RELECTURES_TRADUCTION, "en"))
        source, _made = TranslationSource.get_or_create_from_instance(self.source)
        self.translation = Translation.objects.create(source=source, target_locale=self.locale)
        TermePage.objects.get(pk=self.source.pk).copy_for_translation(self.locale)
        self.traduire()

    @property
    def page(self) -> TermePage:
        found: TermePage = TermePage.objects.get(translation_key=self.source.translation_key, locale=self.locale)
        return found
