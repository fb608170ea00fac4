"""What draws the page of fine-tuning."""
