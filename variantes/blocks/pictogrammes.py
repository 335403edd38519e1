"""The drawing beside an idea."""

from socle.blocks.choosers import ImageChooserBlock


class PictogrammeChooserBlock(ImageChooserBlock):
    """A pictogram of the bank."""
