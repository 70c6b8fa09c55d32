import numpy as np
import pyarrow as pa
import pytest
from PIL import Image
from tests.catalog.made_up import DIMENSIONS, PARTS
from tests.catalog.search.planted import (
    ONTOLOGY,
    ByHeart,
    InColours,
    embedding,
    planted,
    probabilities,
)

from attire.catalog.catalog import Catalog
from attire.catalog.search.duplicates import same_picture
from attire.catalog.store import Store
from attire.errors import DataError, QueryError
from attire.masks import RunLengths
from attire.predict import Look, PhotoPixels

COLOURS = ["red", "blue", "white"]


def ident(place: int) -> str:
    return f"{place:016x}-0"


def catalog(tmp_path, rows, encoder=None, own=()) -> Catalog:
    store = Store.create(tmp_path / "catalog", DIMENSIONS, own)
    store.add(rows)
    return Catalog(store, encoder=encoder or ByHeart(), colours=COLOURS)


def ids(answers) -> list[str]:
    (answer,) = answers
    return [result.garment.garment_id for result in answer.results]


def look(*garments, size=(80, 60)) -> Look:
    """A photo with garments: category, box, embedding, attributes with probabilities."""
    boxes = np.array([box for _, box, _, _ in garments], np.float32).reshape(-1, 4)
    masks = []
    for x1, y1, x2, y2 in boxes.astype(int).tolist():
        mask = np.zeros(size, bool)
        mask[y1:y2, x1:x2] = True
        masks.append(mask)
    probs = np.array([probabilities(**told) for _, _, _, told in garments], np.float32)
    probs = probs.reshape(-1, len(ONTOLOGY.attributes))
    return Look(
        ontology=ONTOLOGY,
        image_id="photo.jpg",
        size=size,
        category_ids=np.array([ONTOLOGY.category(name).id for name, _, _, _ in garments], np.int64),
        boxes=boxes,
        masks=RunLengths.from_masks(masks),
        scores=np.linspace(0.95, 0.5, len(garments)).astype(np.float32),
        attributes=probs > 0.5,
        attribute_probs=probs,
        embeddings=np.array([vector for _, _, vector, _ in garments], np.float32).reshape(-1, DIMENSIONS),
        source=PhotoPixels("photo.jpg", Image.new("RGB", size[::-1])),
    )


@pytest.fixture
def worn() -> Look:
    return look(
        ("dress", (5, 10, 55, 75), embedding("dress", "plain", "red"), {"plain": 0.9, "knee": 0.8}),
        ("shirt", (10, 15, 30, 40), embedding("shirt", "stripe", "blue"), {"stripe": 0.9}),
        ("sleeve", (0, 60, 5, 80), embedding("shirt", "stripe", "blue"), {}),
    )


MIXED = [
    planted(1, "dress", "plain", "red"),
    planted(2, "dress", "floral", "red"),
    planted(3, "dress", "plain", "blue"),
    planted(4, "skirt", "plain", "red"),
    planted(5, "shirt", "stripe", "blue"),
    planted(6, "shirt", "stripe", "white"),
]


def test_every_garment_of_a_photo_is_searched_for_and_parts_are_not(tmp_path, worn):
    answers = catalog(tmp_path, MIXED).search(worn, k=2)
    assert [(one.query.number, one.query.garment.category) for one in answers] == [(1, "dress"), (2, "shirt")]
    assert [one.results[0].garment.garment_id for one in answers] == [ident(1), ident(5)]


def test_results_say_how_alike_each_part_is_and_rank_by_the_mean(tmp_path, worn):
    (answer,) = catalog(tmp_path, MIXED).search(worn, garment=1, k=6)
    for result in answer.results:
        assert set(result.parts) == set(PARTS)
        assert result.similarity == pytest.approx(np.mean(list(result.parts.values())))
    ranks = [result.similarity for result in answer.results]
    assert ranks == sorted(ranks, reverse=True)
    floral = next(one for one in answer.results if one.garment.garment_id == ident(2))
    assert floral.parts["shape"] > 0.9 > 0.3 > floral.parts["pattern"]


