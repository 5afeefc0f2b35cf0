"""The service: REST under `/v1`, live lists, saved searches; many processes on one catalog."""
