"""Names of organisations that are misprinted are found; names of other organisations are left alone."""

from __future__ import annotations

import pytest

from almoner.pipeline.extract.findings.organisations import may_name, near_misses
from almoner.pipeline.lines import glance
from tests.pipeline.readings import HELPLINE, SURVEY, dated_item

MISPRINTED = """
South Wale Poilce|South Wales Police
Ofstead|Ofsted
Ofsed|Ofsted
Offsted|Ofsted
Deparment for Education|Department for Education
Department for Eduction|Department for Education
Departmnet for Education|Department for Education
Department of Transport|Department for Transport
Department for Work and Pension|Department for Work and Pensions
Department of Work and Pensions|Department for Work and Pensions
Home Ofice|Home Office
Home Offce|Home Office
Ministry for Justice|Ministry of Justice
Minstry of Justice|Ministry of Justice
Ministry of Jusitce|Ministry of Justice
Cabinet Offcie|Cabinet Office
Welsh Goverment|Welsh Government
Scottish Governement|Scottish Government
Care Quality Comission|Care Quality Commission
Care Qualtiy Commission|Care Quality Commission
Charity Commision|Charity Commission
Charity Comission|Charity Commission
Crown Prosecuton Service|Crown Prosecution Service
Crown Prosectuion Service|Crown Prosecution Service
National Crime Agancy|National Crime Agency
Natinal Crime Agency|National Crime Agency
National Crime Angency|National Crime Agency
National Police Chief Council|National Police Chiefs' Council
National Polcie Chiefs' Council|National Police Chiefs' Council
College of Polcing|College of Policing
Disclosure and Baring Servcie|Disclosure and Barring Service
Disclosure and Barring Serivce|Disclosure and Barring Service
Information Commisioner's Office|Information Commissioner's Office
Information Comissioner’s Office|Information Commissioner's Office
Internet Wacth Foundation|Internet Watch Foundation
Internet Watch Fundation|Internet Watch Foundation
Barnado's|Barnardo's
Bernardo’s|Barnardo's
Childine|Childline
Samartians|Samaritans
Crimstoppers|Crimestoppers
Girlguidng|Girlguiding
Youth Justice Borad|Youth Justice Board
Action for Chldren|Action for Children
Save the Childern|Save the Children
Equality and Human Rigths Commission|Equality and Human Rights Commission
Health and Safety Executve|Health and Safety Executive
Social Care Institue for Excellence|Social Care Institute for Excellence
Local Goverment Association|Local Government Association
Office of National Statistics|Office for National Statistics
Police Sctoland|Police Scotland
Kent Poilce|Kent Police
Greater Manchster Police|Greater Manchester Police
Thames Vally Police|Thames Valley Police
West Midland Police|West Midlands Police
Metropolitan Poilce|Metropolitan Police
Avon and Somerest Police|Avon and Somerset Police
Lincolnshire County Counci|Lincolnshire County Council
Wolverhamton City Council|Wolverhampton City Council
Birmingham City Concil|Birmingham City Council
Nottinghamshire County Counicl|Nottinghamshire County Council
Anti-Slavery Interntional|Anti-Slavery International
Child Exploitation and Online Protecton Command|Child Exploitation and Online Protection Command
"""
TRUE = [tuple(line.split("|")) for line in MISPRINTED.strip().splitlines()]

OTHERS = """
West Wales Police Museum|NSPCA|Kent Polish Society|Offshore Energies UK|Orsted|Home Stores|House Office Supplies
Departure Lounge|Department for Digital Education Studies|Department of Social Policy|Department of Economics
Ministry of Sound|Cabinet Makers|Welsh Rugby Union|Scottish Widows|Care Quality Matters|Chariot Commission
Crown Commercial Service|Crown Estate|National Crime Museum|National Grid|National Trust|National Rail
Police Federation|Police Mutual|Police Now|Dover Police Choir|College of Podiatry|College of Optometrists
Disclosure Records Bureau|Information Technology Office|Internet Archive|Barnards|Barnard Castle|Barnardo Court
Chidlow|Childwall|Childwise|Good Samaritan|Crimewatch|Guides Cymru|Youth Sport Trust|Youth Music|Youth Hostels Association
Action for Blind People|Save the Rhino|Equality Trust|Health Foundation|Social Finance|Local Trust|Office Depot
Thames Water Police Liaison|Thames Valley Partnership|West Midlands Trains|West Ham United|Metropolitan Tabernacle
Avon and Somerset Cricket|Lincolnshire Co-operative|Wolverhampton Wanderers|Birmingham City Football Club
Nottingham Forest|Greater Manchester Ringway|Greater London Authority|Devon County Show|Kent County Show|Kent Wildlife Trust
Church of Ireland|Church Army|Mental Health First Aid|Safer Recruitment Partners|Police and Crime Panel
Lullaby Lane|Rugby Football League|Sport Relief|Essex Boys|Sussex Downs College|City of London Sinfonia
Society of Friends|National Education Museum|National Association of Head Gardeners|Ministry of Agriculture
"""
FALSE = [name for line in OTHERS.strip().splitlines() for name in line.split("|")]


@pytest.mark.parametrize(("printed", "meant"), TRUE)
def test_misprinted_name_is_found(printed: str, meant: str) -> None:
    misses = list(near_misses(f"A spokesperson for {printed} said on Monday that the plan would go ahead."))
    assert [found for found, _ in misses] == [printed]
    assert misses[0][1] == meant


@pytest.mark.parametrize(("printed", "meant"), TRUE)
def test_first_glance_never_hides_a_misprinted_name(printed: str, meant: str) -> None:
    assert may_name(glance.seen(f"A spokesperson for {printed} said so."))


@pytest.mark.parametrize(
    "text", ["A spokesperson said so on Monday.", "Robin Sample v. Thistle Ltd, 24-1126", ""]
)
def test_first_glance_passes_over_what_names_no_body(text: str) -> None:
    assert not may_name(glance.seen(text))


@pytest.mark.parametrize("name", FALSE)
def test_name_of_another_organisation_is_left_alone(name: str) -> None:
    assert list(near_misses(f"A spokesperson for {name} said on Monday that the plan would go ahead.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Department for Education and Home Office, with Ofsted",
        "The US Department of Education and the Irish Department of Transport",
        "HOME OFFICE AND OFSTED PUBLISH PLAN",
        "Robin Sample of Barnardo’s",
    ],
)
def test_known_and_foreign_names_are_left_alone(text: str) -> None:
    assert list(near_misses(text)) == []


def test_another_ending_is_a_slip_beside_the_right_abbreviation() -> None:
    assert list(near_misses("The Teacher Regulation Agency (TRA) sat.")) == [
        ("Teacher Regulation Agency", "Teaching Regulation Agency")
    ]
    assert list(near_misses("The Teacher Regulation Agency sat.")) == []


def test_near_miss_is_found_once_and_at_its_place() -> None:
    item = dated_item(f"{HELPLINE}\n\nOfstead came twice.\n\n{SURVEY} Ofstead wrote.")
    found = [each for each in item.findings if each.code == "organisation_unknown"]
    assert [each.place.first_line for each in found] == [7]
    assert "Ofstead" in found[0].message
    assert "“Ofsted”" in found[0].message


def test_credit_that_is_nearly_a_known_name_is_found() -> None:
    line = "Source: South Wale Poilce published on this website Monday 3 March 2025 by Alice Poole"
    item = dated_item(f"{HELPLINE}\n\n{SURVEY}", line=line)
    assert [each.code for each in item.findings] == ["organisation_unknown"]
