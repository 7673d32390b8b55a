"""A mail (RFC 5322, MIME) or a saved web page (RFC 2557) → article; also the head of a pasted mail.

Quoted mail and signatures are not read.
"""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from service.codes import Reason
from service.domain import Article, Kind, LeftOut
from service.errors import EmptyArticle, UnreadableSource
from service.reading.blocks import blocks
from service.reading.build import article_of, bounded
from service.reading.charset import decode_page
from service.reading.html import read_html
from service.reading.language import language_of
from service.reading.letter import cleaned, subject_of
from service.reading.plain_text import paragraphs
from service.reading.text import letters, words
from service.reading.tree import parse_html

_MOST_PARTS = 1000  # of a mail
_STUB = 0.3  # of the letters that the HTML has: so short a text only says that there is HTML


def read_mail(
    raw: bytes, *, title: str | None = None, language: str | None = None
) -> tuple[Article, ...]:
    """The article in a mail, or on a saved page. Raises UnreadableSource, EmptyArticle."""
    try:
        mail = BytesParser(policy=policy.default).parsebytes(raw)
        parts = _parts(mail)
        if page := _saved_page(mail, parts):
            return (_page(page, title=title, language=language),)
        return (_mail(mail, parts, title=title, language=language),)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableSource("document-damaged") from error


def _parts(mail: EmailMessage) -> list[EmailMessage]:
    parts = []
    for part in mail.walk():
        parts.append(part)
        if len(parts) > _MOST_PARTS:
            raise UnreadableSource("file-too-many-parts", most=_MOST_PARTS)
    return parts


def _saved_page(mail: EmailMessage, parts: list[EmailMessage]) -> EmailMessage | None:
    """The page of a web archive, None for a mail."""
    is_archive = any(part.get("Content-Location") for part in parts) and not mail.get("To")
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    return pages[0] if is_archive and pages else None


def _page(part: EmailMessage, *, title: str | None, language: str | None) -> Article:
    url = str(part.get("Content-Location") or "")
    address = url if url.startswith(("http://", "https://")) else None
    return read_html(_text(part), url=address, title=title, language=language)


def _mail(
    mail: EmailMessage, parts: list[EmailMessage], *, title: str | None, language: str | None
) -> Article:
    files = [part.get_filename() or part.get_content_type() for part in parts if _is_file(part)]
    bodies = [part for part in parts if not _is_file(part)]
    plain = "\n\n".join(_text(body) for body in bodies if body.get_content_type() == "text/plain")
    pages = [body for body in bodies if body.get_content_type() == "text/html"]
    page = "\n\n".join(map(_page_text, map(_text, pages))) if pages else ""
    text = page if len(letters(plain)) < _STUB * len(letters(page)) else plain
    letter = cleaned(text)
    spoken = language_of(letter.text, declared=None, asked=language)
    subject = letter.subject or subject_of(words(str(mail.get("Subject") or "")))
    attached = [LeftOut(words(name), Reason.ATTACHMENT) for name in files]
    written = paragraphs(f"-\n\n{letter.text}")[1:]
    if not written:
        raise EmptyArticle("document-without-text")
    return article_of(
        written,
        left_out=bounded([*letter.left_out, *attached]),
        title=title or subject or None,
        language=spoken,
        byline=_name(str(mail.get("From") or "")),
        published_at=_date(str(mail.get("Date") or "")),
    )


def _is_file(part: EmailMessage) -> bool:
    kind = part.get_content_maintype()
    return kind not in {"text", "multipart", "message"} or part.is_attachment()


def _text(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return decode_page(content, declared=charset) if isinstance(content, bytes) and content else ""


def _page_text(html: str) -> str:
    """The lines of an HTML mail as text; what it quotes begins with >."""
    page = parse_html(html)
    lines = [] if page is None else list(blocks(page))
    read = [line for line in lines if not (line.place and line.place.is_certain)]
    return "\n\n".join(f"> {line.text}" if line.kind is Kind.QUOTE else line.text for line in read)


def _name(field: str) -> str | None:
    return words(parseaddr(field)[0]) or None


def _date(field: str) -> str | None:
    try:
        return parsedate_to_datetime(field).isoformat(timespec="seconds")
    except ValueError:
        return None
