import pytest
from tests.serve.echo import Client, echo_app


@pytest.fixture
def client() -> Client:
    return Client(echo_app())
