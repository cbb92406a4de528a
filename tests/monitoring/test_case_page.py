"""The page of a case: everything needed to decide, for whoever may see it, in few queries."""

import pytest

from monitoring.procedures import PROCEDURES
from tests.monitoring.chains import opened


def look(client, post, case, query=""):
    client.force_login(post.officer, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/cases/{case.pk}/{query}")


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_the_page_of_every_procedure(cast, client, procedure):
    case = opened(cast, procedure)
    answer = look(client, case.opened_by, case)
    assert answer.status_code == 200
    assert case.number in answer.content.decode()
