"""Article → track, and its progress: where the order of the stages is known.

    narration, is_new = await parts.articles.post(article)   scripts are written, clips asked for
    clip = await parts.listening.clip(clip_id)                waits until it is made
    track = await parts.listening.track(narration.id)         the finished audio, None before that

Clips are made in the background by `parts.worker`.
"""
