"""What draws the page of evaluation."""
