from django.urls import path

from assistance.points import views

urlpatterns = [
    path("households/<int:pk>/points/", views.of_household, name="household_points"),
    path("households/<int:pk>/points/earn/", views.earn, name="points_earn"),
    path("households/<int:pk>/points/spend/", views.spend, name="points_spend"),
    path("points/", views.points, name="points"),
    path("points/entries/<int:pk>/book-back/", views.back, name="points_back"),
    path("points/shop/", views.shop, name="points_shop"),
    path("points/shop/rules/new/", views.new_rule, name="point_rule_new"),
    path("points/shop/rules/<int:pk>/end/", views.end_rule, name="point_rule_end"),
    path("points/shop/goods/new/", views.new_good, name="shop_good_new"),
    path("points/shop/goods/<int:pk>/put-in/", views.put_in, name="shop_good_put_in"),
    path("points/shop/goods/<int:pk>/close/", views.close_good, name="shop_good_close"),
    path("points/lists/", views.lists, name="points_lists"),
    path("points/lists/new/", views.publish, name="points_publish"),
    path("points/lists/<int:pk>/", views.month_list, name="points_list"),
    path("points/lists/<int:pk>/list.xlsx", views.month_file, name="points_list_file"),
]
