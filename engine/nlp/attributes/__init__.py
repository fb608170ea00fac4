"""Attributes of elements by rule, as the extraction schema asks for them."""
