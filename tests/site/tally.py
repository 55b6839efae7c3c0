"""Counts checks: one printed line per check, its faults beneath, and `N passed, N failed` at the end."""

SHOWN_FAULTS = 12


class Tally:
    """The checks of one script."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, sentence, faults, seen=None):
        """One check: `faults` is a list of sentences (empty means passed), `seen` how many things were looked at."""
        count = "" if seen is None else f" ({seen})"
        if not faults:
            self.passed += 1
            print(f"ok    {sentence}{count}", flush=True)
            return
        self.failed += 1
        print(f"FAIL  {sentence}{count}: {len(faults)} faults", flush=True)
        for fault in faults[:SHOWN_FAULTS]:
            print(f"        {fault}")
        if len(faults) > SHOWN_FAULTS:
            print(f"        … and {len(faults) - SHOWN_FAULTS} more", flush=True)

    def expect(self, sentence, holds, otherwise=""):
        """One check with a plain yes or no; `otherwise` says what was there instead."""
        self.check(sentence, [] if holds else [str(otherwise) or "it does not hold"])

    def close(self):
        """Prints the sum; gives the exit code."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
