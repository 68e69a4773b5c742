"""Papers that are printed from a household's and a building's page."""

from flask import Response
from flask_login import current_user

from blueprints.households import blueprint, queries
from blueprints.households.access import households_visible_to
from blueprints.households.building_map import building_map
from blueprints.households.estate_routes import legend, visible_building
from blueprints.households.models import Household
from blueprints.households.printing import printed_map, visit_form
from core.access import one_or_404
from core.i18n import speaking
from core.sending import pdf_answer


@blueprint.get("/households/<int:household_id>/visit-form.pdf")
def visit_form_pdf(household_id: int) -> Response:
    """Print a blank 走访登记单 for this household."""
    visible = households_visible_to(current_user).where(Household.id == household_id)
    household = one_or_404(queries.in_full(visible))
    return pdf_answer(visit_form(household), "走访登记单")


@blueprint.get("/buildings/<int:building_id>/map.pdf")
def building_map_pdf(building_id: int) -> Response:
    """Print the 楼栋图 as it stands today, without names."""
    found = one_or_404(visible_building(building_id))
    with speaking("zh_Hans_CN"):
        printed = printed_map(found, building_map(found), legend())
    return pdf_answer(printed, f"楼栋图-{found.name}")
