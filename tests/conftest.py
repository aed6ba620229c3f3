"""The same examples in every process: a test that failed yesterday fails today.

`RETOLD_EXPLORE=1` lets hypothesis look for new ones.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None)
settings.register_profile("exploring", print_blob=True)
settings.load_profile("exploring" if os.environ.get("RETOLD_EXPLORE") else "repeatable")
