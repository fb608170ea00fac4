"""What draws: words, frame, layout, text view, tables and charts. Asks nothing of the database."""
