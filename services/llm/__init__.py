"""The one place that talks to a model provider: clients, errors, prices, usage of every call."""
