"""Checks rendered manifests strictly: a field that the schema does not know is an error, as is a value of another type.

Kubernetes' own objects are checked by kubernetes-validate, custom resources by the definitions of their projects, and the
parameters of KEDA's triggers, which its definition leaves open, by the schema that KEDA publishes of them.
"""

import argparse
import json
import sys

import jsonschema
import kubernetes_validate
import yaml


def strict(schema):
    """A definition's schema in which an object has no fields but those that are named."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if isinstance(closed.get("properties"), dict) and not closed.get("x-kubernetes-preserve-unknown-fields"):
        closed.setdefault("additionalProperties", False)
    if closed.get("x-kubernetes-int-or-string"):
        closed.pop("type", None)
    return closed


def custom_schemas(files):
    """The strict schemas of custom resources, by apiVersion and kind."""
    schemas = {}
    for file in files:
        with open(file, encoding="utf-8") as opened:
            for definition in filter(None, yaml.safe_load_all(opened)):
                spec = definition["spec"]
                for version in spec["versions"]:
                    schema = strict(version["schema"]["openAPIV3Schema"])
                    # A definition says nothing of metadata, which is the same everywhere.
                    schema["properties"]["metadata"] = {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["name"],
                        "properties": {
                            "name": {"type": "string"},
                            "namespace": {"type": "string"},
                            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                            "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
                        },
                    }
                    schemas[f"{spec['group']}/{version['name']}", spec["names"]["kind"]] = schema
    return schemas


def faults_of_custom(resource, schemas):
    schema = schemas.get((resource["apiVersion"], resource["kind"]))
    if schema is None:
        return None
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(resource)]


def faults_of_built_in(resource, versions):
    faults = []
    for version in versions:
        try:
            checked = kubernetes_validate.validate(resource, version, strict=True)
            if not version.startswith(checked + "."):
                faults.append(f"there are no schemas of Kubernetes {version}")
        except kubernetes_validate.ValidationError as error:
            faults.append(f"Kubernetes {version}: {'.'.join(map(str, error.path))}: {error.message}")
        except (kubernetes_validate.SchemaNotFoundError, kubernetes_validate.VersionNotSupportedError) as error:
            faults.append(f"Kubernetes {version}: {error.message}")
    return faults


def faults_of_triggers(resource, scalers):
    if resource["kind"] != "ScaledObject":
        return []
    faults = []
    for trigger in resource["spec"].get("triggers", []):
        parameters = scalers.get(trigger["type"])
        if parameters is None:
            faults.append(f"KEDA has no trigger {trigger['type']}")
            continue
        given = trigger.get("metadata", {})
        for name in given.keys() - parameters.keys():
            faults.append(f"KEDA's {trigger['type']} has no parameter {name}")
        for name, parameter in parameters.items():
            if not parameter.get("optional") and "default" not in parameter and name not in given:
                faults.append(f"KEDA's {trigger['type']} needs the parameter {name}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--crd", action="append", required=True)
    parser.add_argument("--scalers", required=True)
    parser.add_argument("--kubernetes", action="append", required=True)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    schemas = custom_schemas(arguments.crd)
    with open(arguments.scalers, encoding="utf-8") as opened:
        scalers = {
            scaler["type"]: {parameter["name"]: parameter for parameter in scaler["parameters"]}
            for scaler in json.load(opened)["scalers"]
        }
    bad = False
    for file in arguments.files:
        with open(file, encoding="utf-8") as opened:
            resources = list(filter(None, yaml.safe_load_all(opened)))
        if not resources:
            print(f"{file}: holds no object")
            bad = True
        for resource in resources:
            faults = faults_of_custom(resource, schemas)
            if faults is None:
                faults = faults_of_built_in(resource, arguments.kubernetes)
            for fault in faults + faults_of_triggers(resource, scalers):
                print(f"{file}: {resource['kind']} {resource['metadata'].get('name')}: {fault}")
                bad = True
        print(f"{file}: {len(resources)} objects")
    sys.exit(bad)


if __name__ == "__main__":
    main()
