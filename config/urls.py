"""All addresses: one line for each door."""

from django.urls import include, path

urlpatterns = [
    path("", include("doudi.gate.urls")),
    path("desk/", include("doudi.desk.urls")),
    path("agency/", include("doudi.agency.urls")),
    path("audit/", include("doudi.inspection.urls")),
    path("", include("doudi.portal.urls")),
    path("ui/", include("doudi.ui.urls")),
]
