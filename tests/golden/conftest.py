"""The scoring lies beside the benchmarks, which are scripts and no package of the project."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
