"""Where a function's modules are found: in the code, the layers and the standard library, and the AWS SDK where this
machine has it, as Lambda's runtimes bring it. Nothing else that is installed here is there in Lambda.
https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-searchpath
"""

import os
import sys
from importlib.machinery import PathFinder

SDK = {"boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six"}


class SdkFinder:
    def __init__(self, folders):
        self.folders = folders

    def find_spec(self, name, path=None, target=None):
        package, dot, _ = name.partition(".")
        if dot or package not in SDK:
            return None
        spec = PathFinder.find_spec(name, self.folders, target)
        if spec is None and name == "boto3":
            raise ModuleNotFoundError(
                "No module named 'boto3': Lambda's Python has it, the Python here, %s, has not: pip install boto3, "
                "or put it into the function's code" % sys.executable,
                name=name,
            )
        return spec


def set_module_path(task_root, opt_root, machine_packages):
    own = os.path.dirname(os.path.abspath(__file__))
    version = "python%d.%d" % sys.version_info[:2]
    variable = [path for path in os.environ.get("PYTHONPATH", "").split(":") if path]
    not_there = {own, *variable, *machine_packages}
    standard = [path for path in sys.path if path not in not_there]
    layers = [
        os.path.join(opt_root, "python", "lib", version, "site-packages"),
        os.path.join(opt_root, "python"),
    ]
    sys.path[:] = [task_root, *variable, *layers, *standard]
    sys.meta_path.append(SdkFinder(machine_packages))
