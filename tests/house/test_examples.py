"""The examples of docs/questions.md are what the commands print on the demo accounts."""

import subprocess
import sys

import pytest


@pytest.mark.store
@pytest.mark.slow
def test_every_example_prints_what_the_page_says(root):
    done = subprocess.run(
        [sys.executable, "docs/examples.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
