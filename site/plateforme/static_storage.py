"""Static files of production: hashed names, compressed, and one style sheet instead of one per component."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

import lightningcss
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/site.css"
IMPORT = re.compile(
    r"""^[ \t]*@import\s+url\(\s*["']?(?P<path>[^"')]+)["']?\s*\)\s*layer\((?P<layer>[\w.-]+)\)\s*(?P<media>[^;]*);""",
    re.MULTILINE,
)
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Paths = dict[str, tuple[Storage, str]]


class FlattenedManifestStorage(CompressedManifestStaticFilesStorage):
    """Hash and compress every file, after writing the site's style sheet and its imports as one minified file.

    In development the browser follows the `@import`s; in production they would cost one round trip each.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the hashed address of a file, computed once: a page asks for its drawings some fifty times."""
        if name not in self._urls or force:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Replace the style sheet before the usual treatment."""
        if SHEET in paths and not dry_run:
            paths = {**paths, SHEET: (self._flattened(paths), SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _flattened(self, paths: Paths) -> Storage:
        """Return a storage that holds the flattened sheet; its plain copy is rewritten too."""
        css = minified(inline_imports(SHEET, paths)).encode()
        memory = InMemoryStorage()
        memory.save(SHEET, ContentFile(css))
        self.delete(SHEET)
        self.save(SHEET, ContentFile(css))
        return memory


def inline_imports(name: str, paths: Paths) -> str:
    """Return the sheet `name` with each of its imports in place, inside the cascade layer it asked for."""

    def inlined(match: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["path"]))
        content = relocated(read(imported, paths), imported, name)
        if "@import" in content:
            raise ValueError(f"{imported} imports another sheet: only {name} may.")
        layer = f"@layer {match['layer']} {{\n{content}\n}}"
        return f"@media {match['media'].strip()} {{\n{layer}\n}}" if match["media"].strip() else layer

    sheet = IMPORT.sub(inlined, read(name, paths))
    if "@import" in sheet:
        raise ValueError(f'{name}: write every import as @import url("…") layer(…);')
    return sheet


def read(name: str, paths: Paths) -> str:
    """Return a style sheet without its comments."""
    if name not in paths:
        raise ValueError(f"The style sheet {name} does not exist.")
    storage, path = paths[name]
    with storage.open(path) as source:
        return COMMENT.sub("", source.read().decode("utf-8"))


def relocated(css: str, origin: str, target: str) -> str:
    """Rewrite the relative addresses of a sheet kept at `origin` as seen from `target`."""

    def moved(match: re.Match[str]) -> str:
        path = match["path"].strip()
        if path.startswith(("/", "#", "data:")) or "://" in path:
            return match[0]
        absolute = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        return f'url("{posixpath.relpath(absolute, posixpath.dirname(target))}")'

    return URL.sub(moved, css)


def minified(css: str) -> str:
    """Return the sheet without white space; a syntax error stops the deployment."""
    return str(lightningcss.process_stylesheet(css, filename=SHEET, minify=True))
