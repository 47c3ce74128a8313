"""Douban: Chinese headers, several titles in a cell, five stars."""

from dashboard.rating_files.rating_scales import FIVE
from dashboard.rating_files.table_layouts import TableLayout, having

DOUBAN = TableLayout("Douban", having("标题", "个人评分"), FIVE)
