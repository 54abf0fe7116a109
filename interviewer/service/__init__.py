"""The use cases: hold an interview, resume it, branch it, rate it."""
