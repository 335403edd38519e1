"""Media in an S3 bucket that stays closed: what readers see of it, and how, is not decided by the bucket."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class MediaStorage(S3Storage):
    """Files in a bucket, under the same addresses as on a disk.

    `MEDIA_URL` leads to the pictures, through the proxy of the site or a host of their own. Documents are read by the
    application alone, which knows who may have them.
    """

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        """Return the public address of a picture, the same at every call: pages are cached."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name) or "")
