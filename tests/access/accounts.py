"""Who may do what around accounts."""

from tests.access.cases import Case, all_get

managers_only = all_get(403, secretary=200, admin=200)
managers_post = all_get(403, secretary=303, admin=303)
managers_form = all_get(403, secretary=422, admin=422)

CASES = [
    Case("accounts.people", lambda w: "/accounts", managers_only),
    Case("accounts.new_person", lambda w: "/accounts/new", managers_only),
    Case("accounts.new_person", lambda w: "/accounts/new", managers_form, "POST"),
    Case("accounts.person", lambda w: f"/accounts/{w.student.id}", managers_only),
    Case("accounts.edit_person", lambda w: f"/accounts/{w.student.id}/edit", managers_only),
    Case("accounts.edit_person", lambda w: f"/accounts/{w.student.id}/edit", managers_form, "POST"),
    Case(
        "accounts.invite_again",
        lambda w: f"/accounts/{w.student.id}/invitation",
        managers_post,
        "POST",
    ),
    Case(
        "accounts.close_account",
        lambda w: f"/accounts/{w.former_student.id}/closing",
        # The former student's own session would be refused either way.
        managers_post,
        "POST",
    ),
    Case(
        "accounts.reopen_account",
        lambda w: f"/accounts/{w.student.id}/reopening",
        managers_post,
        "POST",
    ),
    # Nobody but a secretary opens or changes a secretary's account; nobody closes their own.
    Case(
        "accounts.edit_person",
        lambda w: f"/accounts/{w.secretary.id}/edit",
        all_get(403, secretary=200),
    ),
    Case(
        "accounts.edit_person",
        lambda w: f"/accounts/{w.secretary.id}/edit",
        all_get(403, secretary=422),
        "POST",
    ),
    *(
        Case(
            f"accounts.{name}",
            lambda w, verb=verb: f"/accounts/{w.secretary.id}/{verb}",
            all_get(403, secretary=secretary),
            "POST",
        )
        for name, verb, secretary in (
            ("invite_again", "invitation", 303),
            ("close_account", "closing", 403),
            ("reopen_account", "reopening", 303),
        )
    ),
    Case("accounts.account", lambda w: "/account", all_get(200)),
    Case("accounts.save_preferences", lambda w: "/account/preferences", all_get(422), "POST"),
    Case("accounts.password", lambda w: "/account/password", all_get(200)),
    Case("accounts.password", lambda w: "/account/password", all_get(422), "POST"),
    Case("accounts.revoke", lambda w: "/account/devices/999/revocation", all_get(404), "POST"),
    Case("accounts.revoke_others", lambda w: "/account/devices/revocation", all_get(303), "POST"),
    Case("accounts.login", lambda w: "/login", all_get(302, nobody=200)),
    Case("accounts.login", lambda w: "/login", all_get(422, nobody=422), "POST"),
    # Without a password that was right a moment ago there is nothing to ask a code for.
    Case("accounts.login_code", lambda w: "/login/code", all_get(303)),
    Case("accounts.login_code", lambda w: "/login/code", all_get(303), "POST"),
    Case("accounts.second_step", lambda w: "/account/second-step", all_get(200)),
    Case("accounts.second_step", lambda w: "/account/second-step", all_get(422), "POST"),
    Case(
        "accounts.remove_second_step",
        lambda w: "/account/second-step/removal",
        all_get(303),
        "POST",
    ),
    Case("accounts.logout", lambda w: "/logout", all_get(303), "POST"),
    Case("accounts.change_language", lambda w: "/language", all_get(303), "POST"),
    Case("accounts.set_up_page", lambda w: "/setup", all_get(303)),
    Case("accounts.set_up_page", lambda w: "/setup", all_get(303), "POST"),
    Case("accounts.invitation", lambda w: "/invitations/wrong", all_get(404, nobody=404)),
    Case("accounts.invitation", lambda w: "/invitations/wrong", all_get(404, nobody=404), "POST"),
]
