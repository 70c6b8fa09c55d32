"""iMaterialist (Fashion) 2019: 46 categories and 92 attributes, under the ids of its files.

The names are facts of the data set (FGVC6, Kaggle, 2019), misspellings included, since files are
joined by name.
"""

from attire.ontology.groups import group_attributes, group_name
from attire.ontology.ontology import Attribute, Category, Ontology

__all__ = ["IMATERIALIST_2019"]

_CATEGORIES = (
    (
        "upperbody",
        (
            "shirt, blouse",
            "top, t-shirt, sweatshirt",
            "sweater",
            "cardigan",
            "jacket",
            "vest",
        ),
    ),
    (
        "lowerbody",
        (
            "pants",
            "shorts",
            "skirt",
        ),
    ),
    (
        "wholebody",
        (
            "coat",
            "dress",
            "jumpsuit",
            "cape",
        ),
    ),
    (
        "head",
        (
            "glasses",
            "hat",
            "headband, head covering, hair accessory",
        ),
    ),
    ("neck", ("tie",)),
    (
        "arms and hands",
        (
            "glove",
            "watch",
        ),
    ),
    ("waist", ("belt",)),
    (
        "legs and feet",
        (
            "leg warmer",
            "tights, stockings",
            "sock",
            "shoe",
        ),
    ),
    (
        "others",
        (
            "bag, wallet",
            "scarf",
            "umbrella",
        ),
    ),
    (
        "garment parts",
        (
            "hood",
            "collar",
            "lapel",
            "epaulette",
            "sleeve",
            "pocket",
            "neckline",
        ),
    ),
    (
        "closures",
        (
            "buckle",
            "zipper",
        ),
    ),
    (
        "decorations",
        (
            "applique",
            "bead",
            "bow",
            "flower",
            "fringe",
            "ribbon",
            "rivet",
            "ruffle",
            "sequin",
            "tassel",
        ),
    ),
)

_ATTRIBUTES = (
    (
        "length",
        (
            "above-the-hip (length)",
            "hip (length)",
            "micro (length)",
            "mini (length)",
            "above-the-knee (length)",
            "knee (length)",
            "below the knee (length)",
            "midi",
            "maxi (length)",
            "floor (length)",
        ),
    ),
    (
        "opening type",
        (
            "single breasted",
            "double breasted",
            "lace up",
            "wrapping",
            "zip-up",
            "fly (opening)",
            "buckled (opening)",
            "toggled (opening)",
            "no opening",
        ),
    ),
    (
        "silhouette",
        (
            "asymmetrical",
            "symmetrical",
            "peplum",
            "circle",
            "flare",
            "fit and flare",
            "trumpet",
            "mermaid",
            "balloon",
            "bell",
            "bell bottom",
            "bootcut",
            "peg",
            "pencil",
            "straight",
            "a-line",
            "tent",
            "baggy",
            "wide leg",
            "high low",
            "curved (fit)",
            "tight (fit)",
            "regular (fit)",
            "loose (fit)",
            "oversized",
        ),
    ),
    (
        "textile finishing, manufacturing techniques",
        (
            "burnout",
            "distressed",
            "washed",
            "embossed",
            "frayed",
            "printed",
            "ruched",
            "quilted",
            "pleat",
            "gathering",
            "smocking",
            "tiered",
            "cutout",
            "slit",
            "perforated",
            "lining",
            "no special manufacturing technique",
        ),
    ),
    (
        "textile pattern",
        (
            "plain (pattern)",
            "abstract",
            "cartoon",
            "letters, numbers",
            "camouflage",
            "check",
            "dot",
            "fair isle",
            "floral",
            "geometric",
            "paisley",
            "stripe",
            "houndstooth (pattern)",
            "herringbone (pattern)",
            "chevron",
            "argyle",
        ),
    ),
    (
        "animal",
        (
            "leopard",
            "snakeskin (pattern)",
            "cheetah",
            "peacock",
            "zebra",
            "giraffe",
        ),
    ),
    (
        "textile pattern",
        (
            "toile de jouy",
            "plant",
        ),
    ),
    (
        "waistline",
        (
            "empire waistline",
            "dropped waistline",
            "high waist",
            "normal waist",
            "low waist",
            "basque (wasitline)",
            "no waistline",
        ),
    ),
)


def _build() -> Ontology:
    named = [(name, above) for above, names in _CATEGORIES for name in names]
    categories = tuple(Category(place, name, above) for place, (name, above) in enumerate(named))
    described = [(name, above) for above, names in _ATTRIBUTES for name in names]
    attributes = tuple(
        Attribute(place, name, group_name(name, above), above)
        for place, (name, above) in enumerate(described)
    )
    return Ontology("imaterialist-2019", categories, attributes, group_attributes(attributes))


IMATERIALIST_2019 = _build()
