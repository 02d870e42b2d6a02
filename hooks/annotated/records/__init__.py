"""Records: YAML with its places, the models, and the pages that authors write."""
