import json

import pytest

from attire.errors import OntologyError
from attire.ontology import Ontology, load_ontology, parse_ontology


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "label_descriptions.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_the_built_in_ontology_survives_its_file(ontology, write):
    assert load_ontology(write(ontology.to_dict())) == ontology


@pytest.mark.data
def test_the_shared_description_is_the_built_in_one(ccp):
    assert load_ontology(ccp.parent / "label_descriptions.json") == Ontology.imaterialist2019()


def test_attributes_may_be_absent(write):
    ontology = load_ontology(write({"categories": [{"id": 0, "name": "shirt"}]}))
    assert ontology.attributes == ()
    assert ontology.groups == ()
    assert ontology.attribute_ids.shape == (0,)
    assert ontology.categories[0].supercategory == ""


def test_an_unknown_description_is_named_after_its_file(write):
    assert load_ontology(write({"categories": []})).name == "label_descriptions"
    assert parse_ontology({"categories": [], "info": {"name": "shoes"}}).name == "shoes"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("{", "not readable as JSON", id="cut short"),
        pytest.param("[]", "holds a list, expected an object", id="a list"),
        pytest.param({}, "no list 'categories'", id="no categories"),
        pytest.param({"categories": [{"id": 0}]}, r"categories\[0\]: expected an object with", id="no name"),
        pytest.param({"categories": [{"id": "0", "name": "x"}]}, "integer 'id'", id="an id in quotes"),
        pytest.param({"categories": [{"id": True, "name": "x"}]}, "integer 'id'", id="an id that is true"),
        pytest.param({"categories": ["shirt"]}, r"categories\[0\]", id="a bare name"),
        pytest.param(
            {"categories": [], "attributes": [{"id": 1, "name": "mini"}, {"id": 1, "name": "maxi"}]},
            "rise and be unique",
            id="an attribute id twice",
        ),
        pytest.param(
            {"categories": [{"id": 0, "name": "a"}, {"id": 0, "name": "b"}]}, "without gaps", id="an id twice"
        ),
        pytest.param({"categories": [], "attributes": {"id": 1}}, "attributes", id="attributes no list"),
    ],
)
def test_errors_name_the_file_and_the_entry(write, content, said):
    path = write(content)
    with pytest.raises(OntologyError, match=said) as caught:
        load_ontology(path)
    assert "label_descriptions" in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OntologyError, match=r"none\.json: no such file"):
        load_ontology(tmp_path / "none.json")
