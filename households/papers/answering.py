"""A kept paper as the answer to whoever may see it."""

from django.http import FileResponse, Http404

from households.papers.files import content_type_of


def answer_with(paper):
    """The file of ``paper`` (with ``file`` and ``name``), by a type that was checked and never
    guessed, kept by no cache. Raises ``Http404`` where the file is gone."""
    try:
        file = paper.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(file, content_type=content_type_of(paper.file), filename=paper.name)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
