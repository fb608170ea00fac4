"""Drawing of usage."""
