"""The page of all components, for whoever draws pages."""

from django.urls import path

from doudi.ui import gallery

app_name = "ui"
urlpatterns = [path("", gallery.gallery, name="gallery")]
