from django.urls import path

from assistance.social import act_views as acts
from assistance.social import public_views as public
from assistance.social import views

urlpatterns = [
    path("give/", public.needs, name="give"),
    path("give/offer/", public.offer, name="give_offer"),
    path("give/done/", public.done, name="give_done"),
    path("give/state/", public.state, name="give_state"),
    path("give/<uuid:public_id>/", public.offer_for_need, name="give_need"),
    path("households/<int:pk>/needs/new/", views.new_need, name="social_need_new"),
    path("social/", views.needs, name="social_needs"),
    path("social/offers/", views.offers, name="social_offers"),
    path("social/offers/<int:pk>/", views.offer, name="social_offer"),
    path("social/offers/<int:pk>/phone/", views.offer_phone, name="social_offer_phone"),
    path("social/offers/<int:pk>/accept/", acts.accept, name="social_offer_accept"),
    path("social/offers/<int:pk>/refuse/", acts.refuse, name="social_offer_refuse"),
    path("social/offers/<int:pk>/close/", acts.close_offer, name="social_offer_close"),
    path("social/<int:pk>/", views.need, name="social_need"),
    path("social/<int:pk>/publish/", acts.publish, name="social_publish"),
    path("social/<int:pk>/close/", acts.close_need, name="social_close"),
    path("social/<int:pk>/match/<int:offer>/", acts.match, name="social_match"),
    path("social/matches/<int:pk>/deliver/", acts.deliver, name="social_deliver"),
    path("social/matches/<int:pk>/give-up/", acts.give_up, name="social_give_up"),
    path("social/matches/<int:pk>/answer/", acts.answer, name="social_answer"),
    path("social/deliveries/<int:pk>/photo/", views.photo, name="social_photo"),
]
