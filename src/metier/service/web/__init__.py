"""The web page: seekers drop a resume and get jobs with reasons, recruiters give a posting and get people, blind."""
