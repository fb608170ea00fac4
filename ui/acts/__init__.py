"""Drawing of acts: their list, one act, the run of an extraction."""
