"""Bias: how high a film is rated, once it is known how high its raters rate."""

from recommender.models.star_predictor import StarPredictor


class BiasRecommender(StarPredictor):
    """User and film biases only: the baseline that a model of taste has to beat in stars."""

    label = "Bias"
    description = "Shows everyone the films rated above what their raters give on average."
    explains = False
