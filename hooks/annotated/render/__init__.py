"""Rendering: a record becomes HTML for the page and Markdown for everything else."""
