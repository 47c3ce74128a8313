"""Every recommender by its key. A new one is a module here and a line in MODELS."""

from recommender.models.als import ALSRecommender
from recommender.models.base import Recommender
from recommender.models.bayesian_fm import BayesianFMRecommender
from recommender.models.bias import BiasRecommender
from recommender.models.blend import BlendRecommender
from recommender.models.content import ContentRecommender
from recommender.models.ease import EASERecommender
from recommender.models.encoder import EncoderRecommender
from recommender.models.implicit_als import ImplicitALSRecommender
from recommender.models.item_cosine import ItemCosineRecommender
from recommender.models.knn import KNNRecommender
from recommender.models.neural_mf import NeuralMFRecommender
from recommender.models.nmf import NMFRecommender
from recommender.models.popularity import PopularityRecommender
from recommender.models.spark_als import SparkALSRecommender
from recommender.models.stack import StackRecommender
from recommender.models.svd import SVDRecommender
from recommender.models.user_cosine import UserCosineRecommender
from recommender.models.weighted_score import WeightedScoreRecommender

MODELS: dict[str, type[Recommender]] = {
    "popularity": PopularityRecommender,
    "weighted-score": WeightedScoreRecommender,
    "bias": BiasRecommender,
    "nmf": NMFRecommender,
    "user-cosine": UserCosineRecommender,
    "item-cosine": ItemCosineRecommender,
    "knn": KNNRecommender,
    "svd": SVDRecommender,
    "als": ALSRecommender,
    "spark-als": SparkALSRecommender,
    "implicit-als": ImplicitALSRecommender,
    "bayesian-fm": BayesianFMRecommender,
    "stack": StackRecommender,
    "neural-mf": NeuralMFRecommender,
    "content": ContentRecommender,
    "ease": EASERecommender,
    "encoder": EncoderRecommender,
    "blend": BlendRecommender,
}

# The best for visitors, by measurement (benchmarks/RESULTS.md). It takes a while to train; until
# then, and where it can't be, the first of the others that is there answers.
DEFAULT_MODEL = "blend"
STAND_INS = ("user-cosine", "nmf", "popularity")
