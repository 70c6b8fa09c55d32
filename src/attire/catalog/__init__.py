"""One table with a row per garment; search, recommendations and trends are three questions to it."""

import os

# Lost races are tried again and said where that does not help; Lance would print each of them on stderr.
for _name in ("LANCE_LOG", "LANCEDB_LOG"):
    os.environ.setdefault(_name, "error")
