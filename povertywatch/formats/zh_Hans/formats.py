"""As it is written on papers: 9月30日, without a leading zero."""

MONTH_DAY_FORMAT = "n月j日"
