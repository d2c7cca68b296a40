"""Training small translation packages; torch is imported only inside."""
