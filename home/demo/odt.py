"""Small OpenDocument texts, so that the documents to reuse can really be opened and changed."""

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

_MIME = "application/vnd.oasis.opendocument.text"
_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="paragraph">'
    f'<style:paragraph-properties fo:margin-top="{top}cm" fo:margin-bottom="0.25cm"/>'
    f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="{weight}" fo:font-family="sans-serif"'
    ' fo:language="fr" fo:country="FR"/></style:style>'
    for name, size, weight, top in (("h1", 22, "bold", 0), ("h2", 16, "bold", 0.5), ("p", 12, "normal", 0))
)


def _paragraph(kind: str, value: str | list[str]) -> str:
    if kind in {"h1", "h2", "h3"}:
        level = kind[1]
        style = kind if kind != "h3" else "h2"
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{escape(str(value))}</text:h>'
    if kind == "liste":
        items = "".join(
            f'<text:list-item><text:p text:style-name="p">{escape(str(item))}</text:p></text:list-item>'
            for item in value
        )
        return f"<text:list>{items}</text:list>"
    if kind == "p":
        return f'<text:p text:style-name="p">{escape(str(value))}</text:p>'
    raise ValueError(f"Unknown kind of paragraph: {kind}")


def build_odt(titre: str, contenu: Iterable[dict[str, str | list[str]]]) -> bytes:
    """Return an .odt file. `contenu` is a list of one-entry mappings: h1, h2, h3, p (text) or liste (texts)."""
    body = "".join(_paragraph(kind, value) for part in contenu for kind, value in part.items())
    content = (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'{_HEAD}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(titre)}</dc:title><dc:language>fr</dc:language>"
        "</office:meta></office:document-meta>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _MIME), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = f'{_HEAD}<manifest:manifest {_NAMESPACES} manifest:version="1.3">{entries}</manifest:manifest>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # The format asks for the type first and uncompressed, so that it can be read without unpacking.
        archive.writestr(zipfile.ZipInfo("mimetype"), _MIME, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()
