"""Learning from the user's own data: the encoder tuned, few labels, a ranker from events, what each brings."""
