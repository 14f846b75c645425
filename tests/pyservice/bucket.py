"""A bucket on a server of this machine that speaks S3, and what it was asked."""

import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import botocore.session
import requests

_BOOT_S = 60
# "PUT /pictures/… HTTP/1.1", in colours where it went wrong.
_METHOD = re.compile(r'"(?:\x1b\[\d+m)*([A-Z]+) /')


@dataclass(frozen=True)
class Bucket:
    url: str
    endpoint: str
    environ: dict[str, str]
    log: Path

    def asked(self) -> Counter[str]:
        """How often it was asked with each method, so far."""
        return Counter(_METHOD.findall(self.log.read_text(errors="replace")))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running_bucket(folder: Path) -> Iterator[Bucket]:
    port, log = free_port(), folder / "s3.log"
    endpoint = f"http://127.0.0.1:{port}"
    program = Path(sys.executable).with_name("moto_server")
    with log.open("wb") as output:
        server = subprocess.Popen([program, "-p", str(port)], stdout=output, stderr=output)
    try:
        _wait_for(endpoint, server)
        environ = {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_REGION": "eu-central-1",
            "AWS_ENDPOINT_URL": endpoint,
        }
        client = botocore.session.get_session().create_client(
            "s3",
            region_name="eu-central-1",
            endpoint_url=endpoint,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        client.create_bucket(Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        yield Bucket("s3://pictures", endpoint, environ, log)
    finally:
        server.kill()
        server.wait()


def _wait_for(endpoint: str, server: "subprocess.Popen[bytes]") -> None:
    latest_s = time.monotonic() + _BOOT_S
    while time.monotonic() < latest_s and server.poll() is None:
        try:
            requests.get(f"{endpoint}/moto-api/", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Expected an S3 server at {endpoint}, none answers")
