"""Encoder: a profile becomes a point, and the point a share of likes for every film."""

from recommender.models.encoder.encoder import EncoderRecommender

__all__ = ["EncoderRecommender"]
