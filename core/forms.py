"""Forms: what every one of them carries, and how a stale one is told from a fresh one."""

from collections.abc import Iterator
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from core.choices import offered_by
from core.errors import StaleForm
from core.i18n import listed
from core.kept import restored_formdata
from core.picking import Finding
from core.submissions import new_submission_id

HIDDEN_FIELDS = ("csrf_token", "submission_id", "version")


def tidy(value: str | None) -> str:
    """Trim what was typed; full-width blanks count as blanks."""
    return (value or "").strip().strip("\u3000")


def required(message: str) -> DataRequired:
    """Ask for a field in words that say what is missing."""
    return DataRequired(message=message)


def chosen(message: str) -> InputRequired:
    """Ask for a choice in words that say what is missing."""
    return InputRequired(message=message)


class Form(FlaskForm):
    """A form with its submission id. On GET it takes up what an expired login had kept."""

    submission_id = HiddenField(default=new_submission_id)

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            if unbound_field.field_class in (StringField, TextAreaField):
                filters = unbound_field.kwargs.get("filters", [])
                unbound_field.kwargs["filters"] = (
                    [*filters, tidy] if tidy not in filters else filters
                )
            return unbound_field.bind(form=form, **options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            wrapped = super().wrap_formdata(form, formdata)
            if wrapped is None and request.method == "GET":
                return restored_formdata(request.args.get("restore"))
            return wrapped

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Answer whether the form is to be saved; who looks for other choices saves nothing yet."""
        asked = any(isinstance(field, Finding) and field.is_asked for field in self)
        return not asked and super().validate_on_submit(extra_validators)

    def shown_fields(self) -> Iterator[Field]:
        """Return the fields a person fills in."""
        return (field for field in self if field.name not in HIDDEN_FIELDS)


class EditForm(Form):
    """A form over an existing object; it carries the version it was made from."""

    version = HiddenField()

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        if obj is not None and not self.is_submitted():
            # A form that comes back after an expired login keeps the version it was made from.
            self.version.data = str(self.version.data or obj.version)

    def require_fresh(self, obj: Any) -> None:
        """Raise ``StaleForm`` when somebody saved the object after this form was opened."""
        if self.version.data != str(obj.version):
            raise StaleForm(obj.version, list(self.differences(obj)))

    def differences(self, obj: Any) -> Iterator[tuple[str, str, str]]:
        """Return (label, mine, theirs) for each field that differs from what is stored."""
        for field in self.shown_fields():
            theirs = self.stored_value(field, obj)
            if words(field.data) != words(theirs):
                yield field.label.text, self.spoken(field, field.data), self.spoken(field, theirs)

    def stored_value(self, field: Field, obj: Any) -> Any:
        """Return what the object holds for a field; forms with other names override it."""
        return getattr(obj, field.name, None)

    @staticmethod
    def spoken(field: Field, value: Any) -> str:
        """Return a value in the words that the form shows for it."""
        choices = offered_by(field)
        if isinstance(value, list | tuple):
            return words([choices.get(item, item) for item in value])
        return words(choices.get(value, value))


def words(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return str(_l("是"))
    if isinstance(value, list | tuple):
        return listed(value)
    return str(value)
