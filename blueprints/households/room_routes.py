"""Pages of one room: the sheet on the map, its state, and special room numbers."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households import blueprint, estate_queries, queries
from blueprints.households.access import (
    buildings_visible_to,
    can_add_household,
    can_change_room,
    can_register_estates,
    rooms_visible_to,
)
from blueprints.households.estate_actions import NameTaken, add_room, change_room, remove_room
from blueprints.households.estate_forms import NewRoomForm, RoomForm, RoomStateForm
from blueprints.households.models import Building, Room
from core.access import MANAGER, SECRETARY, allow, one_or_404, roles_required
from core.db import db
from core.htmx import fragment, see_other, wants_fragment

office_only = roles_required(SECRETARY, MANAGER)


@blueprint.get("/rooms/<int:room_id>")
def room(room_id: int) -> ResponseReturnValue:
    """Show who lives in a room, as far as one may know it, and what can be done next."""
    found = visible_room(room_id)
    template = "_room.html" if wants_fragment() else "room.html"
    return render_template(f"households/{template}", **about(found))


def visible_room(room_id: int) -> Room:
    return one_or_404(
        estate_queries.with_place(rooms_visible_to(current_user).where(Room.id == room_id))
    )


def about(found: Room) -> dict[str, object]:
    """Return what the sheet of a room shows."""
    return {
        "room": found,
        "homes": queries.homes_in(current_user, found),
        "form": RoomStateForm(obj=found) if can_change_room(current_user, found) else None,
        "may_add": can_add_household(current_user),
        "may_register": can_register_estates(current_user),
    }


@blueprint.post("/rooms/<int:room_id>/state")
def change_state(room_id: int) -> ResponseReturnValue:
    """Say that a room is lived in, empty, or wants no visits."""
    found = visible_room(room_id)
    allow(can_change_room(current_user, found))
    form = RoomStateForm()
    if not form.validate_on_submit():
        return render_template("households/room.html", **about(found) | {"form": form}), 422
    form.require_fresh(found)
    found.state = form.state.data
    db.session.flush()
    location = url_for("households.building_map", building_id=found.unit.building_id)
    answer = fragment("households/_room.html", location=location, **about(found))
    db.session.commit()
    return answer


@blueprint.route("/buildings/<int:building_id>/rooms/new", methods=["GET", "POST"])
@office_only
def new_room(building_id: int) -> ResponseReturnValue:
    """Add a room that the regular pattern does not have."""
    visible = buildings_visible_to(current_user).where(Building.id == building_id)
    building = one_or_404(estate_queries.with_estate(visible))
    form = NewRoomForm()
    if not form.validate_on_submit():
        return room_page(form, building)
    try:
        add_room(building, form.unit.data, form.number.data, form.floor.data)
    except NameTaken as error:
        form.number.errors = [str(error)]
        return room_page(form, building)
    answer = see_other(url_for("households.building_map", building_id=building.id))
    db.session.commit()
    flash(_("加上了。"), "ok")
    return answer


def room_page(
    form: NewRoomForm | RoomForm, building: Building, room: Room | None = None
) -> ResponseReturnValue:
    page = render_template("households/room_form.html", form=form, building=building, room=room)
    return page, 422 if form.errors else 200


@blueprint.route("/rooms/<int:room_id>/edit", methods=["GET", "POST"])
@office_only
def edit_room(room_id: int) -> ResponseReturnValue:
    """Change a room's number or floor."""
    found = visible_room(room_id)
    form = RoomForm(obj=found)
    building = found.unit.building
    if not form.validate_on_submit():
        return room_page(form, building, found)
    form.require_fresh(found)
    try:
        change_room(found, form.number.data, form.floor.data)
    except NameTaken as error:
        form.number.errors = [str(error)]
        return room_page(form, building, found)
    answer = see_other(url_for("households.building_map", building_id=building.id))
    db.session.commit()
    return answer


@blueprint.post("/rooms/<int:room_id>/removal")
@office_only
def delete_room(room_id: int) -> ResponseReturnValue:
    """Delete a room that was registered by mistake."""
    found = visible_room(room_id)
    answer = see_other(url_for("households.building_map", building_id=found.unit.building_id))
    remove_room(found)
    db.session.commit()
    return answer
