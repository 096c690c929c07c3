"""Lambda's Python runtime in an execution environment.

    python3 client.py <folder of the layers> <this machine's own folders of packages>...

Everything else is in its variables. Asks the Runtime API for one event after the other and hands each to the handler.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import http.client
import importlib
import json
import os
import sys
import traceback

from decimal import Decimal

from lambda_context import LambdaContext
from lambda_log import log_error, log_request, set_up_logging
from module_path import set_module_path

# A function may have modules of these names.
for own in ("lambda_context", "lambda_log", "module_path"):
    del sys.modules[own]

VERSION = "2018-06-01"


class RuntimeFault(Exception):
    """An error that Lambda's runtime itself raises: `Runtime.HandlerNotFound` and the like."""

    def __init__(self, name, message, trace=()):
        super().__init__(message)
        self.name = name
        self.trace = list(trace)


class RuntimeApi:
    def __init__(self, address):
        host, _, path = address.partition("/")
        self.connection = http.client.HTTPConnection(host)
        self.base = "/%s/%s/runtime/" % (path, VERSION)

    def call(self, method, path, body=None, headers=None):
        self.connection.request(method, self.base + path, body, headers or {})
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise OSError("Runtime API: %s %s %d" % (method, path, response.status))
        return response.headers, text

    def fail(self, path, error):
        body = json.dumps(error).encode()
        self.call("POST", path, body, {"Lambda-Runtime-Function-Error-Type": error["errorType"]})


def load_handler(handler):
    """`folder/module.name`. https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html"""
    module_name, dot, name = handler.rpartition(".")
    if not dot:
        raise RuntimeFault(
            "Runtime.MalformedHandlerName",
            "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % handler,
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise RuntimeFault(
            "Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error)
        ) from None
    except SyntaxError as error:
        raise RuntimeFault(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s" % (module_name, error),
            ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)],
        ) from None
    try:
        return getattr(module, name)
    except AttributeError:
        raise RuntimeFault(
            "Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, module_name)
        ) from None


def description(error, request_id=""):
    """Anything raised, as the runtime reports it, without the runtime's own lines."""
    if isinstance(error, RuntimeFault):
        name, trace = error.name, error.trace
    else:
        own = os.path.dirname(os.path.abspath(__file__))
        frames = [f for f in traceback.extract_tb(error.__traceback__) if not f.filename.startswith((own, "<frozen"))]
        name, trace = type(error).__name__, traceback.format_list(frames)
    return {"errorMessage": str(error), "errorType": name, "requestId": request_id, "stackTrace": trace}


def encode(value):
    try:
        return json.dumps(value, ensure_ascii=False, default=decimal_number).encode()
    except Exception as error:
        message = "Unable to marshal response: %s" % error
        raise RuntimeFault("Runtime.MarshalError", message) from None


def decimal_number(value):
    """Numbers of DynamoDB, as Lambda writes them."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def handle_next(api, handler):
    headers, body = api.call("GET", "invocation/next")
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    log_request(request_id)
    os.environ["_X_AMZN_TRACE_ID"] = headers["Lambda-Runtime-Trace-Id"] or ""
    path = "invocation/%s/" % request_id
    try:
        result = encode(handler(json.loads(body), LambdaContext(headers)))
    except Exception as error:
        told = description(error, request_id)
        log_error(told)
        api.fail(path + "error", told)
    else:
        api.call("POST", path + "response", result)


def main():
    opt_root, *machine_packages = sys.argv[1:]
    sys.argv[1:] = []
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    set_up_logging()
    set_module_path(os.environ["LAMBDA_TASK_ROOT"], opt_root, machine_packages)
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        told = description(error)
        log_error(told)
        api.fail("init/error", told)
        sys.exit(1)
    while True:
        handle_next(api, handler)


if __name__ == "__main__":
    main()
