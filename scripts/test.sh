#!/bin/sh
# Every check: lint, migrations, then all tests, the browser's too.
set -eu
sh scripts/lint.sh
printf '\nalmoner: are the migrations whole?\n'
DJANGO_SETTINGS_MODULE=almoner.settings.test "$BIN/python" -m django makemigrations --check --dry-run
printf '\nalmoner: tests\n'
"$BIN/python" -m pytest -n "${ALMONER_TEST_PROCESSES:-2}" --dist loadgroup
