#!/bin/sh
# Every check that runs no test. Each says its name, so that a failure is easy to place.
set -eu
say() { printf '\nalmoner: %s\n' "$1"; }
say "ruff (style and mistakes)";        "$BIN/ruff" check . && "$BIN/ruff" format --check .
say "djade (templates)";                git ls-files -z '*.html' ':!tests/pipeline/golden' | xargs -0 -r "$BIN/djade" --target-version 5.2 --check
say "import-linter (who may import whom)"; "$BIN/lint-imports" --config importlinter.ini
say "mypy --strict (types)";            "$BIN/mypy"
