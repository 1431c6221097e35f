"""A real SMTP server (aiosmtpd) on loopback: keeps each mail it takes as a file, until its standard input is closed.

Arguments: folder, protection (plain, starttls or tls), certificate, key, user, password (the last two empty: no sign-in).
Its first line of output is its port.
"""

import ssl
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

folder, protection, certificate, key, user, password = sys.argv[1:7]


class Mailbox:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        Mailbox.count += 1
        signed_in = session.auth_data is not None
        head = f"X-Test-Signed-In: {signed_in}\r\nX-Test-To: {','.join(envelope.rcpt_tos)}\r\n"
        head += f"X-Test-Tls: {session.ssl is not None}\r\n"
        Path(folder, f"{Mailbox.count}.eml").write_bytes(head.encode() + envelope.content)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    fits = data.login == user.encode() and data.password == password.encode()
    return AuthResult(success=fits, auth_data=data if fits else None, handled=fits)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)


class Server(Controller):
    def factory(self):
        starttls = context if protection == "starttls" else None
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=authenticate,
            auth_required=bool(user),
            auth_require_tls=protection == "starttls",
        )

    def _trigger_server(self):
        # The system chose the port; the server is tried out there.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


server = Server(Mailbox(), hostname="127.0.0.1", port=0, ssl_context=context if protection == "tls" else None)
server.start()
print(server.port, flush=True)
sys.stdin.read()
server.stop(no_assert=True)
