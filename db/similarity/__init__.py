"""Who rates like whom: packed ratings of every user, and bounds on how many they have."""
