"""Files as they were captured, given to a reader so that no browser runs them."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse

from almoner.pipeline.errors import PipelineError
from almoner.pipeline.model import MediaType
from almoner.records.store import snapshot_folder
from almoner.web.headers import keep_from_search_engines

FORMATS: Final = {
    MediaType.TEXT: ("text", "txt"),
    MediaType.HTML: ("HTML", "html"),
    MediaType.XML: ("XML", "xml"),
    MediaType.JSON: ("JSON", "json"),
    MediaType.CSV: ("table", "csv"),
    MediaType.MAIL: ("e-mail", "eml"),
    MediaType.PDF: ("PDF", "pdf"),
    MediaType.WORD: ("Word", "docx"),
}
"""What people call a format, and how a file of it ends."""
POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"


def as_file(sha256: str, name: str, media_type: str = "text/plain; charset=utf-8") -> HttpResponse:
    """The bytes under this SHA-256 as a file to save, of this name; `Http404` where they are gone."""
    try:
        content = snapshot_folder().get(sha256)
    except PipelineError as error:
        raise Http404("the file is missing") from error
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    keep_from_search_engines(response)  # it holds more than the page that leads to it, and what that names
    return response
