"""Durable work: what pages submit, what the worker runs, who keeps both alive."""
