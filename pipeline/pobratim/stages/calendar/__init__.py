"""Calendar expressions: finding them in text and giving them EDTF values.

A text becomes a string of symbols (:mod:`.lexer`), over which the rules of the grammar (:mod:`.days`,
:mod:`.years`, :mod:`.spans`) run as regular expressions; :mod:`.edtf` writes and reads the values,
:mod:`.anchors` gives dates the year that their context tells.
"""

from pobratim.stages.calendar.edtf import bounds, date_value
from pobratim.stages.calendar.finder import DateMatch, find_dates, prefers_day_first

__all__ = ["DateMatch", "bounds", "date_value", "find_dates", "prefers_day_first"]
