"""Lambda's log lines. https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"""

import json
import logging
import os
import time
import traceback

FORMAT = os.environ.get("AWS_LAMBDA_LOG_FORMAT")
LEVEL = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
DESCRIPTOR = int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD", "1"))

IS_JSON = FORMAT == "JSON"
STANDARD_MEMBERS = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}

request = {"id": None}


def log_request(request_id):
    request["id"] = request_id


def set_up_logging():
    logging.Formatter.converter = time.gmtime
    handler = FrameHandler()
    handler.setFormatter(JsonFormatter() if IS_JSON else text_formatter())
    handler.addFilter(add_request_id)
    root = logging.getLogger()
    root.addHandler(handler)
    # In text logs Python's own default stands: WARNING.
    if IS_JSON and LEVEL:
        root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL", "WARN": "WARNING"}.get(LEVEL, LEVEL))


def log_error(error):
    """What a function raised, as `description` has it."""
    if IS_JSON:
        write_frame(json.dumps({"timestamp": timestamp(time.time()), "level": "ERROR", **error}, ensure_ascii=False))
        return
    lines = ["[ERROR] %s: %s" % (error["errorType"], error["errorMessage"])]
    if error["stackTrace"]:
        lines += ["Traceback (most recent call last):", *(line.rstrip("\n") for line in error["stackTrace"])]
    write_frame("\n".join(lines))


def write_frame(text):
    """One message to the service, as Lambda's own runtimes send them: it may have several lines."""
    message = text.encode()
    frame = (
        (0xA55A0003).to_bytes(4, "big")
        + len(message).to_bytes(4, "big")
        + (time.time_ns() // 1000).to_bytes(8, "big")
        + message
    )
    try:
        while frame:
            frame = frame[os.write(DESCRIPTOR, frame) :]
    except OSError:
        pass  # A function may close what it likes; it goes on without a log.


class FrameHandler(logging.Handler):
    def emit(self, record):
        write_frame(self.format(record))


def add_request_id(record):
    record.aws_request_id = request["id"] or ""
    return True


def text_formatter():
    return logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"
    )


class JsonFormatter(logging.Formatter):
    def format(self, record):
        error = {}
        if record.exc_info:
            kind, value, trace = record.exc_info
            error = {
                "stackTrace": traceback.format_tb(trace),
                "errorType": kind.__name__,
                "errorMessage": str(value),
                "location": "%s:%s:%d" % (record.pathname, record.funcName, record.lineno),
            }
        line = {
            "timestamp": timestamp(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            **error,
            "requestId": record.aws_request_id,
        }
        extra = {name: value for name, value in vars(record).items() if name not in STANDARD_MEMBERS}
        return json.dumps({**line, **extra}, ensure_ascii=False, default=str)


def timestamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + ".%03dZ" % (seconds % 1 * 1000)
