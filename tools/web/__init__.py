"""What tests and tools share to look at pages: a browser, and a server of built sites."""
