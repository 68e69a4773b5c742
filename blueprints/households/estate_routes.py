"""Pages of estates and buildings: registering them, and the building map."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, estate_queries
from blueprints.households.access import (
    buildings_visible_to,
    can_import,
    can_register_estates,
    estates_visible_to,
)
from blueprints.households.building_map import building_map as map_of
from blueprints.households.estate_actions import (
    NameTaken,
    add_buildings,
    add_estate,
    remove_building,
    rename_building,
    rename_estate,
)
from blueprints.households.estate_forms import (
    BuildingForm,
    BuildingsForm,
    EditEstateForm,
    EstateForm,
)
from blueprints.households.models import Building, Estate
from blueprints.households.place_choice import first_building, place_choice
from blueprints.households.shapes import building_names
from core.access import (
    MANAGER,
    SECRETARY,
    STUDENT,
    asks_for_preview,
    one_or_404,
    previews,
    roles_required,
)
from core.db import db
from core.htmx import see_other
from core.paging import one_page
from core.settings import setting

# On one page; each tells how many homes it has.
ESTATES = 8

office_only = roles_required(SECRETARY, MANAGER)


@blueprint.get("/estates")
@roles_required(SECRETARY, MANAGER, STUDENT)
def estates() -> ResponseReturnValue:
    """List the estates one may see, with their buildings."""
    page = one_page(estate_queries.estates_by_name(current_user), ESTATES)
    return render_template(
        "households/estates.html",
        estates=page.items,
        page=page,
        sizes=estate_queries.estate_sizes([estate.id for estate in page.items]),
        may_register=can_register_estates(current_user),
    )


@blueprint.route("/estates/new", methods=["GET", "POST"])
@office_only
def new_estate() -> ResponseReturnValue:
    """Register an estate; its buildings come next."""
    form = EstateForm()
    if not form.validate_on_submit():
        return estate_page(form)
    try:
        estate = add_estate(form.name.data)
    except NameTaken as error:
        form.name.errors = [str(error)]
        return estate_page(form)
    answer = see_other(url_for("households.new_buildings", estate_id=estate.id))
    db.session.commit()
    return answer


def estate_page(
    form: EstateForm | EditEstateForm, estate: Estate | None = None
) -> ResponseReturnValue:
    page = render_template("households/estate_form.html", form=form, estate=estate)
    return page, 422 if form.errors else 200


@blueprint.get("/estates/<int:estate_id>")
@roles_required(SECRETARY, MANAGER, STUDENT)
def estate(estate_id: int) -> ResponseReturnValue:
    """Show one estate and its buildings."""
    found = one_or_404(estate_queries.with_buildings(visible_estate(estate_id)))
    return render_template(
        "households/estate.html",
        estate=found,
        households=estate_queries.household_counts([found.id]),
        rooms=estate_queries.room_counts([found.id]),
        may_register=can_register_estates(current_user),
        may_import=can_import(current_user),
    )


def visible_estate(estate_id: int) -> db.Select[tuple[Estate]]:
    return estates_visible_to(current_user).where(Estate.id == estate_id)


@blueprint.route("/estates/<int:estate_id>/edit", methods=["GET", "POST"])
@office_only
def edit_estate(estate_id: int) -> ResponseReturnValue:
    """Give an estate another name."""
    found = one_or_404(visible_estate(estate_id))
    form = EditEstateForm(obj=found)
    if not form.validate_on_submit():
        return estate_page(form, found)
    form.require_fresh(found)
    try:
        rename_estate(found, form.name.data)
    except NameTaken as error:
        form.name.errors = [str(error)]
        return estate_page(form, found)
    answer = see_other(url_for("households.estate", estate_id=found.id))
    db.session.commit()
    return answer


@blueprint.route("/estates/<int:estate_id>/buildings/new", methods=["GET", "POST"])
@office_only
@previews
def new_buildings(estate_id: int) -> ResponseReturnValue:
    """Register buildings that look alike; with ``preview``, only tell what would be made."""
    found = one_or_404(visible_estate(estate_id))
    form = BuildingsForm()
    if asks_for_preview():
        return buildings_page(form, found, previewed=is_complete(form))
    if not form.validate_on_submit():
        return buildings_page(form, found)
    try:
        made = add_buildings(found, building_names(form.names.data), form.shape)
    except NameTaken as error:
        form.names.errors = [str(error)]
        return buildings_page(form, found)
    answer = see_other(url_for("households.estate", estate_id=found.id))
    db.session.commit()
    flash(
        _(
            "登记了 %(buildings)s 栋，共 %(rooms)s 间。",
            buildings=len(made),
            rooms=len(made) * form.shape.room_count,
        ),
        "ok",
    )
    return answer


def is_complete(form: BuildingsForm) -> bool:
    """Answer whether a preview can be told; what is not typed yet is no error for now."""
    complete = form.validate()
    for field in form:
        field.errors = []
    return complete


def buildings_page(
    form: BuildingsForm, estate: Estate, previewed: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "households/buildings_form.html",
        form=form,
        estate=estate,
        names=building_names(form.names.data) if previewed else [],
        shape=form.shape if previewed else None,
    )
    return page, 422 if form.errors else 200


@blueprint.get("/buildings/<int:building_id>")
def building_map(building_id: int) -> ResponseReturnValue:
    """Show the map of one building: each room and how long ago somebody there was met."""
    found = one_or_404(visible_building(building_id))
    return render_template(
        "households/building_map.html",
        building=found,
        map=map_of(found),
        legend=legend(),
        places=place_choice(current_user, found.estate_id, building_id),
        may_register=can_register_estates(current_user),
    )


def legend() -> list[tuple[str, str]]:
    """Return (kind, words) for each way a room can look."""
    recent, old = setting("map_recent_days"), setting("map_old_days")
    return [
        ("new", _("%(days)s 天内见过", days=recent)),
        ("mid", _("%(least)s–%(most)s 天", least=recent + 1, most=old)),
        ("old", _("%(days)s 天以上", days=old)),
        ("none", _("未访")),
        ("away", _("空置、免访")),
        ("pair", _("结对户")),
    ]


def visible_building(building_id: int) -> db.Select[tuple[Building]]:
    visible = buildings_visible_to(current_user).where(Building.id == building_id)
    return estate_queries.with_estate(visible)


@blueprint.get("/buildings")
def choose_building() -> ResponseReturnValue:
    """Lead from the map's chooser to the building chosen there, or to the first one."""
    chosen = request.args.get("building", type=int)
    known = chosen and db.session.scalar(visible_building(chosen)) is not None
    target = chosen if known else first_building(current_user)
    if target is None:
        return render_template(
            "households/no_buildings.html", may_register=can_register_estates(current_user)
        )
    return redirect(url_for("households.building_map", building_id=target))


@blueprint.route("/buildings/<int:building_id>/edit", methods=["GET", "POST"])
@office_only
def edit_building(building_id: int) -> ResponseReturnValue:
    """Give a building another name."""
    found = one_or_404(visible_building(building_id))
    form = BuildingForm(obj=found)
    if not form.validate_on_submit():
        return building_page(form, found)
    form.require_fresh(found)
    try:
        rename_building(found, form.name.data)
    except NameTaken as error:
        form.name.errors = [str(error)]
        return building_page(form, found)
    answer = see_other(url_for("households.building_map", building_id=found.id))
    db.session.commit()
    return answer


def building_page(form: BuildingForm, building: Building) -> ResponseReturnValue:
    page = render_template("households/building_form.html", form=form, building=building)
    return page, 422 if form.errors else 200


@blueprint.post("/buildings/<int:building_id>/removal")
@office_only
def delete_building(building_id: int) -> ResponseReturnValue:
    """Delete a building that was registered by mistake."""
    found = one_or_404(visible_building(building_id))
    answer = see_other(url_for("households.estate", estate_id=found.estate_id))
    remove_building(found)
    db.session.commit()
    return answer
