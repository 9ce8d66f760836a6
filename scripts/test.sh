#!/bin/sh
# Every check: lint, then all tests, the browser's too.
set -eu
sh scripts/lint.sh
# PostgreSQL runs beside the tests, for those that need both; what stands on the database then runs on it once more.
export PROCESSES="${ALMONER_TEST_PROCESSES:-2}"
exec "$BIN/python" -m tests.servers.postgres sh -euc '
printf "\nalmoner: tests\n"
env -u DATABASE_URL "$BIN/python" -m pytest -n "$PROCESSES" --dist loadgroup
printf "\nalmoner: tests of the records and of sending, on PostgreSQL\n"
"$BIN/python" -m pytest -n "$PROCESSES" --dist loadgroup tests/records tests/web/test_searching.py tests/products/test_sending_killed.py \
    --ignore=tests/records/test_bad_sources.py --ignore=tests/records/test_a_day.py
'
