#!/bin/sh
# Chooses the newest versions that pyproject.toml allows, one set for Python 3.11 to 3.14, and writes
# them down without naming where they come from. For maintainers; needs uv.
set -eu
cd "$(dirname "$0")/.."
choose() {
  uv pip compile -q --upgrade --universal --python-version 3.11 --fork-strategy fewest \
    --no-header --no-annotate --no-emit-index-url "$@"
}
choose pyproject.toml -o requirements/runtime.txt
choose --group build -c requirements/runtime.txt -o requirements/build.txt
choose --group build --group dev -c requirements/runtime.txt -o requirements/dev.txt
