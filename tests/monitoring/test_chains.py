"""Every chain of the table, walked by the right officers and by nobody else (domain.md 4)."""

import pytest

from monitoring.models import State
from monitoring.procedures import PROCEDURES
from tests.monitoring.chains import opened, walked


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_a_chain_is_walked_to_its_end(cast, procedure):
    case = walked(cast, opened(cast, procedure))
    assert case.state == State.DONE
    assert case.step == len(case.steps) - 1
