"""Lead pictures are small and square, and what is too large to be unpacked is refused."""

import base64
import zlib
from io import BytesIO

import pytest
from PIL import Image

from service.errors import UnreadableSource
from service.reading.pictures import MOST_PIXELS, SIDE, small_picture


def picture(kind, mode="RGB", size=(900, 300), color=(200, 40, 20)):
    made = BytesIO()
    Image.new(mode, size, color).save(made, kind)
    return made.getvalue()


def shrunk(content):
    return Image.open(BytesIO(base64.b64decode(small_picture(content))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_a_small_square(kind):
    found = shrunk(picture(kind))
    assert (found.format, found.size) == ("JPEG", (SIDE, SIDE))
    assert found.getpixel((9, 9)) == pytest.approx((200, 40, 20), abs=12)


@pytest.mark.parametrize(
    ("mode", "color"), [("L", 128), ("P", 3), ("CMYK", (0, 0, 0, 0)), ("I;16", 9)]
)
def test_every_mode_can_be_shown(mode, color):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert shrunk(picture(kind, mode, (40, 60), color)).size == (SIDE, SIDE)


def test_what_is_clear_is_white():
    assert shrunk(picture("PNG", "RGBA", color=(0, 0, 0, 0))).getpixel((9, 9)) == (255, 255, 255)


def bomb():
    """A PNG of a few bytes that would unpack to a gigapixel."""
    content = bytearray(picture("PNG", size=(1, 1)))
    side = (32_000).to_bytes(4, "big")
    content[16:24] = side + side
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        picture("PNG", "1", (MOST_PIXELS // 1000 + 1, 1000), 1),
        picture("PNG")[:200],
        picture("BMP"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
    ],
    ids=["bomb", "too-large", "cut", "bmp", "svg", "nothing"],
)
def test_what_cannot_be_shown_is_refused(content):
    with pytest.raises(UnreadableSource) as refused:
        small_picture(content)
    assert refused.value.code == "picture-unusable"
