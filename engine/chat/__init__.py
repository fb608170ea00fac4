"""Chat completions: from a request to the JSON of its elements, whole or streamed."""
