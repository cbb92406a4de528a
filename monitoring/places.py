from accounts.places import chosen, narrowed

__all__ = ["chosen", "narrowed"]
