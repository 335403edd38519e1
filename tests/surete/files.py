"""Files that are what they say, and files that are not."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archive(**entries: bytes) -> bytes:
    """A ZIP of these entries; `__` in a name stands for a slash, `_dot_` for a dot."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in entries.items():
            found.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive(**{"[Content_Types]_dot_xml": b"<Types/>", f"{folder}__document_dot_xml": b"<x/>", **more})


def open_document(kind: str = "text", **more: bytes) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(**{"mimetype": mimetype, "content_dot_xml": b"<x/>", **more})


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    buffer = BytesIO()
    image = Image.new("RGB", size, "white")
    image.paste("navy", (0, 0, size[0] // 2, size[1] // 2))
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def animation(frames: int, size: tuple[int, int]) -> bytes:
    buffer = BytesIO()
    first, *others = (Image.new("RGB", size, (5 * rank % 256, rank, 0)) for rank in range(frames))
    first.save(buffer, "GIF", save_all=True, append_images=others)
    return buffer.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of `side` × `side` pixels that weighs next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    data = b"".join(packer.compress(row) for _row in range(side)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def located(orientation: int = 6) -> Image.Exif:
    """What a telephone writes in a picture: where, when, with what, which way up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "Fabricant", "Appareil de Camille"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (48.0, 51.0, 24.0), "E", (2.0, 21.0, 3.0)
    return exif
