#!/bin/sh
# Every check: lint, then all tests, the browser's too.
set -eu
# Lint keeps one processor busy for a minute; meanwhile another makes what the tests begin with.
KEPT="$(mktemp -d)" && export KEPT
trap 'rm -rf "$KEPT"' EXIT
(sh scripts/lint.sh >"$KEPT/said" 2>&1 && echo fine >"$KEPT/end" || echo faults >"$KEPT/end") &
printf 'almoner: lint runs, and what the tests begin with is made\n'
"$BIN/python" -m tests.servers.pattern
# PostgreSQL runs beside the tests, for those that need both; what stands on the database then runs on it once more.
export PROCESSES="${ALMONER_TEST_PROCESSES:-2}"
"$BIN/python" -m tests.servers.postgres sh -euc '
until [ -s "$KEPT/end" ]; do sleep 1; done
cat "$KEPT/said"
[ "$(cat "$KEPT/end")" = fine ]
printf "\nalmoner: tests\n"
env -u DATABASE_URL "$BIN/python" -m pytest -n "$PROCESSES" --dist loadgroup
printf "\nalmoner: tests of the records and of sending, on PostgreSQL\n"
"$BIN/python" -m pytest -n "$PROCESSES" --dist loadgroup tests/records tests/newsroom/test_pages.py tests/newsroom/test_interleavings.py \
    tests/web/test_searching.py tests/products/test_sending_killed.py \
    --ignore=tests/records/test_bad_sources.py --ignore=tests/records/test_a_day.py --ignore=tests/records/test_schedule.py \
    --ignore=tests/records/test_looking.py --ignore=tests/records/test_store.py
'
