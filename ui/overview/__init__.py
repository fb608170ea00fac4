"""Drawing of the overview."""
