"""The public network: nothing private is ever dialled."""
