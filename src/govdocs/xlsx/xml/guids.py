"""Long ids (GUID) of things that come out several times: each copy has one of its own.

They are made from the template's and from where the copy stands, never from chance, so that the
same filling gives the same bytes.
"""

import uuid


def own_guid(guid: str, where: str) -> str:
    """Make the id of a copy, in braces as the template writes it."""
    made = uuid.uuid5(uuid.NAMESPACE_OID, f"{guid.upper()}{where}")
    return f"{{{str(made).upper()}}}"
