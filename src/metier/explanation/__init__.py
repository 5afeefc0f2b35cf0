"""A match to reasons, each tied to a line of the resume and of the job."""
