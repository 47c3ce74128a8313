"""Blend: the encoder, and opinions on it that it lacks."""

from recommender.models.blend.blend import BlendRecommender

__all__ = ["BlendRecommender"]
