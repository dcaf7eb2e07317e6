"""Calendar expressions: finding them in text and giving them EDTF values.

A text becomes a string of symbols (:mod:`.lexer`), over which the rules of the grammar (:mod:`.days`,
:mod:`.years`, :mod:`.spans`) run as regular expressions; :mod:`.edtf` writes and reads the values,
:mod:`.anchors` gives dates the year that their context tells.

What the values keep and what they leave out:

- beginning, end, early, late, mid: in the span, not in the value («конец 2019 г.» is ``2019``);
- halves of a year are intervals of months, quarters EDTF's 33 to 36, of other stretches nothing;
- winter is of the year it begins in, December to February;
- about is ``~``; the word is in the span;
- "5 and 6 May" is an interval, neighbours that share a month; "5 and 19 May" are two dates;
- "from" and "between" are in the span when "to" or "and" answers them, not before a dash;
- a weekday before a date is in the span; a time after it is not;
- a range that lasts ("2003–present") is its beginning alone; "a year later" is no date, but moves on
  the year of those behind it;
- "last week" is Monday to Sunday; a day or month in digits needs its layout to tell it («12.05 – визит»);
- «90-е» without a century are of the twentieth; two-digit years turn at 50 (01.06.19 is 2019).
"""

from pobratim.stages.calendar.edtf import bounds, date_value
from pobratim.stages.calendar.finder import DateMatch, find_dates, prefers_day_first

__all__ = ["DateMatch", "bounds", "date_value", "find_dates", "prefers_day_first"]
