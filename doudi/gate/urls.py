"""Addresses of the gate."""

from django.urls import path

from doudi.gate.views import account, demo, invitation, language, operations, relatives, sign_in

app_name = "gate"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in.second_factor, name="second_factor"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/relatives/", relatives.relatives, name="relatives"),
    path("account/relatives/for/<uuid:staff_id>/", relatives.relatives_of, name="relatives_of"),
    path("account/relatives/<uuid:relative_id>/end/", relatives.relative_end, name="relative_end"),
    path("invite/<str:token>/", invitation.invitation, name="invitation"),
    path("language/", language.language, name="language"),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
    path("metrics", operations.metrics, name="metrics"),
    path("demo/", demo.home, name="demo_home"),
    path("demo/messages/", demo.messages, name="demo_messages"),
    path("demo/clock/", demo.clock, name="demo_clock"),
]
