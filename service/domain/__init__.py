"""The nouns: what moves through the pipeline, as frozen values.

Text is Unicode (NFC), times are samples of the 24 kHz output unless a name says otherwise.
"""

from service.domain.articles import Article, Extra, Kind, LeftOut, Paragraph, Role
from service.domain.audio import (
    ENCODER_DELAY_SAMPLES,
    FRAME_BYTES,
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    SPOKEN_WORD,
    Clip,
    Mark,
    Rendition,
    Sound,
    Span,
    StoredFile,
)
from service.domain.casting import ONE_VOICE, Cast
from service.domain.jobs import JobKind, Load
from service.domain.listings import ArticleCollection, Choice, Listed, Place, Sort
from service.domain.narrations import (
    WORDS,
    ClipNews,
    Narration,
    Ordered,
    Outcome,
    Segment,
    Spec,
    State,
    Tally,
)
from service.domain.tokens import Token
from service.domain.voices import FASTEST_RATE, SLOWEST_RATE, Form, Order, Script, Sentence, Voice

__all__ = [
    "ENCODER_DELAY_SAMPLES",
    "FASTEST_RATE",
    "FRAME_BYTES",
    "FRAME_SAMPLES",
    "ONE_VOICE",
    "SAMPLE_RATE_HZ",
    "SLOWEST_RATE",
    "SPOKEN_WORD",
    "WORDS",
    "Article",
    "ArticleCollection",
    "Cast",
    "Choice",
    "Clip",
    "ClipNews",
    "Extra",
    "Form",
    "JobKind",
    "Kind",
    "LeftOut",
    "Listed",
    "Load",
    "Mark",
    "Narration",
    "Order",
    "Ordered",
    "Outcome",
    "Paragraph",
    "Place",
    "Rendition",
    "Role",
    "Script",
    "Segment",
    "Sentence",
    "Sort",
    "Sound",
    "Span",
    "Spec",
    "State",
    "StoredFile",
    "Tally",
    "Token",
    "Voice",
]
