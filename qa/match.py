"""Whether an index was built as it is read."""

from __future__ import annotations

from index.build import settings_of_this_version
from index.encode import Encoder
from index.errors import IndexMismatch
from index.store_protocol import OpenGeneration


def check_match(generation: OpenGeneration, encoder: Encoder) -> None:
    """Check that this version, with this encoder, builds indexes as that of the generation was built.

    Raises:
        IndexMismatch: it does not; the message names the field and both values.
    """
    manifest = generation.manifest
    pairs = {
        "fingerprint": (manifest.fingerprint, encoder.fingerprint),
        "dim": (manifest.dim, encoder.dim),
        "query_prefix": (manifest.query_prefix, encoder.query_prefix),
        "passage_prefix": (manifest.passage_prefix, encoder.passage_prefix),
        **{name: (manifest.settings.get(name), value) for name, value in settings_of_this_version().items()},
    }
    for field, (stored, present) in pairs.items():
        if stored != present:
            raise IndexMismatch(
                f"{generation.place}: {field} is {stored!r} in the index, {present!r} here; run `hoidap index` again"
            )
