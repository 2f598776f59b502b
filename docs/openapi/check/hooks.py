"""Additions to the documents for Schemathesis: the staff service's media type of JSON, and how to get a
token."""

import hashlib
import hmac
import json

import requests
import schemathesis


@schemathesis.deserializer("text/x-json")
def text_x_json(ctx, response):
    """The staff service's own media type for JSON."""
    return json.loads(response.content)


# Three of the sandbox's people, not examples of the documents: Schemathesis tries those with other
# passwords, which locks them. Who may ask for a profile depends on version and role.
NURSE = ("amal.o'brien+ward7@care.hospital", "Nurse-2026!", "spice mobile")
ADMINISTRATOR_OF_1 = ("region@example.org", "Horizon-7 é", "spice web")
HEALTH_WORKER_OF_2 = ("chw@example.org", "Horizon-7 é", "mob")


@schemathesis.auth(refresh_interval=None).apply_to(path_regex="/(logout|validate|profile)$")
class Session:
    """A new session for each call, since logout ends it."""

    def get(self, case, ctx):
        person = NURSE
        if ctx.operation.path.endswith("/profile"):
            person = ADMINISTRATOR_OF_1 if ctx.operation.method == "get" else HEALTH_WORKER_OF_2
        username, password, client = person
        url = ctx.operation.base_url.rstrip("/") + "/auth-service/session"
        digest = hmac.new(b"spice_opensource", password.encode(), hashlib.sha512).hexdigest()
        fields = {"username": (None, username), "password": (None, digest)}
        response = requests.post(url, files=fields, headers={"client": client}, timeout=10)
        response.raise_for_status()
        return response.headers["Authorization"]

    def set(self, case, data, ctx):
        case.headers["Authorization"] = data
