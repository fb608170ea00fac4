"""One text through two models, side by side."""
