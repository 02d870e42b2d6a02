"""The project's own benchmark: builds, weight of a page, and what a throttled phone sees."""
