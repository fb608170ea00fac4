"""Loopback servers that answer as the real services do, so that tests drive the real clients."""
