"""EASE learned without Spark, in a process whose time and memory are seen from outside.

python -m benchmarks.spark.local_ease FOLDER
"""

import sys
from pathlib import Path

from recommender.models.ease import EASERecommender
from recommender.serving import artifacts
from recommender.serving.ratings import stored_matrix

if __name__ == "__main__":
    artifacts.save(EASERecommender().fit(stored_matrix()), Path(sys.argv[1]))
