import numpy as np
import pytest

from attire.errors import OntologyError
from attire.ontology import (
    Attribute,
    AttributeGroup,
    Category,
    Ontology,
    category_to_label,
    label_to_category,
    parse_ontology,
)


@pytest.fixture
def fashionpedia():
    """A few of Fashionpedia's entries: category ids contiguous, attribute ids with gaps, out of order."""
    return parse_ontology(
        {
            "info": {"description": "Fashionpedia, a few entries"},
            "categories": [
                {"id": 1, "name": "pants", "supercategory": "lowerbody", "taxonomy_id": "obj7"},
                {"id": 0, "name": "shirt, blouse", "supercategory": "upperbody"},
                {"id": 2, "name": "hoop skirt", "supercategory": "lowerbody"},
            ],
            "attributes": [
                {"id": 340, "name": "plant", "supercategory": "textile pattern"},
                {"id": 8, "name": "Symmetrical", "supercategory": "silhouette"},
                {"id": 281, "name": "plastic", "supercategory": "non-textile material type"},
                {"id": 295, "name": "mini (length)", "supercategory": "length"},
            ],
        }
    )


class TestImaterialist2019:
    def test_holds_what_the_files_count_on(self, ontology):
        assert (len(ontology.categories), len(ontology.attributes)) == (46, 92)
        assert ontology.categories[0].name == "shirt, blouse"
        assert [c.short_name for c in ontology.categories if c.is_part][:2] == ["hood", "collar"]
        assert sum(c.is_part for c in ontology.categories) == 19
        assert ontology.categories[23].name == "shoe"
        assert ontology.categories[31].name == "sleeve"
        assert ontology.attribute_ids.tolist() == list(range(92))

    def test_groups_are_those_of_the_design(self, ontology):
        assert {group.name: group.single_choice for group in ontology.groups} == {
            "length": True,
            "opening": True,
            "symmetry": True,
            "shape": False,
            "fit": True,
            "finishing": False,
            "pattern": False,
            "waistline": True,
        }

    def test_every_attribute_knows_its_group(self, ontology):
        for place, group in enumerate(ontology.groups):
            assert {ontology.attributes[i].group for i in group.indices} == {group.name}
            assert (ontology.group_of_attribute[list(group.indices)] == place).all()
        assert np.bincount(ontology.group_of_attribute).sum() == 92


class TestNames:
    @pytest.mark.parametrize(
        ("name", "category_id"),
        [
            pytest.param("shirt, blouse", 0, id="full"),
            pytest.param("Shirt", 0, id="short, capital"),
            pytest.param("  top,  t-shirt, sweatshirt ", 1, id="blanks"),
        ],
    )
    def test_a_category_is_found(self, ontology, name, category_id):
        assert ontology.category(name).id == category_id

    def test_an_attribute_is_found_by_either_name(self, ontology):
        for index, attribute in enumerate(ontology.attributes):
            assert ontology.attribute_index(attribute.name.upper()) == index
        assert ontology.attributes[ontology.attribute_index("above-the-hip")].short_name == "above-the-hip"

    def test_a_typing_error_gets_a_proposal(self, ontology):
        with pytest.raises(OntologyError, match=r"'shrit' is no category of imaterialist-2019.*'shirt'"):
            ontology.category("shrit")
        with pytest.raises(OntologyError, match=r"no attribute of imaterialist-2019.*'asymmetrical'"):
            ontology.attribute_index("asymetrical")

    def test_what_resembles_nothing_gets_none(self, ontology):
        with pytest.raises(OntologyError) as caught:
            ontology.category("zzzzzz")
        assert "Did you mean" not in str(caught.value)


class TestFashionpedia:
    def test_attributes_lie_in_rising_id_order(self, fashionpedia):
        assert fashionpedia.attribute_ids.tolist() == [8, 281, 295, 340]
        assert fashionpedia.index_of_attribute_id == {8: 0, 281: 1, 295: 2, 340: 3}
        assert [category.name for category in fashionpedia.categories] == [
            "shirt, blouse",
            "pants",
            "hoop skirt",
        ]

    def test_its_own_groups_carry_the_source_name(self, fashionpedia):
        assert [group.name for group in fashionpedia.groups] == [
            "symmetry",
            "non-textile material type",
            "length",
            "pattern",
        ]
        assert not fashionpedia.groups[1].single_choice

    def test_is_named_after_its_content(self, fashionpedia):
        assert fashionpedia.name == "fashionpedia"

    def test_is_joined_by_name_never_by_number(self, ontology, fashionpedia):
        categories, attributes = ontology.join(fashionpedia)
        assert categories == {0: 0, 1: ontology.category("pants").id}
        assert attributes == {
            0: ontology.attribute_index("symmetrical"),
            2: ontology.attribute_index("mini (length)"),
            3: ontology.attribute_index("plant"),
        }


class TestErrors:
    shirt, hat = Category(0, "shirt"), Category(1, "hat")
    mini, maxi = Attribute(3, "mini", "length"), Attribute(9, "maxi", "length")
    both = AttributeGroup("length", True, (0, 1))

    @pytest.mark.parametrize(
        ("categories", "attributes", "groups", "said"),
        [
            pytest.param((shirt, Category(2, "hat")), (), (), "'hat' has id 2 at place 1", id="gap"),
            pytest.param((shirt, Category(1, "shirt")), (), (), "category name 'shirt'.*twice", id="twin"),
            pytest.param((shirt,), (maxi, mini), (both,), "must rise", id="falling attribute ids"),
            pytest.param(
                (shirt,),
                (mini, Attribute(9, "mini", "length")),
                (both,),
                "attribute name",
                id="attribute twin",
            ),
            pytest.param((shirt,), (mini, maxi), (both, both), "exactly one group", id="in two groups"),
            pytest.param((shirt,), (mini, maxi), (), "exactly one group", id="in no group"),
        ],
    )
    def test_what_later_stages_could_not_index_is_refused(self, categories, attributes, groups, said):
        with pytest.raises(OntologyError, match=said):
            Ontology("test", categories, attributes, groups)


def test_labels_are_category_ids_plus_one():
    ids = np.arange(46)
    assert category_to_label(ids).tolist() == list(range(1, 47))
    assert label_to_category(category_to_label(ids)).tolist() == ids.tolist()
    assert label_to_category(0) == -1
