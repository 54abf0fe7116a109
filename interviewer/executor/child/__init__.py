"""What runs in the candidate's process. Standard library and NumPy only: these files are loaded
by path there, without the rest of the package. The wire format is shared with the trusted side.
"""
