"""Job feeds to cleaned jobs: read, clean, dedupe, find requirements."""
