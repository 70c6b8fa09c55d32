"""Answers as OpenAPI shows them."""

from typing import Any

__all__ = ["FOUND", "READING"]

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

FOUND: dict[str, Any] = {
    "photo": {"name": "look.jpg", "width": 600, "height": 900, "kind": "street"},
    "answers": [
        {
            "query": {
                "number": 1,
                "garment_id": None,
                "picture": None,
                "box": [180.0, 160.0, 420.0, 680.0],
                "category": "dress",
                "score": 0.93,
                "attributes": ["plain"],
                "parts": ["sleeve"],
                "colours": [{"name": "navy", "hex": "#1b2a49", "lab": [17.4, 3.1, -20.6], "share": 0.88}],
            },
            "asked": "like the dress, but longer",
            "notes": [],
            "results": [
                {
                    "rank": 1,
                    "relevance": 0.71,
                    "similarity": 0.83,
                    "parts_similarity": {"shape": 0.79, "pattern": 0.88, "colour": 0.82},
                    "wishes": {"longer": 0.86},
                    "same_picture": False,
                    "copies": 0,
                    "garment": {
                        "garment_id": "05f09429021ea0cf-0",
                        "photo": "15970.jpg",
                        "picture": "/v1/garments/05f09429021ea0cf-0/picture",
                        "box": [120.0, 64.5, 388.0, 710.0],
                        "category": "dress",
                        "score": 0.94,
                        "attributes": ["maxi (length)"],
                        "parts": ["sleeve", "neckline"],
                        "colours": [
                            {"name": "navy", "hex": "#1b2450", "lab": [16.4, 12.1, -27.6], "share": 0.71}
                        ],
                        "seen_at": None,
                        "source": "shop",
                        "own": {"brand": "Example", "price": 59.9},
                    },
                }
            ],
        }
    ],
    "milliseconds": 240.1,
}
"""Of ``POST /v1/search``."""
