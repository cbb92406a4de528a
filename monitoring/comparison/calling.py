"""After each file of a department its kind is compared, as a job of its own."""

from feeds.uploading import also_takes_uploads
from jobs.running import ask


@also_takes_uploads
def compare_upload(upload, *, at):
    ask_for_comparison(upload.division, feed=upload.row.code, upload=upload, at=at)


def ask_for_comparison(division, *, feed="", upload=None, again=False, at):
    """The job; the same upload asked for twice is one. ``again``: it was taken back."""
    key = f"upload {upload.pk}" if upload else f"{division.code} {at:%Y-%m-%d}"
    key += " taken back" if again else ""
    arguments = {"division_id": division.id, "feed": feed}
    return ask("comparison", key=key, arguments=arguments, by=None, at=at)
