"""Addresses of the departments' door."""

from django.urls import path

from doudi.agency.views import deliveries, home, use

app_name = "agency"
urlpatterns = [
    path("", home.home, name="home"),
    path("items/<str:code>/", home.item, name="item"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:upload_id>/", deliveries.receipt, name="receipt"),
    path("deliveries/<uuid:upload_id>/mend/", deliveries.mend, name="mend"),
    path("use/", use.use, name="use"),
]
