from feeds.models.rows import FeedRow
from feeds.models.uploads import FeedMapping, FeedTrouble, FeedUpload, UploadState

__all__ = ["FeedMapping", "FeedRow", "FeedTrouble", "FeedUpload", "UploadState"]
