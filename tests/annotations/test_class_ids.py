import pytest
from hypothesis import given
from hypothesis import strategies as st

from attire.annotations.class_ids import ClassIds, find_class_id_problem, format_class_id, parse_class_id
from attire.errors import AnnotationError
from attire.ontology import Ontology, parse_ontology

IMATERIALIST = Ontology.imaterialist2019()


@given(st.integers(0, 45), st.sets(st.integers(0, 91)))
def test_what_is_written_is_read(category_id, attribute_ids):
    text = format_class_id(category_id, list(attribute_ids))
    assert parse_class_id(text, IMATERIALIST) == (category_id, tuple(sorted(attribute_ids)))
    assert find_class_id_problem(text, IMATERIALIST) is None


def test_ids_with_gaps_become_indices():
    gaps = parse_ontology(
        {
            "categories": [{"id": 0, "name": "hat"}],
            "attributes": [{"id": 8, "name": "mini"}, {"id": 340, "name": "plant"}],
        }
    )
    assert parse_class_id("0_340", gaps) == (0, (1,))
    assert find_class_id_problem("0_9", gaps) is not None


@pytest.mark.parametrize("text", ["", "_", "6_", "-1", "6 20", "٣", "6.0", "1" * 12, "46", "6_92"])
def test_what_is_wrong_is_said_with_a_cure(text):
    with pytest.raises(AnnotationError, match=r"^ClassId '.*\. .*\.$"):
        parse_class_id(text, IMATERIALIST)


def test_each_distinct_text_is_parsed_once():
    class_ids = ClassIds(IMATERIALIST)
    places = [class_ids.place(text) for text in ("6_20", "0", "6_20", "99", "0")]
    assert places == [0, 1, 0, 2, 1]
    assert class_ids.category_ids(places).tolist() == [6, 0, 6, 0, 0]
    assert class_ids.attributes(places).sum(axis=1).tolist() == [1, 0, 1, 0, 0]
    assert list(class_ids.problems) == ["99"]
