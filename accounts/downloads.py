"""The tables on pages of accounts, as workbooks."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from accounts.tables import columns, table, without_download


def _open_posts(officer):
    return [held for held in officer.posts.all() if not held.until]


table(
    "officers",
    _("Officers"),
    columns(
        _("Name"), 12, "name",
        _("Account"), 20, "username",
        _("Posts"), 40, _open_posts,
        _("Last login"), 18, "last_login",
    ),
    ability="manage_accounts",
)  # fmt: skip
table(
    "reveals",
    _("Access log"),
    columns(
        _("When"), 18, "at",
        _("Who"), 12, "post.officer.name",
        _("Post"), 30, "post",
        _("Of what"), 16, "field_words",
        _("Subject"), 24, lambda row: f"{row.subject_words} {row.subject_id}",
        _("Where"), 16, "division.name",
        _("Reason"), 40, "because",
    ),
    ability="read_logs",
)  # fmt: skip
table(
    "account_acts",
    _("Changes of accounts"),
    columns(
        _("When"), 18, "at",
        _("Whose account"), 12, "officer.name",
        _("Account"), 20, "officer.username",
        _("What"), 16, "get_what_display",
        _("About"), 30, "about",
        _("Where"), 16, "division.name",
        _("By"), 12, "post.officer.name",
        _("Post"), 30, "post",
    ),
    ability="read_logs",
)  # fmt: skip
table(
    "deputies",
    _("Deputies"),
    columns(
        _("Deputy"), 12, "officer.name",
        _("Stands in for"), 12, "deputy_of.officer.name",
        _("Post"), 30, "deputy_of",
        _("from"), 12, "since",
        _("back on"), 12, "until",
    ),
    seen=lambda post: Post.objects.all(),  # who stands in for whom may be known to everybody
)  # fmt: skip
without_download(
    "what the account itself holds: posts, tokens, rights; no list of a division", "me", "officer"
)
without_download(
    "a calendar and a matrix that are read on screen or printed", "working_days", "roles"
)
