"""Other libraries' models behind our interface: fit, score, and predict where they predict stars.

Each learns and folds in as its library's documentation does it; what it learns from is in its
module. Hyperparameters are the libraries' own or published ones or, where a handful of others did
better for visitors of the sample, those; none was tried on other ratings.
"""
