from attire.catalog.trends.examples import choose_examples
from attire.catalog.trends.lines import Subject
from attire.catalog.trends.periods import cut
from attire.catalog.trends.reading import read
from attire.ontology import Ontology


def test_a_line_that_no_garment_surely_shows_has_no_examples(grown):
    reading = read(grown, [], None, Ontology.imaterialist2019())
    periods = cut(reading, "month")
    order = range(len(periods.labels))
    doubtful = Subject(kind="attributes", attribute="leopard")
    assert choose_examples(reading, periods, doubtful, order, 4) == []
    sure = Subject(kind="attributes", attribute="floral")
    assert len(choose_examples(reading, periods, sure, order, 4)) == 4
