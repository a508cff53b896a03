"""Addresses of the departments' door."""

from django.urls import path

from doudi.agency.views import catalogue, clerks, deliveries, home, machine, problems, requests, use

app_name = "agency"
urlpatterns = [
    path("", home.home, name="home"),
    path("items/<str:code>/", home.item, name="item"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<uuid:upload_id>/", deliveries.receipt, name="receipt"),
    path("deliveries/<uuid:upload_id>/mend/", deliveries.mend, name="mend"),
    path("problems/", problems.problems, name="problems"),
    path("problems/<uuid:problem_id>/", problems.problem, name="problem"),
    path("use/", use.use, name="use"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<str:code>/", catalogue.contract_page, name="contract"),
    path("catalogue/<str:code>/<str:form>/", catalogue.template, name="template"),
    path("api/deliver", machine.deliver, name="machine"),
    path("api/deliveries/<uuid:upload_id>/", machine.receipt, name="machine_receipt"),
    path("requests/", requests.requests, name="requests"),
    path("requests/table/", requests.table, name="asked_table"),
    path("requests/<uuid:ask_id>/", requests.batch, name="batch"),
    path("answers/<uuid:answer_id>/", requests.answer, name="answer"),
    path("clerks/", clerks.clerks, name="clerks"),
]
