"""Drawing of the settings."""
