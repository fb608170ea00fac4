"""HTTP: one module a resource, each with the list of its routes."""
