"""What each paper says and how it looks, one paper or family of papers per file.

A drawing function takes a content and returns the pages. It reaches no database: the
foundations import no room.
"""
