"""A Hugging Face model of a user's own, described by a TOML file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pobratim
from pobratim.errors import ModelError
from pobratim.stages.neural.description import read_description
from pobratim.stages.neural.seeing import page_of
from pobratim.stages.workspace import workspace

LABELS = '\n[labels]\nPER = "PERSON"\nLOC = "CITY"\n'
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"абвгдежзиклмнопрстуфхцчшщыэюя", "осло", "мэр"]

BAD = [
    ("model = ", r"own\.toml: "),
    (LABELS, r'model = "…" is missing'),
    ('model = "m"', r"\[labels\] is missing"),
    ('model = "m"\n[labels]\nPER = "MAN"', r"labels\.PER = 'MAN'; there are CITY, .*PERSON"),
    ('model = "m"\nmodes = 3' + LABELS, r"no setting 'modes'; there are aggregation, download"),
    ('model = "m"\naggregation = "last"' + LABELS, r"aggregation is none of first, mean"),
    ('model = "m"\ndownload = "yes"' + LABELS, r"download is neither true nor false"),
    ('model = "m"' + LABELS + "[threshold]\nROLE = 0.5", r"threshold\.ROLE is no number for one"),
]


@pytest.mark.parametrize(("content", "message"), BAD)
def test_a_description_that_is_wrong_says_what_there_is(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ModelError, match=message):
        read_description(path)


def test_a_missing_description_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.toml: no such description"):
        read_description(tmp_path / "none.toml")


def test_a_description_is_read_with_its_defaults(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('model = "folder"' + LABELS + "[threshold]\nCITY = 0.9", "utf-8")
    found = read_description(path)
    assert (found.download, found.aggregation, found.revision) == (False, "first", None)
    assert found.labels == {"PER": "PERSON", "LOC": "CITY"}
    assert found.threshold == {"PERSON": 0.5, "CITY": 0.9}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT with random weights, saved as ``transformers`` saves one."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    folder = tmp_path_factory.mktemp("checkpoint")
    (folder / "vocab.txt").write_text(
        "\n".join(WORDS + [f"##{each}" for each in WORDS[4:]]), "utf-8"
    )
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=2 * len(WORDS) - 4, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
        id2label=dict(enumerate(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"])),
    )  # fmt: skip
    transformers.BertForTokenClassification(config).save_pretrained(folder)
    return folder


def described(folder: Path, model: Path, more: str = "", labels: str = LABELS) -> Path:
    path = folder / "own.toml"
    path.write_text(f"model = {json.dumps(str(model))}\n{more}{labels}", "utf-8")
    return path


@pytest.mark.parametrize("aggregation", ["first", "mean"])
def test_a_checkpoints_spans_have_our_labels_and_words_of_the_text(
    tmp_path: Path, checkpoint: Path, aggregation: str
) -> None:
    path = described(tmp_path, checkpoint, f'aggregation = "{aggregation}"\n')
    ws = workspace(
        pobratim.load(entities=str(path), without=["pobratim_records"])("Мэр Осло. " * 60)
    )
    assert ws.seen
    assert {one.label for one in ws.seen} <= {"PERSON", "CITY"}
    assert {one.why for one in ws.seen} == {"model:own"}


def test_a_long_text_is_read_in_windows_to_its_end(tmp_path: Path, checkpoint: Path) -> None:
    from pobratim.stages.neural.loading import model_of

    path = described(tmp_path, checkpoint)
    nlp = pobratim.load(entities=str(path))
    page = page_of(workspace(nlp.tokenizer("мэр осло видел " * 200)))
    logits, labels = model_of(str(path)).logits(page)
    assert labels == ("PERSON", "CITY")
    assert len(logits) == 600
    assert (logits[:, 0] < -1e-4).all()


def test_labels_that_the_model_has_not_are_refused_with_those_it_has(
    tmp_path: Path, checkpoint: Path
) -> None:
    path = described(tmp_path, checkpoint, labels='\n[labels]\nGPE = "CITY"\n')
    with pytest.raises(ModelError, match=r"the model has no label 'GPE'; it has LOC, PER"):
        pobratim.extract("Осло", entities=str(path))


def test_nothing_is_fetched_unless_asked_for(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed")
    path = described(tmp_path, Path("no-such/model"))
    with pytest.raises(ModelError, match=r"no model 'no-such/model': .*download = true fetches it"):
        pobratim.extract("Осло", entities=str(path))
