"""How far the journey from acts to a compared model has come."""
