"""Drawing of the comparison of two models."""
