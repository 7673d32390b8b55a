"""Which word is lit in a browser, and which is heard."""

from __future__ import annotations

import time
from typing import Any

from tests.browser.process import ServiceProcess

NEAR_S = 0.1

Word = tuple[float, int, int]
"""Onset in the track, number of the paragraph, first letter in it."""

LIT = """(name) => {
  const [range] = CSS.highlights?.get(`vorleser-${name}`) ?? [];
  return range?.toString() ?? null;
}"""

# Rows of the track's time, the paragraph and the first letter of the word that is lit.
SAMPLES = """async (player, until) => {
  const { store } = player;
  const rows = [];
  while (store.wanted && store.time < until) {
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    const [range] = CSS.highlights.get('vorleser-word') ?? [];
    const paragraph = range?.startContainer.parentElement.closest('[data-n]');
    if (!range || store.isWaiting) continue;
    const before = document.createRange();
    before.selectNodeContents(paragraph);
    before.setEnd(range.startContainer, range.startOffset);
    rows.push([store.time, Number(paragraph.dataset.n), before.toString().length]);
  }
  return rows;
}"""


def words_of(service: ServiceProcess, article: dict[str, Any]) -> list[Word]:
    """Every word as its onset in the track, the paragraph's number, and its first letter."""
    address = f"/api/articles/{article['id']}/words"
    while len(found := service.client.get(address).json()["paragraphs"]) < len(
        article["paragraphs"]
    ):
        time.sleep(0.05)
    return [
        (paragraph["start"] + at / 100, paragraph["number"], start)
        for paragraph in article["paragraphs"]
        for start, _, at in zip(*[iter(found[str(paragraph["number"])])] * 3, strict=True)
    ]


def near(words: list[Word], moment: float, within: float) -> list[tuple[int, int]]:
    """The words that may be lit at a time, by paragraph and first letter."""
    begun = [(number, start) for at, number, start in words if at <= moment + within]
    before = [one for one in words if one[0] <= moment - within]
    return begun[max(0, len(before) - 1) :]


def heard_rightly(rows: list[Word], words: list[Word], *, rate: float) -> float:
    """Share of the samples whose word is heard within 100 ms."""
    right = [(number, at) in near(words, moment, NEAR_S * rate) for moment, number, at in rows]
    return sum(right) / len(rows)
