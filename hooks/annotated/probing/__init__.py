"""Probes: packages are fetched, looked into, and what is found is told."""
