"""The settings of the tests with one language more: the line that a new language takes, and its catalogue elsewhere."""

import os
from pathlib import Path

from plateforme.settings.test import *  # noqa: F403 -- the environment modules extend the shared settings
from plateforme.settings.test import LANGUAGES, LOCALE_PATHS

LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [*LANGUAGES, ("tr", "Türkçe")]
# The catalogue stands in locale/ on a real site.
LOCALE_PATHS = [*LOCALE_PATHS, Path(os.environ["CATALOGUE"])]
