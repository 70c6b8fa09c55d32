"""Everyday words for what the ontologies name otherwise.

Only words that mean one name and hardly another: ``jeans`` are pants of a certain cloth, but a ``suit`` is
two garments and stands in no table.
"""

__all__ = ["ATTRIBUTE_WORDS", "CATEGORY_WORDS", "COLOUR_WORDS", "PART_WORDS"]


def _words(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Turn a table around: from each word to the names it may mean, the closest first."""
    words: dict[str, tuple[str, ...]] = {}
    for name, ways in table.items():
        for way in ways.split(", "):
            words[way] = (*words.get(way, ()), name)
    return words


CATEGORY_WORDS = _words(
    {
        "pants": "pant, trousers, jeans, jean, denims, chinos, leggings, slacks, joggers, sweatpants",
        "top": "tee, tees, tshirt, t shirt, tank top, camisole, crop top, tunic, hoodie, polo",
        "shirt": "button down, button up, oxford, chemise",
        "sweater": "jumper, pullover, knit, turtleneck",
        "cardigan": "cardi",
        "jacket": "blazer, bomber, windbreaker, parka, anorak, puffer",
        "coat": "overcoat, trench, trench coat, trenchcoat, raincoat, topcoat",
        "vest": "waistcoat, gilet",
        "dress": "gown, frock, sundress",
        "jumpsuit": "romper, playsuit, overall, dungaree, catsuit, onesie",
        "cape": "poncho, shawl, cloak",
        "shorts": "hot pants, bermudas",
        "shoe": "sneaker, trainer, boot, heel, sandal, loafer, pump, flats, footwear, stiletto, slipper",
        "bag": "handbag, purse, clutch, backpack, tote, satchel, rucksack, shoulder bag",
        "glasses": "sunglasses, shades, eyewear, spectacles",
        "hat": "cap, beanie, beret, fedora, bonnet",
        "tights": "pantyhose, hosiery",
        "sock": "knee sock, ankle sock",
        "tie": "necktie, bow tie, bowtie",
        "scarf": "foulard, neckerchief",
        "watch": "wristwatch, timepiece",
        "glove": "mitten",
    }
)

ATTRIBUTE_WORDS = _words(
    {
        "stripe": "striped, stripy, stripes, pinstripe, pinstriped, breton",
        "floral": "flowery, flowered, flower print, flower pattern, floral print, flower printed",
        "dot": "dotted, polka dot, polka dots, polka dotted, spotted",
        "check": "checked, checkered, chequered, plaid, tartan, gingham",
        "plain": "solid, unpatterned, plain coloured, plain colored",
        "leopard": "leopard print, animal print",
        "zebra": "zebra print",
        "snakeskin": "snake print, python print, snakeskin print",
        "camouflage": "camo",
        "letters, numbers": "lettering, slogan, logo",
        "geometric": "geometrical",
        "cartoon": "comic",
        "maxi": "long, full length, ankle length",
        "floor": "floor length",
        "midi": "mid length, calf length, midlength",
        "mini": "short, mini length",
        "knee": "knee length",
        "above-the-knee": "above knee",
        "below the knee": "below knee",
        "hip": "hip length",
        "pleat": "pleated",
        "quilted": "padded",
        "distressed": "ripped, torn, destroyed",
        "slit": "slitted, side slit",
        "cutout": "cut out, cut-out",
        "ruched": "ruching",
        "gathering": "gathered",
        "smocking": "smocked",
        "printed": "print",
        "washed": "stonewashed, acid wash, acid washed",
        "tiered": "layered",
        "flare": "flared, flaring",
        "a-line": "a line, aline",
        "wide leg": "wide legged, wide-leg, wide-legged, palazzo",
        "bootcut": "boot cut, boot-cut",
        "bell bottom": "bell bottoms, bell-bottom",
        "straight": "straight cut, straight leg",
        "fit and flare": "skater",
        "high low": "hi lo, high-low",
        "tight": "skinny, slim, bodycon, tight fit, slim fit, fitted",
        "loose": "relaxed, loose fit, roomy",
        "oversized": "oversize",
        "regular": "regular fit",
        "asymmetrical": "asymmetric",
        "symmetrical": "symmetric",
        "double breasted": "double-breasted",
        "single breasted": "single-breasted",
        "zip-up": "zip up, zipped",
        "lace up": "lace-up, laced",
        "wrapping": "wrap, wrapped, wraparound",
        "high waist": "high waisted, high-waisted, high rise, high-rise",
        "low waist": "low waisted, low-waisted, low rise, low-rise",
        "normal waist": "mid rise, mid-rise",
        "empire waistline": "empire, empire waist",
        "dropped waistline": "drop waist, dropped waist",
    }
)
PART_WORDS = _words(
    {
        "zipper": "zip, zips",
        "sequin": "sequined, sequinned, sequins",
        "ruffle": "ruffled, frill, frills, frilled, flounce",
        "fringe": "fringed",
        "bead": "beaded, beading",
        "hood": "hooded",
        "collar": "collared",
        "pocket": "pocketed",
        "bow": "bow knot",
        "rivet": "stud, studded, studs",
        "tassel": "tasseled, tasselled",
        "sleeve": "sleeved",
    }
)

COLOUR_WORDS = _words(
    {
        "grey": "gray, charcoal",
        "gray": "grey",
        "purple": "violet, lilac, mauve, aubergine",
        "red": "scarlet, crimson, ruby, cherry",
        "burgundy": "maroon, wine, bordeaux, oxblood",
        "maroon": "burgundy, wine, bordeaux",
        "blue": "cobalt, azure, indigo, denim blue",
        "navy": "navy blue, dark blue, midnight blue",
        "green": "emerald, lime, mint",
        "olive": "khaki green, army green",
        "khaki": "olive green",
        "teal": "petrol",
        "turquoise": "aqua, cyan",
        "pink": "rose, fuchsia, magenta, blush, salmon",
        "orange": "rust, apricot, tangerine, coral",
        "yellow": "mustard, lemon",
        "gold": "golden",
        "silver": "silvery",
        "beige": "tan, camel, sand, nude, taupe",
        "cream": "ivory, ecru, off white, off-white",
        "white": "ivory, off white, off-white",
        "brown": "chocolate, cognac, chestnut",
        "black": "jet black, jet",
    }
)
