"""What is told at the start."""

from tests.fakes import opened


async def test_audio_beside_an_empty_library_is_told():
    house = opened()
    assert not await house.readiness.has_lost_library()
    await house.readiness.check()  # it tries the store
    assert not await house.readiness.has_lost_library()
    await house.audio.put(b"so klingt es" * 100)
    assert await house.readiness.has_lost_library()
