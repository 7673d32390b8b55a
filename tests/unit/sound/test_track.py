"""Clips become a track: any range of it, tagged, and timed like its manifest."""

import hashlib
import io
import re
from dataclasses import replace
from urllib.parse import unquote

import mutagen.id3
import mutagen.mp3
import numpy as np
import pytest
import soundfile
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from service import spoken
from service.domain import SAMPLE_RATE_HZ, Article, Kind, Mark, Paragraph
from service.narration.writing import write
from service.sound import captions, clips
from service.sound.tags import Tag, id3
from service.sound.track import SILENT_FRAME, assemble, chapters, duration_s, tag_of, timings
from tests.fakes import VOICE, ToneEngine

ARTICLE = Article(
    (
        Paragraph(Kind.TITLE, "Der Titel <&> der Geschichte"),
        Paragraph(Kind.TEXT, "Ein Satz ist hier. Ein zweiter folgt ihm sogleich."),
        Paragraph(Kind.HEADING, "Eine Überschrift"),
        Paragraph(Kind.LIST_ITEM, "Ein Punkt auf der Liste"),
        Paragraph(Kind.QUOTE, "„Am Ende spricht noch jemand.“"),
    ),
    byline="Anna Meier",
    source_url="https://beispiel.de/artikel",
)


def with_segments(narration, segments):
    return replace(narration, outcome=replace(narration.outcome, segments=tuple(segments)))


def spoken_track(article=ARTICLE):
    engine = ToneEngine()
    narration = write(article, VOICE, lexicon=spoken.BUILT_IN)
    files, segments = {}, []
    for segment in narration.segments:
        made = clips.render(
            segment.script, segment.clip_id, speak=lambda text: engine.speak(text, voice=VOICE.id)
        )
        files[made.clip.sha256] = made.content
        segments.append(replace(segment, clip=made.clip))
    narration = with_segments(narration, segments)
    return narration, assemble(narration), files


NARRATION, TRACK, FILES = spoken_track()


def read(start, end):
    return b"".join(
        (FILES[part.piece.clip.sha256] if part.piece.clip else part.piece.content)[
            part.start : part.end
        ]
        for part in TRACK.slices(start, end)
    )


def materialised(track, files):
    return b"".join(
        files[piece.clip.sha256] if piece.clip else piece.content for piece in track.pieces
    )


WHOLE = materialised(TRACK, FILES)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, TRACK.size), st.integers(0, TRACK.size))
def test_any_range_is_the_same_bytes_as_of_the_whole(first, second):
    start, end = sorted((first, second))
    assert read(start, end) == WHOLE[start:end]


def test_the_track_decodes_to_the_length_that_the_manifest_tells():
    samples, rate = soundfile.read(io.BytesIO(WHOLE))
    assert rate == SAMPLE_RATE_HZ
    assert len(samples) / rate == pytest.approx(duration_s(NARRATION), abs=0.001)
    assert mutagen.mp3.MP3(io.BytesIO(WHOLE)).info.length == pytest.approx(
        duration_s(NARRATION), abs=0.025
    )


def test_silent_frames_decode_to_silence():
    samples, _ = soundfile.read(io.BytesIO(SILENT_FRAME * 50))
    assert len(samples) == 50 * 576
    assert not samples.any()


def test_the_tag_tells_title_author_source_text_and_that_it_is_a_machine():
    tags = mutagen.mp3.MP3(io.BytesIO(WHOLE)).tags
    assert str(tags["TIT2"]) == ARTICLE.title
    assert str(tags["TPE1"]) == "Anna Meier"
    assert tags["WOAS"].url == ARTICLE.source_url
    assert "künstlicher Intelligenz" in str(tags["COMM::deu"])
    assert "trainedAlgorithmicMedia" in str(tags["TXXX:digitalSourceType"])
    assert "Ein zweiter folgt" in str(tags["USLT::deu"])


