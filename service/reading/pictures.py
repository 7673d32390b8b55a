"""Lead pictures: fetched within limits, and made small and square."""

from __future__ import annotations

import base64
from io import BytesIO

from service.errors import UnreadableSource
from service.net.fetch import fetch

MOST_BYTES = 10 << 20
MOST_PIXELS = 25_000_000  # 100 MB once they are unpacked
SIDE = 512  # of what is shown, in pixels
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_KINDS = frozenset(f"image/{name.lower()}" for name in _FORMATS)


def fetch_picture(url: str, *, allow_private: bool = False) -> bytes:
    """The file behind a picture's address. Raises UnreadableSource for what is none."""
    return fetch(url, limit=_limit, allow_private=allow_private).content


def small_picture(content: bytes) -> str:
    """The middle of the picture as a JPEG of 512 × 512, in base64. Raises UnreadableSource.

    How large it will be is looked at before it is unpacked.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 (for those alone who make one)

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _unusable()
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGBA"), (SIDE, SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _unusable() from error
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square)
    made = BytesIO()
    ground.save(made, "JPEG", quality=82, optimize=True)
    return base64.b64encode(made.getvalue()).decode()


def _limit(kind: str, _name: str) -> int:
    """How many bytes are taken of an answer of this media type. Raises UnreadableSource."""
    if kind not in _KINDS:
        raise _unusable()
    return MOST_BYTES


def _unusable() -> UnreadableSource:
    limit_mb, pixels = MOST_BYTES >> 20, MOST_PIXELS // 1_000_000
    return UnreadableSource("picture-unusable", limit_mb=limit_mb, pixels=pixels)
