"""Deputies: an absent officer's post, held for some days by an officer who may stand in."""


def persons_behind(post):
    """Ids of the officers who act when ``post`` acts: a deputy's acts are the absent one's too."""
    return {post.officer_id, post.holder_id}
