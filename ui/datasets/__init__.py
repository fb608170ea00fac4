"""What draws the page of datasets."""
