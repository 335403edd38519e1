"""Upload forms of the admin: one by one, several at once, and from a chooser."""

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from socle.uploads import check_document, clean_picture, refusing_damaged_pictures


class FichierForm(BaseDocumentForm):
    """A document is what its extension says."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file, PurePath(file.name or "").suffix.removeprefix("."))  # type: ignore[arg-type]
        return file


class IllustrationField(WagtailImageField):
    """Also refuses, rather than fails on, what is so damaged or so large that its size cannot be read."""

    def to_python(self, data: Any) -> Any:
        with refusing_damaged_pictures():
            return super().to_python(data)


class IllustrationForm(BaseImageForm):
    """A picture can be shown whole, and tells nothing of who took it and where."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            kept = {name: getattr(given, name) for name in ("label", "required", "widget", "max_length")}
            self.fields["file"] = IllustrationField(**kept)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            file.seek(0)
            content = clean_picture(file.read())
            # In place: where another field is wrong, Wagtail keeps the file of the request, not that of the form.
            file.file, file.size = BytesIO(content), len(content)
        return file
