"""What the service can be asked, one function per endpoint; both clients send what these make."""

from attire.client.asking.adding import add_photos, job
from attire.client.asking.ask import Ask
from attire.client.asking.browsing import catalog, facets, garment, garments_page, ontology, picture
from attire.client.asking.photos import overlay, predict, search
from attire.client.asking.recommending import recommend, recommend_for, trends

__all__ = [
    "Ask",
    "add_photos",
    "catalog",
    "facets",
    "garment",
    "garments_page",
    "job",
    "ontology",
    "overlay",
    "picture",
    "predict",
    "recommend",
    "recommend_for",
    "search",
    "trends",
]
