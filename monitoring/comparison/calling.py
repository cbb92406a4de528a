"""After each file of a department its kind is compared, as a job of its own."""

from feeds.uploading import also_takes_uploads
from jobs.running import ask


@also_takes_uploads
def compare_upload(upload, *, at):
    ask_for_comparison(upload.division, feed=upload.row.code, upload=upload, at=at)


def ask_for_comparison(division, *, feed="", upload=None, at):
    """The job; the same upload asked for twice is one."""
    key = f"upload {upload.pk}" if upload else f"{division.code} {at:%Y-%m-%d}"
    arguments = {"division_id": division.id, "feed": feed}
    return ask("comparison", key=key, arguments=arguments, by=None, at=at)