def test_the_tag_has_the_whole_address_of_the_source_also_where_it_has_umlauts():
    address = "https://beispiel.de/straße?wo=köln&x=%C3%BC#oben"
    tags = mutagen.id3.ID3(io.BytesIO(id3(Tag("Titel", source_url=address))))
    assert unquote(tags["WOAS"].url) == unquote(address)
    assert tags["WOAS"].url.isascii()


def test_the_finished_track_has_a_cover_and_the_stream_starts_without():
    picture = mutagen.mp3.MP3(io.BytesIO(WHOLE)).tags["APIC:"]
    assert picture.mime == "image/jpeg"
    assert picture.data.startswith(b"\xff\xd8\xff")
    assert len(picture.data) < 60_000
    segments = tuple(replace(segment, clip=None) for segment in NARRATION.segments)
    assert len(id3(tag_of(with_segments(NARRATION, segments)))) < 5000


def test_the_small_track_is_the_same_sound_with_nothing_long_before_it():
    small = materialised(TRACK.small, FILES)
    tags = mutagen.mp3.MP3(io.BytesIO(small)).tags
    assert not tags.getall("APIC")
    assert not tags.getall("USLT")
    assert str(tags["TIT2"]) == ARTICLE.title
    assert "künstlicher Intelligenz" in str(tags["COMM::deu"])
    assert len(tags.getall("CHAP")) == len(chapters(NARRATION))
    first = TRACK.pieces[0].size
    assert small[TRACK.small.pieces[0].size :] == WHOLE[first:]
    assert TRACK.small.pieces[0].size < 2000
    assert TRACK.small.etag != TRACK.etag


def test_tag_captions_and_chapters_tell_the_same_times():
    tags = mutagen.mp3.MP3(io.BytesIO(WHOLE)).tags
    told = [(c.sub_frames["TIT2"].text[0], c.start_time, c.end_time) for c in tags.getall("CHAP")]
    expected = [(one.title, one.start_ms, one.end_ms) for one in chapters(NARRATION)]
    assert sorted(told, key=lambda one: one[1]) == expected
    listed = captions.json_chapters(NARRATION)["chapters"]
    assert isinstance(listed, list)
    assert [(one["title"], one["startTime"] * 1000) for one in listed] == [
        (title, start) for title, start, _ in expected
    ]


def test_captions_have_a_cue_for_every_sentence_in_order():
    text = captions.webvtt(NARRATION)
    assert text.startswith("WEBVTT\n\n")
    assert text.count(" --> ") == 6
    assert "Der Titel &lt;&amp;&gt; der Geschichte" in text
    times = [segment.split(" --> ") for segment in text.splitlines() if "-->" in segment]
    flat = [time for pair in times for time in pair]
    assert flat == sorted(flat)


