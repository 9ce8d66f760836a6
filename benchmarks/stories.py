"""Which articles tell of the same happening: pairs that people rated, and articles that were sorted into events.

    python -m benchmarks stories

Pairs: English pairs of SemEval-2022 Task 8, of which those rated 2 or less (of 4) tell of one story. A threshold is set
on one half and measured on the other, as the mean of 50 seeded splits.

Events: the 300 news texts that gensim ships for its tests (Lee background corpus), sorted by us (`events.json`: the
texts of each event by their numbers; those that could be counted either way are set aside; every other stands alone);
once with the texts that stand alone and once without them. Rated: the articles of all pairs as one stream, where those
rated the same, and those that several pairs tell of (`events.json`, by their numbers), are one event; what was rated a
little less than the same is set aside, and what stands alone is not counted. Measured by B³ (Bagga and Baldwin 1998)
forwards and backwards. They are the sets that the defaults were chosen on, so their figures are no promise for
another; the threshold of each peer is the one that does best on the very set.
"""

from __future__ import annotations

import importlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from time import process_time
from typing import Any, Final

from almoner.pipeline.relate import meaning
from almoner.pipeline.relate.stories import Stories
from almoner.pipeline.relate.traits import Trait, Usage, terms_of, trait
from benchmarks.machine import described
from benchmarks.race import Scores

NEEDS: Final = "stories"
SPLITS: Final = 50
SAME: Final = 2.0
"""The mean rating up to which a pair tells of one story."""
NEARLY: Final = 2.7
"""The one up to which it may, so that neither article is counted."""
EVENTS: Final = Path(__file__).with_name("events.json")

Pair = tuple[str, str, bool]


def pairs(folder: Path) -> list[Pair]:
    """Two texts each, and whether they tell of one story."""
    rows = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    return [(row["text1"], row["text2"], float(row["Overall"]) <= SAME) for row in rows]


def ours(rated: Sequence[Pair]) -> list[float]:
    """How like we find the two texts of each pair; how rare a word is, is learnt from all of them."""
    texts = dict.fromkeys(text for one, other, _ in rated for text in (one, other))
    usage = Usage()
    terms = {text: terms_of("", text) for text in texts}
    for found in terms.values():
        usage.learn(found)
    traits: dict[str, Trait] = {
        text: trait(found, usage, meaning.of("", text)) for text, found in terms.items()
    }
    return [traits[one].likeness(traits[other]) for one, other, _ in rated]


def f1_by_halves(likeness: Sequence[float], same: Sequence[bool]) -> float:
    """F1 on one half with the threshold that does best on the other, as the mean of `SPLITS` seeded splits."""
    total = 0.0
    for seed in range(SPLITS):
        order = list(range(len(same)))
        random.Random(seed).shuffle(order)
        half = len(order) // 2
        threshold = _best(order[:half], likeness, same)
        total += _f1([likeness[at] >= threshold for at in order[half:]], [same[at] for at in order[half:]])
    return total / SPLITS


def _best(places: Sequence[int], likeness: Sequence[float], same: Sequence[bool]) -> float:
    """The threshold with the best F1, half-way between two likenesses."""
    ordered = sorted(places, key=lambda at: (-likeness[at], same[at]))
    right, best, threshold = 0, 0.0, 1.0
    wanted = sum(same[at] for at in places)
    for number, at in enumerate(ordered, start=1):
        right += same[at]
        following = likeness[ordered[min(number, len(ordered) - 1)]]
        if 2 * right / (number + wanted) > best:
            best, threshold = 2 * right / (number + wanted), (likeness[at] + following) / 2
    return threshold


def _f1(called: Sequence[bool], same: Sequence[bool]) -> float:
    right = sum(one and other for one, other in zip(called, same, strict=True))
    return 2 * right / max(1, sum(called) + sum(same))


def b_cubed(called: Sequence[Hashable], gold: Sequence[Hashable]) -> float:
    """F1 of B³: for each text the share of its story that is of its event, and the other way round, as means."""
    stories: dict[Hashable, set[int]] = defaultdict(set)
    events: dict[Hashable, set[int]] = defaultdict(set)
    for at, (story, event) in enumerate(zip(called, gold, strict=True)):
        stories[story].add(at)
        events[event].add(at)
    both = [
        (len(stories[story] & events[event]), len(stories[story]), len(events[event]))
        for story, event in zip(called, gold, strict=True)
    ]
    precision = sum(common / size for common, size, _ in both) / len(both)
    recall = sum(common / size for common, _, size in both) / len(both)
    return 2 * precision * recall / (precision + recall)


def events() -> tuple[list[str], list[int]] | None:
    """Texts, and the number of the event that each tells of; None where gensim is not installed."""
    try:
        library = importlib.import_module("gensim")
    except ImportError:
        return None
    there = Path(str(library.__file__)).parent / "test" / "test_data" / "lee_background.cor"
    lines = there.read_text(encoding="utf-8").splitlines()
    listed = json.loads(EVENTS.read_text())
    event = {number: at for at, numbers in enumerate(listed["events"]) for number in numbers}
    kept = [number for number in range(len(lines)) if number not in set(listed["set_aside"])]
    return [lines[number] for number in kept], [event.get(number, -number - 1) for number in kept]


