"""Addresses of the desk."""

from django.urls import path

from doudi.desk.views import (
    act,
    assess,
    case,
    checks,
    gatherings,
    papers,
    prints,
    redress,
    reveal,
    rolls,
    staff,
    urgent,
    witness,
    worklist,
)

app_name = "desk"
CASE = "cases/<uuid:case_id>/"
STAFF = "staff/<uuid:staff_id>/"
urlpatterns = [
    path("", worklist.home, name="home"),
    path(CASE, case.case, name="case"),
    path(CASE + "assess/", assess.calculation, name="case_assess"),
    path(CASE + "notice/", prints.notice, name="case_notice"),
    path(CASE + "print/<str:form>.pdf", prints.pdf, name="case_print"),
    path(CASE + "reveal/", reveal.reveal, name="reveal"),
    path(CASE + "adopt/", act.adopt, name="case_adopt"),
    path(CASE + "ask-again/", checks.ask_department, name="case_ask_again"),
    path(CASE + "witness/", witness.witness, name="case_witness"),
    path(CASE + "papers/<uuid:paper_id>/", papers.paper, name="case_paper"),
    path(CASE + "act/<str:verb>/", act.act, name="case_act"),
    path(CASE + "objections/<uuid:objection_id>/", redress.contact, name="objection_contact"),
    path("redress/", redress.redress, name="redress"),
    path("redress/appeals/<uuid:appeal_id>/", redress.appeal, name="appeal"),
    path("redress/complaints/<uuid:complaint_id>/", redress.complaint, name="complaint"),
    path("redress/complaints/<uuid:complaint_id>/who/", redress.complainer, name="complainer"),
    path("changes/", redress.changes, name="changes"),
    path("changes/<uuid:change_id>/", redress.change, name="change"),
    path("changes/<uuid:change_id>/details/", redress.change_details, name="change_details"),
    path("urgent/", urgent.urgent, name="urgent"),
    path("urgent/new/", urgent.urgent_new, name="urgent_new"),
    path("urgent/lists/", gatherings.gatherings, name="urgent_gatherings"),
    path("urgent/lists/<uuid:gathering_id>/", gatherings.gathering, name="urgent_gathering"),
    path("urgent/roster/", urgent.urgent_roster, name="urgent_roster"),
    path("urgent/roster/<uuid:shift_id>/drop/", urgent.urgent_drop, name="urgent_drop"),
    path("urgent/<uuid:call_id>/", urgent.urgent_call, name="urgent_call"),
    path("urgent/<uuid:call_id>/contact/", urgent.urgent_contact, name="urgent_contact"),
    path("urgent/<uuid:call_id>/act/<str:verb>/", urgent.urgent_act, name="urgent_act"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/<uuid:roll_id>/", rolls.roll, name="roll"),
    path("rolls/<uuid:roll_id>/<str:verb>/", rolls.roll_act, name="roll_act"),
    path("staff/", staff.everyone, name="staff"),
    path("staff/add/", staff.add, name="staff_add"),
    path("staff/import/", staff.take_sheet, name="staff_import"),
    path("staff/template.xlsx", staff.template, name="staff_template"),
    path(STAFF, staff.person, name="staff_person"),
    path(STAFF + "<str:verb>/", staff.change, name="staff_change"),
]
