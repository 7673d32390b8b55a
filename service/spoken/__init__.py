"""Written German → sentences → German that a voice can speak."""

from service.spoken.lists import list_number
from service.spoken.names import BUILT_IN, Lexicon
from service.spoken.say import parted, script, speakable, spoken_sentences
from service.spoken.sentences import sentences

__all__ = [
    "BUILT_IN",
    "Lexicon",
    "list_number",
    "parted",
    "script",
    "sentences",
    "speakable",
    "spoken_sentences",
]
