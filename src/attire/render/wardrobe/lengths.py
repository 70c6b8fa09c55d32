"""Where hems fall, and how much room a garment leaves."""

__all__ = ["EASE", "HEM"]

HEM = {
    "above-the-hip (length)": 73.0, "hip (length)": 84.0, "micro (length)": 93.5, "mini (length)": 104.0,
    "above-the-knee (length)": 114.5, "knee (length)": 124.0, "below the knee (length)": 132.5, "midi": 142.0,
    "maxi (length)": 156.0, "floor (length)": 167.5,
}  # fmt: skip
"""Height of the hem of each length, centimetres below the crown of a body of 170 cm."""

EASE = {"tight (fit)": 0.4, "curved (fit)": 1.0, "regular (fit)": 2.2, "loose (fit)": 5.0, "oversized": 8.5}
"""Centimetres that a fit adds to half the body's width."""
