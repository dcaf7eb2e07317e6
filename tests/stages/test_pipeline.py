import gc

import pobratim
from pobratim.stages.records import DOCUMENT

TEXT = "Мэр Томска Иван Кляйн подписал соглашение с Ульсаном 3 мая 2019 г."


def test_the_records_are_the_same_whether_the_doc_is_seen_or_not() -> None:
    doc = pobratim.load()(TEXT)
    unseen = pobratim.extract(TEXT)
    assert [span.text for span in doc.spans["pobratim"]] == [one.text for one in unseen.mentions]
    assert doc.user_data[DOCUMENT].agreements == unseen.agreements
    assert (doc[1].lemma_, doc[1].pos_) == ("томск", "PROPN")


def test_what_is_loaded_is_out_of_the_garbage_collectors_way_which_works_on() -> None:
    pobratim.extract(TEXT)
    assert gc.get_freeze_count() > 0
    assert gc.isenabled()


def test_a_garbage_collector_that_was_off_stays_so() -> None:
    gc.disable()
    try:
        pobratim.extract(TEXT)
        assert not gc.isenabled()
    finally:
        gc.enable()
