"""What is read besides the text, in every library."""

from dataclasses import replace

from service import spoken
from service.codes import Reason
from service.domain import Extra, LeftOut
from service.narration.writing import Manner, write
from tests.contract.libraries import added, finish, narration
from tests.fakes import VOICE


async def test_what_is_read_besides_the_text_is_kept_apart_from_it(library):
    beside = LeftOut("Der Damm", Reason.PICTURE, behind=1)
    text = replace(narration().article, left_out=(beside,))
    new = write(text, VOICE, lexicon=spoken.BUILT_IN, manner=Manner(extras=(Extra.ALT,)))
    old = await added(library, new)
    assert (old.article, old.spec.extras, old.spec.left_out) == (text, (Extra.ALT,), ())
    assert [one.paragraph.extra for one in old.segments] == [None, Extra.ALT, None, None]
    await finish(library, old)
    [episode] = await library.listings.episodes(limit=1)
    assert (episode.extras, episode.article.paragraphs) == ((Extra.ALT,), text.paragraphs)
    plain = write(text, VOICE, lexicon=spoken.BUILT_IN)
    await library.articles.save([old.revised(spec=plain.spec, outcome=plain.outcome)])
    assert (await library.articles.get(old.id)).spec.left_out == (beside,)
