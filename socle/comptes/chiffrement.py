"""Secrets of second factors are encrypted in the database: a stolen copy of it opens no account."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def cipher() -> MultiFernet:
    """Keys drawn from SECRET_KEY, then from SECRET_KEY_FALLBACKS so that the key can change without locking anyone."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.blake2b(force_bytes(key), digest_size=32, person=b"second-facteur").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
