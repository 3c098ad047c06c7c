"""What moto's distributions lose of what they are given."""

from patching import after


def keep_access_controls(module):
    """moto takes an origin's access control, and forgets it."""

    def keep(origin, _, given):
        origin.origin_access_control_id = given.get("OriginAccessControlId") or ""

    after(module.Origin, "__init__", keep)


patches = {"moto.cloudfront.models": keep_access_controls}
