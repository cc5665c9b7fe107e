"""What moto's CloudFormation lacks of the templates in deploy/: policies of queues, topics and buses, subscriptions and alarms. And where a list
of a template has AWS::NoValue, CloudFormation leaves the place out; moto leaves null there, with which no policy is well formed. A Ref to a bus is
the bus itself in moto, and not its name. A stack made or updated by a change set keeps the outputs of the template before, which are none for a new one.
A role gets none of its ManagedPolicyArns.

A stack that is updated or deleted leaves them as they are. moto evaluates neither such policies nor alarms: it keeps them, and shows them.
"""

import json
import sys

import moto
from moto.cloudformation import parsing
from moto.cloudformation.models import ChangeSet
from moto.cloudwatch.models import Dimension, Metric, MetricDataQuery, MetricStat, cloudwatch_backends
from moto.core.common_models import CloudFormationModel
from moto.events.models import EventBus, events_backends
from moto.iam.models import Role, iam_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

if not hasattr(parsing, "clean_json"):
    sys.exit(f"moto {moto.__version__} has no clean_json to replace: see moto_version in localstack/local-aws.sh")
clean_json = parsing.clean_json


def clean_json_without_gaps(resource_json, resources_map):
    cleaned = clean_json(resource_json, resources_map)
    return [value for value in cleaned if value is not None] if isinstance(resource_json, list) else cleaned


parsing.clean_json = clean_json_without_gaps

apply_resources = ChangeSet.apply


def apply_with_outputs(change_set):
    apply_resources(change_set)
    stack = change_set.stack
    stack.template = change_set.template
    stack._parse_template()
    stack.output_map = stack._create_output_map()


ChangeSet.apply = apply_with_outputs

create_role, delete_role = Role.create_from_cloudformation_json.__func__, Role.delete_from_cloudformation_json.__func__


def create_role_with_policies(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    role = create_role(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
    iam = iam_backends[account_id][role.partition]
    for arn in cloudformation_json["Properties"].get("ManagedPolicyArns", []):
        if ":iam::aws:" not in arn:  # moto has AWS' own only if told so
            iam.attach_role_policy(arn, role.name)
    return role


def delete_role_with_policies(cls, resource_name, cloudformation_json, account_id, region_name):
    for partition in iam_backends[account_id].values():
        if role := next((role for role in partition.roles.values() if role.name == resource_name), None):
            for arn in list(role.managed_policies):
                partition.detach_role_policy(arn, role.name)
    delete_role(cls, resource_name, cloudformation_json, account_id, region_name)


Role.create_from_cloudformation_json = classmethod(create_role_with_policies)
Role.delete_from_cloudformation_json = classmethod(delete_role_with_policies)

EventBus.physical_resource_id = property(lambda bus: bus.name)  # what a Ref to it means


BACKENDS = {"sqs": sqs_backends, "sns": sns_backends, "cloudwatch": cloudwatch_backends, "events": events_backends}
added = []


def add(kind, service, create, name_property=""):
    """Adds a type of resources. create(properties, name, backend) makes one, and returns its physical id if that is not the name."""

    # moto looks for direct subclasses of its model alone, and for the service in the name of their module.
    class Resource(CloudFormationModel):
        __module__ = f"moto.{service}.models"

        @staticmethod
        def cloudformation_name_type():
            return name_property

        @staticmethod
        def cloudformation_type():
            return kind

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
            resource = cls()
            resource.physical_resource_id = (
                create(cloudformation_json["Properties"], resource_name, BACKENDS[service][account_id][region_name]) or resource_name
            )
            return resource

    added.append(Resource)  # a class that nobody refers to is collected


def queue_policy(properties, name, sqs):
    for url in properties["Queues"]:
        sqs.get_queue(url.rsplit("/", 1)[-1]).policy = json.dumps(properties["PolicyDocument"])


def topic_policy(properties, name, sns):
    for arn in properties["Topics"]:
        sns.get_topic(arn).policy = json.dumps(properties["PolicyDocument"])


def bus_policy(properties, name, events):
    policy = {"Version": "2012-10-17", "Statement": [{"Sid": properties["StatementId"], **properties["Statement"]}]}
    events.describe_event_bus(properties["EventBusName"]).add_policy(policy)


def subscription(properties, name, sns):
    arn = sns.subscribe(properties["TopicArn"], properties["Endpoint"], properties["Protocol"]).arn
    for attribute in ("RawMessageDelivery", "FilterPolicyScope", "FilterPolicy", "RedrivePolicy"):
        if attribute in properties:
            value = properties[attribute]
            sns.set_subscription_attributes(arn, attribute, value if isinstance(value, str) else json.dumps(value))
    return arn


def alarm(properties, name, cloudwatch):
    cloudwatch.put_metric_alarm(
        name=name,
        namespace=properties.get("Namespace"),
        metric_name=properties.get("MetricName"),
        comparison_operator=properties["ComparisonOperator"],
        evaluation_periods=properties["EvaluationPeriods"],
        period=properties.get("Period"),
        threshold=float(properties["Threshold"]),
        statistic=properties.get("Statistic"),
        description=properties.get("AlarmDescription"),
        dimensions=properties.get("Dimensions", []),
        alarm_actions=properties.get("AlarmActions", []),
        ok_actions=properties.get("OKActions", []),
        metric_data_queries=[query(metric) for metric in properties.get("Metrics", [])] or None,
        treat_missing_data=properties.get("TreatMissingData"),
    )


def query(metric):
    stat = metric.get("MetricStat")
    return MetricDataQuery(
        metric["Id"],
        metric.get("Label"),
        None,
        metric.get("ReturnData"),
        metric.get("Expression"),
        stat and MetricStat(Metric(stat["Metric"]["MetricName"], stat["Metric"]["Namespace"], dimensions(stat["Metric"])), stat["Period"], stat["Stat"], None),
    )


def dimensions(of):
    return [Dimension(each["Name"], each["Value"]) for each in of.get("Dimensions", [])]


add("AWS::SQS::QueuePolicy", "sqs", queue_policy)
add("AWS::SNS::TopicPolicy", "sns", topic_policy)
add("AWS::Events::EventBusPolicy", "events", bus_policy)
add("AWS::SNS::Subscription", "sns", subscription)
add("AWS::CloudWatch::Alarm", "cloudwatch", alarm, name_property="AlarmName")
