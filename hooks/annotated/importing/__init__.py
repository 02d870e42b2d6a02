"""A file of notes becomes records, and follows the file when it changes: for authors only."""
