"""Several voices in one article: who speaks which paragraph, and what becomes of it."""

from itertools import pairwise

import pytest

from service import spoken
from service.domain import ONE_VOICE, Article, Cast, Kind, Paragraph, Role, State, Voice
from service.engines.catalogue import Catalogue
from service.errors import EngineUnavailable, InputError, UnknownVoice
from service.narration.articles import Change
from service.narration.writing import Manner, asked, cast_of, write
from service.store import backups
from service.store.library import open_library
from tests.fakes import VOICE, ToneEngine, opened
from tests.unit.narration.house import running, settled


class Choir(ToneEngine):
    """Voices `choir:a` to `choir:e`, the last one English; those named in `gone` cannot speak."""

    name = "choir"

    def __init__(self, *, gone=()):
        super().__init__()
        self.gone, self.said = set(gone), []

    def voices(self):
        languages = dict.fromkeys("abcd", "de") | {"e": "en"}
        return tuple(
            Voice(f"choir:{one}", one, "choir", language, "MIT")
            for one, language in languages.items()
        )

    def speak(self, text, *, voice):
        if voice in self.gone:
            raise EngineUnavailable("engine-unopened", error="Sie ist heiser.")
        self.said.append((voice.removeprefix("choir:"), text))
        return super().speak(text, voice="silence:de")


ARTICLE = Article(
    (
        Paragraph(Kind.TITLE, "Der Titel"),
        Paragraph(Kind.TEXT, "Wie lange?", role=Role.QUESTION, speaker="SZ"),
        Paragraph(Kind.TEXT, "Sehr lange.", role=Role.ANSWER, speaker="Anna Müller"),
        Paragraph(Kind.QUOTE, "Er sagte nichts.", role=Role.ANSWER, speaker="Anna Müller"),
        Paragraph(Kind.QUOTE, "All was quiet in 1914.", language="en-GB"),
        Paragraph(Kind.QUOTE, "Ein Zitat."),
        Paragraph(Kind.HEADING, "Das Ende"),
    )
)


def who(article=ARTICLE, **cast):
    told = {part.replace("__", ":"): f"choir:{voice}" for part, voice in cast.items()}
    there = Catalogue({"choir": Choir})
    narration = write(
        article,
        there.voice("choir:a"),
        lexicon=spoken.BUILT_IN,
        cast=cast_of(Cast.of(told), there),
    )
    return "".join(
        narration.outcome.voice_of(one).removeprefix("choir:") for one in narration.segments
    )


@pytest.mark.parametrize(
    ("cast", "voices"),
    [
        ({}, "aaaaaaa"),
        ({"title": "b"}, "baaaaaa"),
        ({"heading": "b"}, "aaaaaab"),
        ({"quote": "b"}, "aaabbba"),
        ({"question": "b"}, "abaaaaa"),
        ({"answer": "c", "quote": "b"}, "aaccbba"),
        ({"speaker__Anna Müller": "d", "answer": "c"}, "aaddaaa"),
        ({"speaker__müller": "d", "speaker__sz": "b"}, "abddaaa"),
        ({"speaker__Lena": "d"}, "aaaaaaa"),
        ({"language__en": "e", "quote": "b"}, "aaabeba"),
        ({"language__EN-gb": "d", "language__en": "e"}, "aaaadaa"),
        ({"language__de": "b"}, "aaaaaaa"),
    ],
)
def test_language_goes_before_speaker_before_role_before_kind(cast, voices):
    assert who(**cast) == voices


def test_all_parts_of_a_long_paragraph_are_said_by_its_voice():
    long = Paragraph(Kind.TEXT, "Sehr lange ist das. " * 400, role=Role.QUESTION)
    voices = who(Article((Paragraph(Kind.TITLE, "T"), long)), question="b")
    assert set(voices[1:]) == {"b"}
    assert len(voices) > 2


@pytest.mark.parametrize(
    "part", ["text", "list-item", "", "speaker:", "speaker", "language: ", "names:Anna", "s" * 200]
)
def test_what_is_no_part_is_refused_with_those_there_are(part):
    with pytest.raises(InputError, match="take one of title, heading, quote, question, answer"):
        Cast.of({part: "choir:b"})


