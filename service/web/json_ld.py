"""An article as search engines read it: schema.org Article with AudioObject, in JSON-LD 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping

from service.domain import Narration, State
from service.sound.tags import DISCLOSURE, SOURCE_TYPE
from service.sound.track import assemble, duration_s


def json_ld(narration: Narration, base: str) -> str:
    """The description, safe inside a script element; `base` is the address of the service."""
    article, address = narration.article, f"{base}/articles/{narration.id}"
    description = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "inLanguage": article.language,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": article.published_at or narration.created_at.isoformat(),
        "author": _named("Person", article.byline),
        "publisher": _named("Organization", article.site),
        "image": article.picture,
        "isBasedOn": article.source_url,
        "audio": _audio(narration, base, address),
    }
    return json.dumps(_without_none(description), ensure_ascii=False).replace("<", "\\u003c")


def _audio(narration: Narration, base: str, address: str) -> dict[str, object]:
    is_ready = narration.state is State.READY
    return _without_none(
        {
            "@type": "AudioObject",
            "name": narration.article.title,
            "description": DISCLOSURE,
            "contentUrl": f"{address}/audio.mp3",
            "encodingFormat": "audio/mpeg",
            "contentSize": str(assemble(narration).size) if is_ready else None,
            "bitrate": "64 kbit/s",
            "duration": f"PT{round(duration_s(narration))}S",
            "uploadDate": narration.created_at.isoformat(),
            "inLanguage": narration.article.language,
            "embedUrl": f"{base}/embed/{narration.id}",
            "thumbnailUrl": f"{base}/cover.jpg",
            "transcript": "\n\n".join(segment.text for segment in narration.segments),
            "caption": {
                "@type": "MediaObject",
                "contentUrl": f"{address}/captions.vtt",
                "encodingFormat": "text/vtt",
            },
            "digitalSourceType": SOURCE_TYPE,
        }
    )


def _named(kind: str, name: str | None) -> dict[str, object] | None:
    return {"@type": kind, "name": name} if name else None


def _without_none(description: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in description.items() if value is not None}
