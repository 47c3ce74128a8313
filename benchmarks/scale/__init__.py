"""Import, charts and recommendations at any number of ratings, beside what one would
pick instead.
"""
