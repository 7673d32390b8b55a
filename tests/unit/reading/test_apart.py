"""A source is read in a process of its own, which can neither eat the machine nor hang it."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from multiprocessing.context import ForkServerProcess

import pytest
from structlog.testing import capture_logs

from service.errors import EmptyArticle, ReadingUnavailable, UnreadableSource
from service.reading import apart, read_apart, read_file, read_html, read_text, warm
from tests.unit.reading import sources
from tests.waiting import until

PAGE = (
    '<html lang="de"><meta property="og:image" content="https://a.example/b.jpg"><h1>Das Moor</h1>'
    + "<p>Das Moor liegt still, und der Wind geht über das Gras und die Gräben.</p>" * 4
    + "<p>Schreiben Sie einen Kommentar</p>"
)


def test_what_comes_back_is_what_is_read_here():
    warm()
    assert read_apart(read_html, PAGE, url="https://a.example/c") == (
        read_html(PAGE, url="https://a.example/c"),
    )


def test_it_is_another_process_and_each_source_has_its_own():
    first, second = (read_apart(sources.named_by_process, b"")[0].title for _ in range(2))
    assert len({first, second, str(os.getpid())}) == 3


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [(b"", EmptyArticle, "file-empty"), (b"PK\3\4", UnreadableSource, "file-archive-damaged")],
)
def test_an_error_crosses_the_border_as_itself(raw, kind, code):
    with pytest.raises(kind) as caught:
        read_apart(read_file, "moor.epub", raw)
    assert type(caught.value) is kind
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (sources.greedy, "source-too-heavy"),
        (sources.crashing, "source-fault"),
        (sources.confused, "source-fault"),
    ],
)
def test_what_takes_too_much_or_fails_is_refused_and_no_text_is_logged(read, code):
    with capture_logs() as logs, pytest.raises(UnreadableSource) as caught:
        read_apart(read, "Geheimer Text")
    assert caught.value.code == code
    assert "Geheimer" not in str(logs)
    assert read_apart(read_text, "Moin.")[0].title == "Moin."


@pytest.mark.slow
@pytest.mark.parametrize("read", [sources.endless, sources.busy])
def test_what_does_not_end_is_ended(read, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 1)
    with pytest.raises(UnreadableSource, match="took longer"):
        read_apart(read, "")


def test_a_machine_without_a_process_to_spare_says_so(monkeypatch):
    _let_nothing_start(monkeypatch)
    monkeypatch.setattr(apart, "_waiting", [])
    warm()  # which is no fault of anybody's source
    with pytest.raises(ReadingUnavailable, match="try again"):
        read_apart(read_text, "Moin.")


def test_who_comes_finds_a_process_that_waits(monkeypatch):
    warm()
    _let_nothing_start(monkeypatch)
    assert read_apart(read_text, "Moin.")[0].title == "Moin."


def test_of_many_that_read_at_once_none_is_left():
    with ThreadPoolExecutor(8) as pool:
        read = pool.map(read_apart, repeat(sources.named_by_process, 16), repeat(b"", 16))
        pids = [int(article.title) for [article] in read]
    assert len({*pids}) == 16
    until(lambda: not any(map(is_alive, pids)))


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_that_was_ended_while_it_waited_is_replaced():
    warm()
    [reader] = apart._waiting
    reader.process.kill()
    reader.process.join()
    assert read_apart(read_text, "Moin.")[0].title == "Moin."


def _let_nothing_start(monkeypatch):
    def refuse(_process):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(ForkServerProcess, "start", refuse)


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_ninety_five_thousand_lines_of_one_letter_are_read_in_time(gap):
    [found] = read_apart(read_text, gap.join("a" * 95_000))
    assert sum(one.text.count("a") for one in found.paragraphs) == 95_000


def test_as_many_lines_that_run_on_are_one_paragraph():
    [found] = read_apart(read_text, "Titel\n\n" + "\n".join(["das geht so weiter"] * 40_000))
    assert len(found.paragraphs) == 2
