"""What files really are: their content is read, whatever their name says.

Pictures are stored without what a camera or a telephone adds to them: place, device, owner.
"""

import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from zlib import crc32

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError

# What an office file may hold once unpacked; the largest decks of slides stay far below.
UNPACKED_MAX = 500 * 1024 * 1024
ENTRIES_MAX = 20_000

ORIENTATION = 0x0112
# Chunks of a PNG that say something of its origin rather than of its look.
PNG_CHATTER = {b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME"}


# --- Documents ---


def check_document(file: IO[bytes], extension: str) -> None:
    """Raise a `ValidationError` unless the content is that of a file with this extension.

    Extensions that are not accepted at all are refused by the settings.
    """
    check = CHECKS.get(extension.lower())
    file.seek(0)
    if check is not None and not check(file):
        raise ValidationError(
            "Ce fichier n’est pas un vrai fichier .%(extension)s : son contenu est d’un autre type. "
            "Ouvrez-le dans votre logiciel, puis enregistrez-le à nouveau dans ce format.",
            code="contenu",
            params={"extension": extension.lower()},
        )
    file.seek(0)


def _starts(*beginnings: bytes) -> Callable[[IO[bytes]], bool]:
    return lambda file: file.read(max(map(len, beginnings))).startswith(beginnings)


def _is_text(file: IO[bytes]) -> bool:
    head = file.read(65_536)
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head


def _is_mp3(file: IO[bytes]) -> bool:
    head = file.read(3)
    return head == b"ID3" or (len(head) == 3 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _is_mp4(file: IO[bytes]) -> bool:
    return file.read(8)[4:] == b"ftyp"


def _office(folder: str) -> Callable[[IO[bytes]], bool]:
    """Word, Excel and PowerPoint: an archive with that folder."""

    def check(file: IO[bytes]) -> bool:
        names = {entry.filename.lower() for entry in _entries(file)}
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise _macros()
        return "[content_types].xml" in names and any(name.startswith(f"{folder}/") for name in names)

    return check


def _open_document(kind: str) -> Callable[[IO[bytes]], bool]:
    """LibreOffice: an archive that begins by saying what it is."""

    def check(file: IO[bytes]) -> bool:
        entries = _entries(file)
        names = {entry.filename for entry in entries}
        if any(name.startswith("Scripts/") or _is_basic(name) for name in names):
            raise _macros()
        if "mimetype" not in names or "content.xml" not in names:
            return False
        with zipfile.ZipFile(file) as archive, archive.open("mimetype") as mimetype:
            return mimetype.read(100) == f"application/vnd.oasis.opendocument.{kind}".encode()

    return check


def _is_basic(name: str) -> bool:
    """Tell a module of macros from the empty library that LibreOffice may write in any file."""
    return name.startswith("Basic/") and name.endswith(".xml") and not name.endswith(("script-lc.xml", "script-lb.xml"))


def _entries(file: IO[bytes]) -> list[zipfile.ZipInfo]:
    """What an archive holds, read from its index alone; nothing when it is no archive."""
    if file.read(4) != b"PK\x03\x04":
        return []
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return []
    if len(entries) > ENTRIES_MAX or sum(entry.file_size for entry in entries) > UNPACKED_MAX:
        raise ValidationError(
            "Ce fichier devient trop gros une fois ouvert. Réduisez les images qu’il contient.", code="decompression"
        )
    return entries


def _macros() -> ValidationError:
    return ValidationError(
        "Ce fichier contient des macros, que ses lecteurs ne peuvent pas vérifier. Enregistrez-le sans macros.",
        code="macros",
    )


CHECKS: dict[str, Callable[[IO[bytes]], bool]] = {
    "csv": _is_text,
    "docx": _office("word"),
    "mp3": _is_mp3,
    "mp4": _is_mp4,
    "odp": _open_document("presentation"),
    "ods": _open_document("spreadsheet"),
    "odt": _open_document("text"),
    "pdf": _starts(b"%PDF-"),
    "pptx": _office("ppt"),
    "rtf": _starts(b"{\\rtf"),
    "txt": _is_text,
    "xlsx": _office("xl"),
}


# --- Pictures ---


@contextmanager
def refusing_damaged_pictures() -> Iterator[None]:
    """Turn what Pillow raises on a picture it cannot read into a message for whoever sent it."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise ValidationError(
            "Cette image a beaucoup trop de pixels. Réduisez-la avant de l’envoyer.", code="pixels"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error) as error:
        raise ValidationError(
            "Cette image est abîmée ou incomplète. Ouvrez-la dans un logiciel d’image et enregistrez-la à nouveau.",
            code="abimee",
        ) from error


def clean_picture(content: bytes) -> bytes:
    """Return the picture as it looks and nothing more; raise a `ValidationError` when it cannot be shown whole."""
    with refusing_damaged_pictures(), Image.open(BytesIO(content)) as image:
        kind = image.format or ""
        orientation = image.getexif().get(ORIENTATION, 1)
        told = {"exif", "xmp"} & image.info.keys()
        # Wagtail counts the pictures of an animation for some formats only.
        if image.width * image.height * getattr(image, "n_frames", 1) > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise Image.DecompressionBombError
        image.load()
    if kind in {"JPEG", "MPO"}:
        return b"".join(_jpeg_without_chatter(content, orientation))
    if kind == "PNG":
        return b"".join(_png_without_chatter(content, orientation))
    return _saved_again(content, kind, orientation) if told else content


def _exif(orientation: int) -> bytes:
    """An Exif block that says which way is up, and nothing else."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes()


def _jpeg_without_chatter(content: bytes, orientation: int) -> Iterator[bytes]:
    """Copy a JPEG without its application segments and comments; the picture itself is not compressed again."""
    yield content[:2]
    if orientation != 1:
        exif = _exif(orientation)
        yield b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:  # filling
            position += 1
            continue
        if marker == 0xDA:  # the picture follows, to its end; what comes after is no part of it
            end = content.rfind(b"\xff\xd9", position)
            yield content[position:] + b"\xff\xd9" if end < 0 else content[position : end + 2]
            return
        end = position + 2 + struct.unpack(">H", content[position + 2 : position + 4])[0]
        segment = content[position:end]
        colours = segment[4:16].startswith((b"ICC_PROFILE", b"Adobe", b"JFIF"))
        if marker != 0xFE and (not 0xE0 <= marker <= 0xEF or colours):
            yield segment
        position = end


def _png_without_chatter(content: bytes, orientation: int) -> Iterator[bytes]:
    """Copy a PNG chunk by chunk up to its end, without those that tell of its origin."""
    yield content[:8]
    position = 8
    while position + 12 <= len(content):
        (length,) = struct.unpack(">I", content[position : position + 4])
        kind, end = content[position + 4 : position + 8], position + 12 + length
        if kind not in PNG_CHATTER:
            yield content[position:end]
        if kind == b"IHDR" and orientation != 1:
            yield _png_chunk(b"eXIf", _exif(orientation).removeprefix(b"Exif\x00\x00"))
        if kind == b"IEND":
            return
        position = end


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))


def _saved_again(content: bytes, kind: str, orientation: int) -> bytes:
    """WebP, AVIF and GIF that tell more than they show are written anew."""
    buffer = BytesIO()
    with Image.open(BytesIO(content)) as image:
        several = getattr(image, "n_frames", 1) > 1
        colours = image.info.get("icc_profile")
        exif = _exif(orientation) if orientation != 1 else b""
        image.info.pop("xmp", None)
        image.save(buffer, kind, save_all=several, quality=92, icc_profile=colours, exif=exif)
    return buffer.getvalue()
