"""A PDF → articles: letters → lines → columns → paragraphs → chapters."""

from service.reading.pdf.document import read_pdf

__all__ = ["read_pdf"]