def test_captions_with_words_have_times_that_rise_within_their_cue():
    segments = NARRATION.segments
    scripts = [[one.text for one in segment.script.sentences] for segment in segments]
    marks = [
        [
            Mark(found.start(), found.end(), segment.clip.spans[0].start + 2_000 * number // 2)
            for number, found in enumerate(re.finditer(r"\S+", "".join(texts)))
        ]
        for segment, texts in zip(segments, scripts, strict=True)
    ]
    text = captions.webvtt(NARRATION, marks)
    assert re.sub(r"<[\d:.]+>", "", text) == captions.webvtt(NARRATION)
    for cue in text.split("\n\n")[1:]:
        times, words = cue.split("\n", 1)
        start, end = times.split(" --> ")
        within = [start, *re.findall(r"<([\d:.]+)>", words), end]
        assert within == sorted(set(within))
    assert re.search(r"^\w+ <00:00:00\.\d{3}>\w+", text.split("\n\n")[1].split("\n")[1])


LONG = (
    "Die Gemeinde, die seit Jahren über ein neues Schwimmbad streitet, hat am Montagabend nach "
    "vier Stunden Debatte beschlossen, 12.500.000 Euro auszugeben; die Opposition, so hieß es, "
    "werde klagen."
)


def test_long_sentences_become_readable_cues_within_their_time():
    texts = ((Kind.TITLE, "Das --> ist kurz."), (Kind.TEXT, LONG))
    article = Article(tuple(Paragraph(kind, text) for kind, text in texts))
    narration, _, _ = spoken_track(article)
    cues = list(srt.parse(captions.subrip(narration)))
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert " ".join(" ".join(cue.content.split()) for cue in cues[1:]) == LONG
    assert len(cues) > 3
    assert cues[0].content == "Das → ist kurz."
    lines = [cue.content.splitlines() for cue in cues]
    assert all(len(one) <= 2 and max(map(len, one)) <= 42 for one in lines)
    times = [moment for cue in cues for moment in (cue.start, cue.end)]
    assert times == sorted(times)
    assert all(cue.start < cue.end for cue in cues)
    span = timings(narration)[1].spans[0]
    assert abs(cues[1].start.total_seconds() - span.start / SAMPLE_RATE_HZ) < 0.001
    assert abs(cues[-1].end.total_seconds() - span.end / SAMPLE_RATE_HZ) < 0.001


def test_another_clip_is_another_etag():
    segment = NARRATION.segments[1]
    other = replace(segment.clip, sha256=hashlib.sha256(b"other").hexdigest())
    segments = (NARRATION.segments[0], replace(segment, clip=other), *NARRATION.segments[2:])
    assert assemble(with_segments(NARRATION, segments)).etag != TRACK.etag


PAUSES_MS = [
    (Kind.TITLE, Kind.TEXT, 1200),
    (Kind.TITLE, Kind.HEADING, 1200),
    (Kind.TEXT, Kind.TEXT, 800),
    (Kind.TEXT, Kind.HEADING, 1100),
    (Kind.HEADING, Kind.TEXT, 800),
    (Kind.TEXT, Kind.QUOTE, 950),
    (Kind.QUOTE, Kind.TEXT, 950),
    (Kind.TEXT, Kind.LIST_ITEM, 800),
    (Kind.LIST_ITEM, Kind.LIST_ITEM, 600),
    (Kind.LIST_ITEM, Kind.TEXT, 800),
    (Kind.LIST_ITEM, Kind.HEADING, 1100),
]


@pytest.mark.parametrize(("before", "after", "pause_ms"), PAUSES_MS)
def test_a_pause_is_heard_as_long_as_it_is_meant(before, after, pause_ms):
    kinds = (before, after) if before is Kind.TITLE else (Kind.TITLE, before, after)
    texts = ("Davor steht das hier.", "Und danach kommt dies.", "Am Ende noch das.")
    narration, track, files = spoken_track(Article(tuple(map(Paragraph, kinds, texts))))
    samples, _ = soundfile.read(io.BytesIO(materialised(track, files)))
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    gaps_ms = np.diff(loud) / SAMPLE_RATE_HZ * 1000
    assert gaps_ms[gaps_ms > 500][-1] == pytest.approx(pause_ms, abs=30)
    told = timings(narration)
    told_ms = (told[-1].spans[0].start - told[-2].spans[-1].end) / SAMPLE_RATE_HZ * 1000
    assert told_ms == pytest.approx(gaps_ms[gaps_ms > 500][-1], abs=5)


def test_joins_have_no_clicks_and_nothing_but_silence():
    samples, _ = soundfile.read(io.BytesIO(WHOLE))
    steepest = np.abs(samples).max() * 2 * np.pi * 400 / SAMPLE_RATE_HZ  # of the tone itself
    assert np.abs(np.diff(samples)).max() < 1.3 * steepest
    ends = [timing.spans[-1].end for timing in timings(NARRATION)[:-1]]
    starts = [timing.spans[0].start for timing in timings(NARRATION)[1:]]
    for end, start in zip(ends, starts, strict=True):
        assert np.abs(samples[end + 240 : start - 240]).max() < 0.001


def test_places_are_estimates_until_a_clip_is_made():
    segments = tuple(replace(segment, clip=None) for segment in NARRATION.segments)
    guessed = timings(with_segments(NARRATION, segments))
    assert all(timing.is_estimate for timing in guessed)
    real = timings(NARRATION)[-1]
    assert guessed[-1].start == pytest.approx(real.start, rel=0.5)
