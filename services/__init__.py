"""What Norma does, without a word of how it is drawn."""
