"""Who sees which rows. Every list, count, export, file and API answer begins with ``visible_to``.

A model says by ``visibility_path`` how its rows reach the five division columns (``""`` when it has
them itself, ``"household__"`` through its household). What is foreign looks like what is not there.
"""

from django.db import models


class VisibleQuerySet(models.QuerySet):
    def visible_to(self, post):
        """The rows that ``post`` may see; none without a post, superusers included."""
        if post is None:
            return self.none()
        return getattr(self, f"_seen_as_{post.role_row.sees}")(post)

    def within(self, division):
        return self.filter(**{f"{self.model.visibility_path}{division.level_column}": division.id})

    def _seen_as_division(self, post):
        return self.within(post.division)

    def _seen_as_assigned(self, post):
        """Responsible and contact persons: the households assigned to them."""
        path = self.model.visibility_path
        return self.within(post.division).filter(**{f"{path}in_charge_id": post.holder_id})

    def _seen_as_line(self, post):
        """A department's line of work; models that serve one say which rows."""
        return self.none()

    def _seen_as_accounts(self, post):
        """Administrators keep accounts and see no household."""
        return self.none()
