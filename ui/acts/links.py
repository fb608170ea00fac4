"""What a page's link names."""

import streamlit as st

_LARGEST = 2**31 - 1


def wanted(name: str) -> int | None:
    """The id that the link gives under this name; None where it gives none.

    A number no database column can hold stands for the largest one, which no row has.
    """
    given = st.query_params.get(name, "")
    return min(int(given), _LARGEST) if given.isascii() and given.isdigit() else None
