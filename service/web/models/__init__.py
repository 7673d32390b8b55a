"""What answers look like, one file for each resource: the shapes that the OpenAPI document tells.

They describe, and nothing is passed through them on its way out: the answers are plain values, and
tests hold them to these shapes (tests/unit/web/test_openapi.py).
"""

from service.web.models.articles import (
    ArticleList,
    Book,
    LeftOut,
    Manifest,
    Paragraph,
    Posted,
    Sentence,
    Summary,
    Words,
)
from service.web.models.collections import Collection, CollectionList
from service.web.models.downloads import Download, DownloadList
from service.web.models.health import Alive, Ready
from service.web.models.news import ArticleNews, ParagraphNews, Times, WordsNews
from service.web.models.problems import FieldFault, Problem, Said, SpeechFault, SpeechProblem
from service.web.models.publishing import Chapter, Chapters, Embed
from service.web.models.speech import (
    SpeechBroken,
    SpeechDelta,
    SpeechDone,
    SpeechEvent,
    SpeechModel,
    SpeechModelList,
    SpeechUsage,
    SpeechVoice,
    SpeechVoiceList,
)
from service.web.models.tokens import MadeToken, Token, TokenList
from service.web.models.voices import Voice, VoiceList

__all__ = [
    "Alive",
    "ArticleList",
    "ArticleNews",
    "Book",
    "Chapter",
    "Chapters",
    "Collection",
    "CollectionList",
    "Download",
    "DownloadList",
    "Embed",
    "FieldFault",
    "LeftOut",
    "MadeToken",
    "Manifest",
    "Paragraph",
    "ParagraphNews",
    "Posted",
    "Problem",
    "Ready",
    "Said",
    "Sentence",
    "SpeechBroken",
    "SpeechDelta",
    "SpeechDone",
    "SpeechEvent",
    "SpeechFault",
    "SpeechModel",
    "SpeechModelList",
    "SpeechProblem",
    "SpeechUsage",
    "SpeechVoice",
    "SpeechVoiceList",
    "Summary",
    "Times",
    "Token",
    "TokenList",
    "Voice",
    "VoiceList",
    "Words",
    "WordsNews",
]
