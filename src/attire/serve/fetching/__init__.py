"""Photos fetched from where a client says, from public addresses alone."""

from attire.serve.fetching.addresses import is_public
from attire.serve.fetching.fetcher import Fetcher
from attire.serve.fetching.network import PublicNetwork, Refused, Resolve

__all__ = ["Fetcher", "PublicNetwork", "Refused", "Resolve", "is_public"]
