"""Answers as OpenAPI shows them."""

from typing import Any

__all__ = ["READING"]

READING: dict[str, Any] = {
    "photo": {"name": "look.jpg", "width": 600, "height": 900, "kind": "street"},
    "model": "box 1a2b3c4d",
    "instances": [
        {
            "id": 0,
            "garment": 1,
            "category_id": 10,
            "category": "dress",
            "kind": "garment",
            "score": 0.93,
            "network_score": 0.99,
            "sure": True,
            "bbox": [180.0, 160.0, 240.0, 520.0],
            "area": 81234,
            "segmentation": {"size": [900, 600], "counts": "ZP_4h0lk0"},
            "polygons": None,
            "attributes": [
                {
                    "attribute_id": 61,
                    "name": "plain",
                    "group": "pattern",
                    "probability": 0.91,
                    "holds": True,
                },
            ],
            "colours": [{"name": "navy", "hex": "#1b2a49", "lab": [17.4, 3.1, -20.6], "share": 0.88}],
            "parts": [1],
            "part_of": None,
            "point": [300.5, 410.5],
        },
        {
            "id": 1,
            "garment": None,
            "category_id": 31,
            "category": "sleeve",
            "kind": "part",
            "score": 0.81,
            "network_score": 0.97,
            "sure": True,
            "bbox": [170.0, 170.0, 60.0, 150.0],
            "area": 6021,
            "segmentation": {"size": [900, 600], "counts": "ZP_4h0lk0"},
            "polygons": None,
            "attributes": [],
            "colours": [{"name": "navy", "hex": "#1b2a49", "lab": [17.4, 3.1, -20.6], "share": 1.0}],
            "parts": [],
            "part_of": 0,
            "point": [198.5, 240.5],
        },
    ],
    "milliseconds": 212.4,
}
"""Of ``POST /v1/predict``."""
