"""A pipeline that costs next to nothing, to see what the run itself costs and bears."""

from __future__ import annotations

import time

from pobratim.schema import City, Document, Mention, Source


def find(text: str, *, id: str, source: Source, pause: float = 0.0) -> Document:
    """Takes every capitalized word for a city; waits ``pause`` seconds."""
    if pause:
        time.sleep(pause)
    document = Document(id=id, source=source, text=text)
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        if word[0].isupper():
            key = f"m{len(document.mentions) + 1}"
            mention = Mention(id=key, label="CITY", start=start, end=end, text=word)
            document.mentions.append(mention)
            document.cities.append(City(id=f"local:{word}", name_en=word, mentions=[key]))
    return document
