from feeds.models.rows import FeedRow
from feeds.models.uploads import CostBefore, FeedMapping, FeedTrouble, FeedUpload, UploadState

__all__ = ["CostBefore", "FeedMapping", "FeedRow", "FeedTrouble", "FeedUpload", "UploadState"]
