"""Commands: `python scripts/NAME.py`, thin over the services."""
