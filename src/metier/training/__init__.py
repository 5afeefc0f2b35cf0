"""Learning from the user's own data: tune the encoder, few labels, and what a run has shown."""
