"""Publishing: the files that stand beside the pages."""
