"""Written German → sentences → German that a voice can speak."""

from service.spoken.names import BUILT_IN, Lexicon
from service.spoken.say import script, speakable
from service.spoken.sentences import sentences

__all__ = ["BUILT_IN", "Lexicon", "script", "sentences", "speakable"]
