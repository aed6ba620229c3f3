from __future__ import annotations

import pytest

from retold.archive import open_archive
from retold.web.app import create_app
from retold.web.serving import access_for


@pytest.fixture
def empty(tmp_path):
    with open_archive(tmp_path / "a.retold", create=True) as one:
        yield one


@pytest.fixture
def app(empty):
    return create_app(empty, access_for("127.0.0.1", 8417, (), None))
