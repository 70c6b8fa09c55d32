"""One table with a row per garment; search, recommendations and trends are three questions to it."""
