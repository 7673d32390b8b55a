"""Script + voice → sound."""
