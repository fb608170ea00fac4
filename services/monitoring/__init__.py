"""What the models did and cost, by day and model."""
