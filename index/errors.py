"""Every error hoidap raises on purpose. One base to catch; a message names cause and remedy.

HoidapError
├── InputError             a path, a file or an argument that cannot be used
│   └── UnreadableFile     one file that cannot become an article; a build lists it and goes on
├── ModelError             a model that cannot be loaded or does not do what it should
└── StoreError           the index on disk
    ├── IndexMissing       there is none yet
    ├── IndexMismatch      built with another format, model or setting
    ├── IndexDamaged       a file of it is missing or broken
    ├── IndexLocked        another process is building
    └── StoreUnavailable   the server that keeps it does not answer
"""


class HoidapError(Exception):
    """Base of all errors of this project."""


class InputError(HoidapError):
    """A path, a file or an argument that cannot be used."""


class UnreadableFile(InputError):
    """One file that cannot become an article; its message is the reason, in one line."""


class ModelError(HoidapError):
    """A model that cannot be loaded or does not do what it should."""


class StoreError(HoidapError):
    """Something is wrong with the index on disk."""


class IndexMissing(StoreError):
    """There is no index at this place yet."""


class IndexMismatch(StoreError):
    """The index was built with another format, model or setting than the one asked for."""


class IndexDamaged(StoreError):
    """A file of the index is missing or broken."""


class IndexLocked(StoreError):
    """Another process is building this index."""


class StoreUnavailable(StoreError):
    """The server that keeps the index does not answer."""
