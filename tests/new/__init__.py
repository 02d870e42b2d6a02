"""Sites made by `make new`, and what becomes of them when the engine goes on."""
