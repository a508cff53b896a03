"""Addresses of the auditor's door."""

from django.urls import path

from doudi.inspection.views import access, doubts, home, replay, sample

app_name = "inspection"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("cases/<uuid:case_id>/", replay.replay, name="replay"),
    path("cases/<uuid:case_id>/pack/", replay.pack, name="pack"),
    path("access/", access.access, name="access"),
    path("doubts/", doubts.doubts, name="doubts"),
    path("sample/", sample.sample, name="sample"),
]
