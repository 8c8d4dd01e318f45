"""CLDR's data are not shared between languages, and are complete for simultaneous first uses."""

import subprocess
import sys

import pytest

# In a separate process: data that another test has read would hide the error.
AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from rallymap.language.cldr import cldr_locale

sys.setswitchinterval(1e-6)
codes = ["ar", "de", "es", "fa", "fr", "he", "ja", "ku", "nb", "pl", "ru", "sv", "tr", "uk", "zh-Hant"]
for code in codes:
    together = Barrier(8)

    def read(_number):
        together.wait()
        locale = cldr_locale(code)
        return [*locale.months["stand-alone"]["wide"].values()], [*locale.days["format"]["wide"].values()]

    with ThreadPoolExecutor(8) as pool:
        (first, *others) = pool.map(read, range(8))
    assert all(one == first for one in others) and [len(part) for part in first] == [12, 7], code
print("alike")
"""


@pytest.mark.slow
def test_pages_that_need_a_language_first_at_the_same_time_all_get_it() -> None:
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("alike\n", "")
