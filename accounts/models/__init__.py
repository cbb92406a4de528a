from accounts.models.divisions import Division
from accounts.models.logs import Reveal
from accounts.models.officers import Officer, Post
from accounts.models.tokens import ApiToken

__all__ = ["ApiToken", "Division", "Officer", "Post", "Reveal"]