@pytest.mark.parametrize(
    ("weights", "best"),
    [
        ({"colour": 0, "pattern": 0}, {1, 2, 3}),
        ({"shape": 0, "pattern": 0}, {1, 2, 4}),
        ({"colour": 0, "shape": 0}, {1, 3, 4}),
    ],
    ids=["shape alone", "colour alone", "pattern alone"],
)
def test_weights_choose_what_counts(tmp_path, worn, weights, best):
    assert set(ids(catalog(tmp_path, MIXED).search(worn, garment=1, k=3, weights=weights))) == {
        ident(n) for n in best
    }


def test_a_filter_is_never_broken(tmp_path, worn):
    found = catalog(tmp_path, MIXED).search(worn, garment=1, where='category = "shirt" and colour != blue')
    assert ids(found) == [ident(6)]


def test_a_pixel_chooses_the_smallest_garment_there_or_the_nearest(tmp_path, worn):
    asked = catalog(tmp_path, MIXED)
    (answer,) = asked.search(worn, at=(20, 20))
    assert answer.query.garment.category == "shirt"
    assert not answer.notes
    (answer,) = asked.search(worn, at=(50, 20))
    assert answer.query.garment.category == "dress"
    (answer,) = asked.search(worn, at=(30, 3))
    assert answer.query.garment.category == "dress"
    assert "7 pixels away" in answer.notes[0]
    with pytest.raises(QueryError, match="outside the photo, which has 60x80"):
        asked.search(worn, at=(60, 20))


def test_a_garment_that_is_not_there_is_said_with_those_that_are(tmp_path, worn):
    with pytest.raises(QueryError, match="1 dress, 2 shirt"):
        catalog(tmp_path, MIXED).search(worn, garment=3)
    with pytest.raises(DataError, match="no garment was found"):
        catalog(tmp_path / "other", MIXED).search(look())


def test_a_garment_of_the_catalogue_finds_others_but_never_itself(tmp_path):
    found = ids(catalog(tmp_path, MIXED).search(like=ident(1), k=6))
    assert ident(1) not in found
    assert len(found) == 5


def test_the_same_picture_is_marked_left_out_if_wished_and_shown_once(tmp_path):
    hashes = ["00000000000000ff", "00000000000000fe", "00000000000f00ff", "ffffffff00000000"]
    rows = [planted(n, "dress", "plain", "red", photo_look=hash) for n, hash in enumerate(hashes, 1)]
    rows.append(planted(9, "dress", "plain", "red", photo_look="ffffffff00000001"))
    asked = catalog(tmp_path, rows)
    (answer,) = asked.search(like=ident(1), k=5)
    marked = {one.garment.garment_id: one.same_picture for one in answer.results}
    assert marked.pop(ident(2)) is marked.pop(ident(3)) is True
    assert list(marked.values()) == [False]
    assert sum(one.copies for one in answer.results) == 1
    assert len(ids(asked.search(like=ident(1), k=5, duplicates=False))) == 1


def test_enough_results_are_found_behind_many_copies(tmp_path):
    copies = [planted(n, "dress", "plain", "red", photo_look="00000000000000ff") for n in range(1, 90)]
    others = [planted(n, "dress", "plain", "blue") for n in range(100, 110)]
    assert len(ids(catalog(tmp_path, copies + others).search(like=ident(1), k=8))) == 8


def test_hashes_that_are_not_known_are_like_nothing():
    assert not same_picture("", "")
    assert same_picture("0" * 16, "0" * 15 + "f")
    assert not same_picture("0" * 16, "0" * 14 + "1f")


LENGTHS = [
    planted(1, "dress", "plain", "red", "knee"),
    planted(2, "dress", "plain", "red", "maxi"),
    planted(3, "dress", "plain", "blue", "maxi"),
    planted(4, "dress", "plain", "red", "mini"),
    planted(5, "dress", "plain", "red", "midi", sure=0.55),
    planted(6, "skirt", "plain", "red", "maxi"),
    planted(7, "dress", "floral", "red", "knee"),
    planted(8, "dress", "stripe", "blue", "knee"),
]


