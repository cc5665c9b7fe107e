"""Starts LocalStack on the loopback interface only.

LocalStack 4.14 takes only the port from GATEWAY_LISTEN when the host is an IPv4 address ("TODO: interface = host?" in
localstack/runtime/server/twisted.py), and would offer its IAM and S3 to the whole network.
"""

import functools
import runpy

from twisted.internet import endpoints

endpoints.TCP4ServerEndpoint = functools.partial(endpoints.TCP4ServerEndpoint, interface="127.0.0.1")
runpy.run_module("localstack.runtime.main", run_name="__main__", alter_sys=True)
