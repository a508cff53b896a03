"""Addresses of the residents' portal."""

from django.urls import path

from doudi.portal.views import home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("track/sign-in/", home.home, name="sign_in"),
]
