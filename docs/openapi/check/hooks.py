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


# One of the sandbox's people, not one of the documents' examples: Schemathesis tries those with other
# passwords, which locks them.
USERNAME, PASSWORD = "amal.o'brien+ward7@care.hospital", "Nurse-2026!"


@schemathesis.auth(refresh_interval=None).apply_to(path_regex="/(logout|validate)$")
class Session:
    """A new session for each call, since logout ends it."""

    def get(self, case, ctx):
        url = ctx.operation.base_url.rstrip("/") + "/auth-service/session"
        password = hmac.new(b"spice_opensource", PASSWORD.encode(), hashlib.sha512).hexdigest()
        fields = {"username": (None, USERNAME), "password": (None, password)}
        response = requests.post(url, files=fields, timeout=10)
        response.raise_for_status()
        return response.headers["Authorization"]

    def set(self, case, data, ctx):
        case.headers["Authorization"] = data
