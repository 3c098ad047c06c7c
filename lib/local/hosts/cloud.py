# What a host sees of EC2: the metadata service, and the endpoints of Systems Manager. Arguments: certificate, key.
import http.server
import ssl
import sys
import threading


class Metadata(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_PUT(self):
        asked = self.headers.get('X-aws-ec2-metadata-token-ttl-seconds')
        self.answer('dGVzdC10b2tlbg==' if self.path == '/latest/api/token' and asked else None)

    def do_GET(self):
        known = {'/latest/meta-data/placement/region': 'us-east-1', '/latest/meta-data/services/domain': 'amazonaws.com'}
        with_token = self.headers.get('X-aws-ec2-metadata-token') == 'dGVzdC10b2tlbg=='
        self.answer(known.get(self.path) if with_token else None)

    def answer(self, text):
        self.send_response(200 if text else 401)
        self.send_header('Content-Length', str(len(text or '')))
        self.end_headers()
        self.wfile.write((text or '').encode())

    def log_message(self, *_):
        pass


class Endpoint(Metadata):
    def do_GET(self):
        self.answer('an endpoint')


def serve(address, handler, context=None):
    server = http.server.ThreadingHTTPServer(address, handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever).start()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
serve(('169.254.169.254', 80), Metadata)
serve(('192.0.2.1', 443), Endpoint, context)
print('ready', flush=True)
