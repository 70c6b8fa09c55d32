import pytest

pytest.importorskip("httpx", reason="the client needs the extra serve")
pytest.importorskip("pydantic", reason="the client needs the extra serve")
