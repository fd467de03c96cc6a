"""From tables to the dataset folder that `datasets.load_dataset` opens."""