def test_a_cast_has_a_few_parts():
    with pytest.raises(InputError, match="40 parts at most"):
        Cast.of({f"speaker:{n}": "choir:b" for n in range(41)})


def test_parts_are_kept_the_same_however_they_are_written():
    told = Cast.of({" Quote ": "b", "SPEAKER:  Anna   Müller": "c", "language:EN-gb": "d"})
    assert told.parts == (("language:en-gb", "d"), ("quote", "b"), ("speaker:Anna Müller", "c"))


def test_an_unknown_voice_is_told_with_its_part():
    voices = Catalogue({"choir": Choir})
    with pytest.raises(UnknownVoice, match=r"“title” cannot be used\. There is no voice choir:x"):
        cast_of(Cast.of({"title": "choir:x"}), voices)


def test_without_a_cast_articles_are_known_as_ever_and_with_one_as_others():
    article = Article((Paragraph(Kind.TITLE, "Der Titel"), Paragraph(Kind.QUOTE, "Ein Zitat.")))
    plain = asked(article, "pico:de-DE")
    assert plain.key == "1dc4a46eaf3b8741cc06b7b07618944f534bb25d7084dd7ab0a620440bc4f176"
    assert asked(article, "pico:de-DE", cast=ONE_VOICE) == plain
    casts = [ONE_VOICE, Cast.of({"quote": "choir:b"}), Cast.of({"title": "choir:b"})]
    keys = {asked(article, "pico:de-DE", cast=cast).key for cast in casts}
    assert len(keys) == 3


def test_a_clip_of_a_cast_is_the_clip_of_that_voice_in_any_article():
    alone = write(ARTICLE, VOICE, lexicon=spoken.BUILT_IN)
    cast = write(ARTICLE, Choir().voices()[0], lexicon=spoken.BUILT_IN, cast={"quote": VOICE})
    same = [
        one.paragraph.kind
        for one, other in zip(alone.segments, cast.segments, strict=True)
        if one.clip_id == other.clip_id
    ]
    assert same == [Kind.QUOTE] * 3


def test_a_voice_that_is_at_home_in_a_language_gets_it_as_written():
    voices = Choir().voices()
    german = write(ARTICLE, voices[0], lexicon=spoken.BUILT_IN)
    cast = write(ARTICLE, voices[0], lexicon=spoken.BUILT_IN, cast={"language:en": voices[4]})
    told = [one.segments[4].script.sentences[0].spoken for one in (german, cast)]
    assert "neunzehnhundertvierzehn" in told[0]
    assert told[1] == "All was quiet in 1914."
    assert german.segments[5].script == cast.segments[5].script


def house(choir, **more):
    voices = Catalogue({"choir": lambda: choir, "silence": ToneEngine}, default="choir:a")
    return running(voices=voices, **more)


def manner(**cast):
    return Manner(cast=Cast.of({part: f"choir:{voice}" for part, voice in cast.items()}))


async def test_each_paragraph_is_said_by_its_voice():
    choir = Choir()
    async with house(choir) as there:
        narration, is_new = await there.articles.post(ARTICLE, manner=manner(quote="b", title="c"))
        assert is_new
        narration = await settled(there, narration.id)
        assert narration.state is State.READY
        again, is_new = await there.articles.post(ARTICLE, manner=manner(title="c", quote="b"))
        assert (again.id, is_new) == (narration.id, False)
        _, is_new = await there.articles.post(ARTICLE)
        assert is_new
    assert [voice for voice, _ in choir.said[:7]] == list("caabbba")
    assert narration.outcome.voices == {"choir:a", "choir:b", "choir:c"}


async def test_a_changed_cast_costs_the_clips_of_its_parts_and_is_another_edition():
    choir = Choir()
    async with house(choir) as there:
        first, _ = await there.articles.post(ARTICLE)
        await settled(there, first.id)
        choir.said.clear()
        change = Change(cast=manner(question="b").cast)
        changed = await there.articles.edit(first.id, change)
        assert (changed.version, changed.edition) == (2, 2)
        assert (await settled(there, first.id)).spec.cast == change.cast
        assert choir.said == [("b", "Wie lange?")]
        titled = await there.articles.edit(first.id, Change(title="Neu"))
        assert titled.spec.cast == change.cast
        assert titled.outcome.voices == {"choir:a", "choir:b"}
        back = await there.articles.edit(first.id, Change(cast=ONE_VOICE))
        assert (back.edition, back.spec.cast, back.outcome.voices) == (4, ONE_VOICE, {"choir:a"})
        same = await there.articles.edit(first.id, Change(cast=ONE_VOICE))
        assert same.version == back.version


