// Counts checks: one printed line per check and `N passed, N failed` at the end, as tally.py does.
"use strict";

let passed = 0;
let failed = 0;

/** One check; `otherwise` says what was there instead. */
function check(sentence, holds, otherwise) {
  if (holds) { passed += 1; console.log(`ok    ${sentence}`); return; }
  failed += 1;
  console.log(`FAIL  ${sentence}: ${otherwise}`);
}

/** Prints the sum and ends the script. */
function close() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

module.exports = { check, close };
