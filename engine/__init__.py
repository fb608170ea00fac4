"""The embedded engine: OpenAI's wire format over rules and a statistical model, in a process of its own."""

BASE_MODEL = "norma-base-1"
ORGANIZATION = "local"
VERSION = "1.0.0"
