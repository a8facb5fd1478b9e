"""Jobs: what the scheduler runs, each safe to run twice."""
