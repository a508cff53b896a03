"""Addresses of the departments' door."""

from django.urls import path

from doudi.agency.views import catalogue, clerks, deliveries, home, machine, use

app_name = "agency"
urlpatterns = [
    path("", home.home, name="home"),
    path("items/<str:code>/", home.item, name="item"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:upload_id>/", deliveries.receipt, name="receipt"),
    path("deliveries/<uuid:upload_id>/mend/", deliveries.mend, name="mend"),
    path("use/", use.use, name="use"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<str:code>/", catalogue.contract_page, name="contract"),
    path("catalogue/<str:code>/<str:form>/", catalogue.template, name="template"),
    path("api/deliveries/", machine.deliver, name="machine"),
    path("api/deliveries/<uuid:upload_id>/", machine.receipt, name="machine_receipt"),
    path("clerks/", clerks.clerks, name="clerks"),
]
