"""Written German → sentences → German that a voice can speak."""
