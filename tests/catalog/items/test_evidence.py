import pytest

from attire.catalog.items.evidence import on_first_copy, product_evidence
from attire.catalog.items.framing import frame_photo


def test_evidence_is_score_times_overlap_in_every_place(handbag, make_look, ontology):
    framed = frame_photo(handbag)
    copies = framed.product.copies
    boxes = [tuple(box) for box in copies.boxes.astype(int).tolist()]
    found = make_look(
        framed.readable, ("coat", boxes[0], 0.8), ("coat", boxes[0], 0.1), ("shoe", boxes[3], 0.5),
        ("zipper", boxes[1], 0.9),
    )  # fmt: skip
    evidence = product_evidence(found, copies)
    assert evidence.shape == (6, len(ontology.categories))
    fill = [copies.areas[i] / ((boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])) for i in range(6)]
    coat, shoe = ontology.category("coat").id, ontology.category("shoe").id
    assert evidence[0, coat] == pytest.approx(0.9 * fill[0])
    assert evidence[3, shoe] == pytest.approx(0.5 * fill[3])
    assert evidence.sum() == pytest.approx(evidence[0, coat] + evidence[3, shoe])
    assert on_first_copy(found, copies).tolist() == [0, 1]


def test_nothing_found_is_no_evidence(handbag, make_look):
    framed = frame_photo(handbag)
    nothing = make_look(framed.readable, ("coat", (0, 0, 5, 5), 0.8))[[]]
    assert not product_evidence(nothing, framed.product.copies).any()
    assert on_first_copy(nothing, framed.product.copies).tolist() == []
