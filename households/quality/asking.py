"""The run as a job: nightly for every province, and on demand."""

from jobs.running import ask

KIND = "data_quality"


def ask_for_run(*, province, by, at):
    """The job of this province's run; asked twice while it is open, it is one."""
    return ask(KIND, key=province.code, arguments={"province_id": province.id}, by=by, at=at)
