"""What an administrator sets in the browser instead of a terminal."""
