"""Blend: candidates of several models, ranked by trees that learned from simulated visitors."""

from recommender.models.blend.blend import BlendRecommender

__all__ = ["BlendRecommender"]
