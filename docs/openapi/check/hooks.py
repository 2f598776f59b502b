"""What Schemathesis has to be told beside the documents: how the staff service spells "JSON", and how
one gets a token."""

import hashlib
import hmac
import json

import requests
import schemathesis


@schemathesis.deserializer("text/x-json")
def text_x_json(ctx, response):
    """The staff service's own name for JSON."""
    return json.loads(response.content)


# One of the sandbox's people, and none of the documents' examples: trying those with other passwords,
# as Schemathesis does, locks them.
USERNAME, PASSWORD = "amal.o'brien+ward7@care.hospital", "Nurse-2026!"


@schemathesis.auth(refresh_interval=None).apply_to(path_regex="/(logout|validate)$")
class Session:
    """A session of its own for each call, since signing out ends it."""

    def get(self, case, ctx):
        url = ctx.operation.base_url.rstrip("/") + "/auth-service/session"
        password = hmac.new(b"spice_opensource", PASSWORD.encode(), hashlib.sha512).hexdigest()
        fields = {"username": (None, USERNAME), "password": (None, password)}
        answer = requests.post(url, files=fields, timeout=10)
        answer.raise_for_status()
        return answer.headers["Authorization"]

    def set(self, case, data, ctx):
        case.headers["Authorization"] = data
