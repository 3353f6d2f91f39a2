#!/bin/sh
# county.t - a county's roster at its whole size: 30,000 rows, 40 planted faults, 500 photos, exported again cell by
# cell. Under the sanitizers a county has a tenth of that, so the same program runs once more as it was built without.
exec env CMOCKA_MESSAGE_OUTPUT=TAP "$(dirname "$ZHUCAN_FAST")/../../test-app-intake"
