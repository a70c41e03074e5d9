"""What the published Python client offers, as one JSON object: python describe_client.py > ../python-api.json

Run with the Python that has flowith_webapi 1.0.1 installed.
"""

import dataclasses
import enum
import importlib.metadata
import inspect
import json

import flowith_webapi
from flowith_webapi.client import ChunkParser


def parameters_of(function) -> dict:
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "self":
            continue
        described = {"type": getattr(parameter.annotation, "__name__", str(parameter.annotation))}
        if parameter.default is not inspect.Parameter.empty:
            described["default"] = parameter.default
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            described["rest"] = True
        found[name] = described
    return found


def methods_of(cls) -> dict:
    return {
        name: {
            "parameters": parameters_of(member),
            "returns": str(inspect.signature(member).return_annotation),
        }
        for name, member in vars(cls).items()
        if inspect.isfunction(member) and not name.startswith("_")
    }


def properties_of(cls) -> list:
    return [name for name, member in vars(cls).items() if isinstance(member, property)]


def described_class(cls) -> dict:
    if issubclass(cls, enum.Enum):
        return {"kind": "enum", "members": {name: member.value for name, member in cls.__members__.items()}}
    if dataclasses.is_dataclass(cls):
        return {
            "kind": "record",
            "fields": [field.name for field in dataclasses.fields(cls)],
            "properties": properties_of(cls),
            "methods": methods_of(cls),
            "prints": "__str__" in vars(cls),
        }
    if issubclass(cls, Exception):
        fields = parameters_of(cls.__init__) if "__init__" in vars(cls) else {}
        return {
            "kind": "exception",
            "parent": cls.__base__.__name__,
            "fields": [name for name in fields if name != "message"],
        }
    return {
        "kind": "class",
        "parameters": parameters_of(cls.__init__),
        "properties": properties_of(cls),
        "methods": methods_of(cls),
        "isContextManager": "__aenter__" in vars(cls),
    }


exports = {name: getattr(flowith_webapi, name) for name in flowith_webapi.__all__}
print(
    json.dumps(
        {
            "package": f"flowith_webapi {importlib.metadata.version('flowith_webapi')}",
            "classes": {
                name: described_class(member)
                for name, member in [*exports.items(), ("ChunkParser", ChunkParser)]
                if inspect.isclass(member)
            },
            "functions": {
                name: {"parameters": parameters_of(member)}
                for name, member in exports.items()
                if inspect.isfunction(member)
            },
            "constants": {
                name: getattr(flowith_webapi.constants, name)
                for name in ("EDGE_URL", "SUPABASE_URL", "SUPABASE_ANON_KEY", "NODE_TYPE_USER", "NODE_TYPE_AI")
            },
        },
        indent=2,
    )
)