@pytest.mark.parametrize(
    ("but", "expected"),
    [
        (["longer"], [2, 5, 3]),
        (["shorter"], [4]),
        (["floral"], [7]),
        (["longer", "in blue"], [3]),
        (["striped and blue"], [8]),
        (["skirt"], [6]),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
@pytest.mark.parametrize("encoder", [ByHeart, InColours])
def test_changes_come_true_and_the_rest_stays(tmp_path, but, expected, encoder):
    found = ids(catalog(tmp_path, LENGTHS, encoder()).search(like=ident(1), but=but, k=8))
    assert found[: len(expected)] == [ident(n) for n in expected]
    if but != ["skirt"]:
        assert ident(6) not in found


def test_without_a_wish_nothing_changes_and_what_is_wished_away_comes_last(tmp_path):
    rows = [
        planted(1, "dress", "plain", "red", parts=["pocket"]),
        planted(2, "dress", "plain", "red", parts=["pocket"]),
        planted(3, "dress", "plain", "blue"),
    ]
    asked = catalog(tmp_path, rows)
    assert ids(asked.search(like=ident(1))) == [ident(2), ident(3)]
    assert ids(asked.search(like=ident(1), but="without pockets")) == [ident(3), ident(2)]
    (answer,) = asked.search(like=ident(1), but="without pockets")
    assert answer.results[0].wishes == {"no pocket": pytest.approx(0.9)}
    first, second = answer.results
    assert first.relevance == pytest.approx(first.similarity * 0.9)
    assert second.relevance == pytest.approx(second.similarity * 0.1)


def test_what_cannot_be_changed_is_said(tmp_path):
    rows = [
        planted(1, "dress", "plain", "red", "floor"),
        planted(2, "shirt", "plain", "red", attributes=[], attribute_probs=[]),
    ]
    asked = catalog(tmp_path, rows)
    with pytest.raises(QueryError, match="floor already"):
        asked.search(like=ident(1), but="longer")
    with pytest.raises(QueryError, match="length of the shirt is not known"):
        asked.search(like=ident(2), but="longer")
    with pytest.raises(QueryError, match=r"'florl' is no category.*floral"):
        asked.search(like=ident(1), but="florl")
    with pytest.raises(QueryError, match="no part 'texture'"):
        asked.search(like=ident(1), weights={"texture": 1})
    with pytest.raises(QueryError, match="weigh 0"):
        asked.search(like=ident(1), weights={"shape": 0, "pattern": 0, "colour": 0})
    with pytest.raises(QueryError, match="not by both"):
        asked.search(look(), like=ident(1))
    with pytest.raises(QueryError, match="Give a photo"):
        asked.search(text="dress", garment=1)


def test_rows_of_another_encoder_are_refused_or_left_out(tmp_path, worn, caplog):
    other = [planted(n, "dress", "plain", "red", encoder="older 1") for n in (1, 2)]
    with pytest.raises(DataError, match=r"'older 1'.*'made-up 1'.*attire index"):
        catalog(tmp_path / "a", other).search(worn)
    mixed = catalog(tmp_path / "b", [*other, planted(3, "dress", "plain", "blue")])
    assert ids(mixed.search(worn, garment=1)) == [ident(3)]
    assert "left out" in caplog.text


def test_words_beside_a_photo_rank_and_limit(tmp_path, worn):
    rows = [planted(n, "dress", "plain", "red", price=p) for n, p in ((1, 80.0), (2, 40.0))]
    rows += [
        planted(3, "dress", "floral", "red", price=45.0),
        planted(4, "skirt", "floral", "red", price=10.0),
    ]
    asked = catalog(tmp_path, rows, own=[pa.field("price", pa.float64())])
    assert ids(asked.search(worn, garment=1, text="floral dress under 50")) == [ident(3), ident(2)]
