"""The drawing beside an idea."""

from functools import cached_property
from typing import Any

from socle.blocks.choosers import ImageChooserBlock


class PictogrammeChooserBlock(ImageChooserBlock):
    """A picture that says again what the line beside it says; its chooser opens on the bank of pictograms.

    Templates show it with `{% include "variantes/blocks/pictogramme.html" with pictogramme=… %}`.
    """

    @cached_property
    def widget(self) -> Any:
        from variantes.forms_admin.pictogrammes import PictogrammeChooser

        return PictogrammeChooser()

    class Meta:
        icon = "image"
        label = "Pictogramme"