async def test_a_fallback_speaks_all_of_it_and_a_retry_casts_it_again():
    choir = Choir(gone=["choir:b"])
    async with house(choir, fallback_voice="silence:de") as there:
        first, _ = await there.articles.post(ARTICLE, manner=manner(quote="b"))
        narration = await settled(there, first.id)
        assert (narration.state, narration.outcome.voices) == (State.READY, {"silence:de"})
        assert "since choir:b is not available" in str(narration.note)
        assert narration.spec.cast == manner(quote="b").cast
        titled = await there.articles.edit(first.id, Change(title="Neu"))
        assert titled.outcome.voices == {"silence:de"}
        choir.gone.clear()
        narration = await settled(there, (await there.articles.retry(first.id)).id)
        assert (narration.outcome.voices, narration.note) == ({"choir:a", "choir:b"}, None)


async def test_the_articles_own_voice_can_be_the_fallback_for_its_cast():
    choir = Choir(gone=["choir:b"])
    async with house(choir, fallback_voice="choir:a") as there:
        first, _ = await there.articles.post(ARTICLE, manner=manner(quote="b"))
        narration = await settled(there, first.id)
        assert (narration.state, narration.outcome.voices) == (State.READY, {"choir:a"})
        choir.gone.clear()
        narration = await settled(there, (await there.articles.retry(first.id)).id)
        assert narration.outcome.voices == {"choir:a", "choir:b"}


async def test_a_voice_of_the_cast_that_is_unknown_changes_nothing():
    async with house(Choir()) as there:
        with pytest.raises(UnknownVoice, match="“quote”"):
            await there.articles.post(ARTICLE, manner=manner(quote="x"))
        assert await there.articles.newest(limit=5) == []
        first, _ = await there.articles.post(ARTICLE)
        with pytest.raises(UnknownVoice, match="“title”"):
            await there.articles.edit(first.id, Change(cast=manner(title="x").cast))
        assert (await there.articles.get(first.id)).version == 1


async def test_every_clip_has_the_words_of_its_own_sound():
    async with house(Choir()) as there:
        first, _ = await there.articles.post(ARTICLE, manner=manner(quote="b", title="c"))
        await settled(there, first.id)
        narration, marks = await there.words.completed(first.id)
    for segment, found in zip(narration.segments, marks, strict=True):
        assert segment.clip is not None
        assert found is not None
        assert all(one.at <= other.at for one, other in pairwise(found))
        assert 0 <= found[0].at <= found[-1].at <= segment.clip.samples


async def test_a_library_that_forgets_nothing_keeps_who_says_what():
    there = opened(voices=Catalogue({"choir": Choir}, default="choir:a"))
    first, _ = await there.articles.post(ARTICLE, manner=manner(quote="b"))
    kept = await there.articles.get(first.id)
    assert [one.voice for one in kept.segments] == [None] * 3 + ["choir:b"] * 3 + [None]
    known = [await there.library.clips.ordered(one.clip_id) for one in kept.segments]
    assert [one and one.order.voice for one in known] == [f"choir:{one}" for one in "aaabbba"]


async def test_a_backup_brings_the_cast_back(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    library = await open_library(f"sqlite+aiosqlite:///{old / 'library.db'}")
    voices = Choir().voices()
    narration = write(ARTICLE, voices[0], lexicon=spoken.BUILT_IN, cast={"quote": voices[1]})
    await library.articles.save([narration])
    backups.back_up(old, tmp_path / "b.tar", audio=None, version="1")
    await library.close()
    new.mkdir()
    backups.restore(tmp_path / "b.tar", new, audio=None)
    library = await open_library(f"sqlite+aiosqlite:///{new / 'library.db'}")
    assert await library.articles.get(narration.id) == narration
    await library.close()
