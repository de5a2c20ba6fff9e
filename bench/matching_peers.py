"""The same queries over the same list by what others use: `python -m bench.matching_peers PEER FOLDER PARTIES`.

None of them is a dependency: they are imported by name, and one that is not installed is said to be
missing (exit code 3, its name on stderr). Each prints its figures as one JSON object.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from rapidfuzz import fuzz, process, utils
from scipy import sparse

from bench import matching_stock
from bench.matching_steps import FIRST, TOP, Figures, one_core

MISSING: Final = 3
_BATCH: Final = 250
_NAMELESS: Final = "LegalEntity"
"""What a query is to FollowTheMoney when nothing is known of it."""
Asked = Sequence[tuple[str, str]]


def nomenklatura(folder: Path, stock: matching_stock.Stock, asked: Asked) -> Figures:
    """Its blocker in one batch, then logic-v2 on the candidates: on the best 25 of each query, and on all it gives."""
    made = import_module("followthemoney")
    blocker, memory = import_module("nomenklatura.blocker.index"), import_module("nomenklatura.store.memory")
    linker = import_module("nomenklatura.resolver").Linker
    scorer = import_module("nomenklatura.matching.logic_v2.model").LogicV2
    dataset = made.Dataset.make({"name": "bench", "title": "bench"})

    def entity(number: str, schema: str, names: Sequence[str]) -> Any:  # noqa: ANN401 - the peer is not installed for checks
        given = {"id": number, "schema": schema, "properties": {"name": list(names)}}
        return made.StatementEntity.from_data(dataset, given)

    store = memory.MemoryStore(dataset, linker({}))
    writer = store.writer()
    for party, (schema, names) in _parties(stock).items():
        writer.add_entity(entity(party, schema, names))
    writer.flush()
    view = store.default_view()
    index = blocker.Index(view, folder / "blocker")
    index.con.execute("SET threads = 1")
    index.build()
    began = time.process_time()
    entities = {f"q{at}": entity(f"q{at}", schema or _NAMELESS, [name]) for at, (name, schema) in enumerate(asked)}
    found = [(entities[str(query)], matches) for query, matches in index.match_entities(entities.values())]
    blocking = time.process_time() - began
    config = scorer.default_config()
    listed = {party: view.get_entity(party) for party in {str(party) for _, parties in found for party, _ in parties}}
    best = _score(scorer, config, [(a, listed[str(b)]) for a, matches in found for b, _ in matches[:TOP]])
    rest = _score(scorer, config, [(a, listed[str(b)]) for a, matches in found for b, _ in matches[TOP:]])
    return {
        "rate": len(asked) / (blocking + best[0]),
        "rate_all": len(asked) / (blocking + best[0] + rest[0]),
        "blocker": len(asked) / blocking,
        "candidates": (best[1] + rest[1]) / len(asked),
        "scored": (best[1] + rest[1]) / (best[0] + rest[0]),
    }


def brute_force(_: Path, stock: matching_stock.Stock, asked: Asked) -> Figures:
    """Every name by rapidfuzz: the words of all names sorted beforehand, so that token-sort is a plain ratio."""
    listed = [_sorted(row[1]) for row in stock.rows()]
    began = time.process_time()
    for start in range(0, len(asked), _BATCH):
        batch = [_sorted(name) for name, _ in asked[start : start + _BATCH]]
        scores = process.cdist(batch, listed, scorer=fuzz.ratio, dtype=np.uint8, workers=1)
        np.argpartition(scores, -TOP, axis=1)[:, -TOP:]
    return {"rate": len(asked) / (time.process_time() - began)}


def trigrams(_: Path, stock: matching_stock.Stock, asked: Asked) -> Figures:
    """The floor: a trigram TF-IDF product with the best 25, each scored by token-sort."""
    product = _product()
    listed = [utils.default_process(row[1]) for row in stock.rows()]
    known: dict[str, int] = {}
    counts = _counted(listed, known, grows=True)
    weights = np.log(len(listed) / np.maximum(1, np.bincount(counts.indices, minlength=len(known)))).astype(np.float32)
    names = _normed(counts, weights).T.tocsr()
    began = time.process_time()
    for start in range(0, len(asked), _BATCH):
        batch = [utils.default_process(name) for name, _ in asked[start : start + _BATCH]]
        near = product(_normed(_counted(batch, known, grows=False), weights), names)
        queries = [batch[at] for at in np.repeat(np.arange(len(batch)), np.diff(near.indptr)).tolist()]
        process.cpdist(queries, [listed[at] for at in near.indices.tolist()], scorer=fuzz.token_sort_ratio, workers=1)
    return {"rate": len(asked) / (time.process_time() - began)}


def _parties(stock: matching_stock.Stock) -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = defaultdict(lambda: ("", []))
    for party, name, _, schema, _ in stock.rows():
        found[party] = (schema, [*found[party][1], name])
    return dict(found)


def _score(scorer: Any, config: Any, pairs: list[tuple[Any, Any]]) -> tuple[float, int]:  # noqa: ANN401 - as above
    """Seconds and number of comparisons; a result keeps its explanation by feature, as ours does."""
    began = time.process_time()
    for query, listed in pairs:
        scorer.compare(query, listed, config)
    return time.process_time() - began, len(pairs)


def _product() -> Callable[[Any, Any], Any]:
    """A sparse product that keeps the best 25 of each row: sparse_dot_topn's, or scipy's and then a choice."""
    try:
        topn = import_module("sparse_dot_topn").sp_matmul_topn
    except ModuleNotFoundError:
        return _chosen
    return lambda queries, names: topn(queries, names, top_n=TOP, n_threads=1)


def _chosen(queries: Any, names: Any) -> Any:  # noqa: ANN401 - scipy is untyped
    near = queries @ names
    kept: list[Any] = []
    for start, end in zip(near.indptr[:-1].tolist(), near.indptr[1:].tolist(), strict=True):
        best = np.argpartition(near.data[start:end], -TOP)[-TOP:] if end - start > TOP else np.arange(end - start)
        kept.append(start + best)
    places = np.concatenate(kept)
    ends = np.concatenate(([0], np.cumsum([len(one) for one in kept])))
    return sparse.csr_matrix((near.data[places], near.indices[places], ends), shape=near.shape)


def _sorted(name: str) -> str:
    return " ".join(sorted(utils.default_process(name).split()))


def _grams(text: str) -> Iterator[str]:
    padded = f" {text} "
    return (padded[at : at + 3] for at in range(len(padded) - 2))


def _counted(texts: Sequence[str], known: dict[str, int], *, grows: bool) -> Any:  # noqa: ANN401 - scipy is untyped
    """Texts by trigrams; `known` takes new trigrams up where it `grows`, others are left out."""
    columns: list[int] = []
    ends = [0]
    for text in texts:
        if grows:
            columns += sorted({known.setdefault(gram, len(known)) for gram in _grams(text)})
        else:
            columns += sorted({known[gram] for gram in _grams(text) if gram in known})
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, np.array(columns, dtype=np.int32), ends), shape=(len(texts), len(known)))


def _normed(counts: Any, weights: Any) -> Any:  # noqa: ANN401 - scipy is untyped
    weighed = counts.multiply(weights).tocsr()
    norms = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
    return sparse.diags(1 / np.maximum(norms, 1e-9)).dot(weighed).astype(np.float32).tocsr()


PEERS: Final[dict[str, Callable[[Path, matching_stock.Stock, Asked], Figures]]] = {
    "nomenklatura": nomenklatura,
    "rapidfuzz": brute_force,
    "trigrams": trigrams,
}

if __name__ == "__main__":
    one_core()
    logging.disable(logging.CRITICAL)
    _peer, _folder, _size = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    _given = json.loads((_folder / "queries.json").read_text(encoding="utf-8"))
    _asked = [(name, schema) for name, schema, _, _ in _given[FIRST:]]
    try:
        _figures = PEERS[_peer](_folder, matching_stock.stock(_size), _asked)
    except ModuleNotFoundError as error:
        print(error.name, file=sys.stderr)
        # Threads of a library half loaded must not hold the process.
        os._exit(MISSING)
    print(json.dumps(_figures))
