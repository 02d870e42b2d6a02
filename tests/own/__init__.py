"""This site, built as it is published and read back: what a reader gets must hold."""