def told_by_several(texts: Sequence[str], gold: Sequence[int]) -> tuple[list[str], list[int]]:
    """The texts and events without those that stand alone."""
    size = Counter(gold)
    kept = [at for at, event in enumerate(gold) if size[event] > 1]
    return [texts[at] for at in kept], [gold[at] for at in kept]


def rated_events(folder: Path) -> tuple[list[str], list[int]]:
    """The articles of the pairs that tell of an event which others tell of too, and its number."""
    rows = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    number: dict[str, int] = {}
    for row in rows:
        for text, article in zip((row["text1"], row["text2"]), row["pair_id"].split("_"), strict=True):
            number.setdefault(text, int(article))
    event = {article: article for article in number.values()}
    unsure: set[int] = set()
    sorted_by_us = json.loads(EVENTS.read_text())["rated"]
    same = [numbers for numbers in sorted_by_us if numbers[0] in event]
    for row in rows:
        both = [number[row["text1"]], number[row["text2"]]]
        if float(row["Overall"]) <= SAME:
            same.append(both)
        elif float(row["Overall"]) <= NEARLY:
            unsure.update(both)
    for numbers in same:
        joined = {event[article] for article in numbers}
        event = {article: min(joined) if told in joined else told for article, told in event.items()}
    unsure.difference_update(article for numbers in sorted_by_us for article in numbers)
    kept = [(text, event[article]) for text, article in number.items() if article not in unsure]
    return told_by_several([text for text, _ in kept], [told for _, told in kept])


def our_stories(texts: Sequence[str]) -> list[int]:
    """The stories that we make of texts that come in this order."""
    known = Stories()
    for text in texts:
        known.add("", text)
    return known.told()


def _both_ways(
    find: Callable[[Sequence[str]], list[int]], texts: Sequence[str], gold: Sequence[int]
) -> float:
    forwards = b_cubed(find(texts), gold)
    backwards = b_cubed(find(texts[::-1]), gold[::-1])
    return (forwards + backwards) / 2


def _tf_idf(texts: Sequence[str]) -> Any:
    library = importlib.import_module("sklearn.feature_extraction.text")
    return library.TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)


def sklearn_pairs(rated: Sequence[Pair]) -> list[float]:
    """The cosine of scikit-learn's TF-IDF."""
    found = _tf_idf([text for one, other, _ in rated for text in (one, other)])
    return [float(found[at].multiply(found[at + 1]).sum()) for at in range(0, found.shape[0], 2)]


def sklearn_stories(texts: Sequence[str], gold: Sequence[int]) -> float:
    """The B³ of scikit-learn's agglomerative clustering of all texts at once, at the threshold that does best here."""
    cluster = importlib.import_module("sklearn.cluster")
    found = _tf_idf(texts).toarray()
    best = 0.0
    for threshold in (0.7, 0.75, 0.8, 0.85, 0.9):
        model = cluster.AgglomerativeClustering(
            n_clusters=None, distance_threshold=threshold, metric="cosine", linkage="average"
        )
        best = max(best, b_cubed([int(label) for label in model.fit_predict(found)], gold))
    return best


OPTIONAL: Final = frozenset({"events"})
"""Metrics that need a peer's texts, which may not be installed."""


def scores(folder: Path, stride: int) -> Scores:
    """F1 on the pairs, B³ on the events they tell of, and on the sorted texts where they are installed."""
    rated = pairs(folder)[::stride]
    same = [each for _, _, each in rated]
    found = {
        "pairs": f1_by_halves(ours(rated), same),
        "rated": _both_ways(our_stories, *rated_events(folder)),
    }
    if there := events():
        found["events"] = _both_ways(our_stories, *there)
    return found


def compare(folder: Path, stride: int) -> None:
    """Print F1 on the pairs, and B³ on the events, ours beside scikit-learn."""
    measured = pairs(folder)[::stride]
    same = [each for _, _, each in measured]
    print(f"{described()}; {len(measured)} pairs\n\n| likeness | F1 | pairs a CPU second |\n|---|---|---|")
    readers: list[tuple[str, Callable[[], list[float]]]] = [
        ("almoner", lambda: ours(measured)),
        ("TF-IDF (scikit-learn)", lambda: sklearn_pairs(measured)),
    ]
    for name, find in readers:
        begun = process_time()
        try:
            likeness = find()
        except ImportError:
            print(f"| {name} | not installed: `make setup-bench` |")
            continue
        seconds = process_time() - begun
        print(f"| {name} | {f1_by_halves(likeness, same):.3f} | {len(same) / max(seconds, 1e-9):.0f} |")
    sets = {"rated, told by several": rated_events(folder)}
    if there := events():
        sets |= {"events": there, "events, told by several": told_by_several(*there)}
    else:
        print("\nevents: gensim, which brings the texts, is not installed: `make setup-bench`")
    print(
        "\n| stories | texts | events | almoner, one at a time: B³ F1 | agglomerative clustering (scikit-learn) |"
    )
    print("|---|---|---|---|---|")
    for name, (texts, gold) in sets.items():
        own = _both_ways(our_stories, texts, gold)
        try:
            peer = f"{sklearn_stories(texts, gold):.3f}"
        except ImportError:
            peer = "not installed: `make setup-bench`"
        print(f"| {name} | {len(texts)} | {len(set(gold))} | {own:.3f} | {peer} |")
