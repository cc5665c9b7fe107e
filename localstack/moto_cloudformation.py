"""What moto's CloudFormation lacks of the templates in deploy/: policies of queues and topics, subscriptions and alarms. And where a list
of a template has AWS::NoValue, CloudFormation leaves the place out; moto leaves null there, with which no policy is well formed.

A stack that is updated or deleted leaves them as they are. moto evaluates neither such policies nor alarms: it keeps them, and shows them.
"""

import json
import sys

import moto
from moto.cloudformation import parsing
from moto.cloudwatch.models import Dimension, Metric, MetricDataQuery, MetricStat, cloudwatch_backends
from moto.core.common_models import CloudFormationModel
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

if not hasattr(parsing, "clean_json"):
    sys.exit(f"moto {moto.__version__} has no clean_json to replace: see moto_version in localstack/local-aws.sh")
clean_json = parsing.clean_json


def clean_json_without_gaps(resource_json, resources_map):
    cleaned = clean_json(resource_json, resources_map)
    return [value for value in cleaned if value is not None] if isinstance(resource_json, list) else cleaned


parsing.clean_json = clean_json_without_gaps


# moto looks for direct subclasses of its model alone, so the four have no common one; and for the service in the name of their module.
def made(model, resource_name):
    resource = model()
    resource.physical_resource_id = resource_name
    return resource


class QueuePolicy(CloudFormationModel):
    __module__ = "moto.sqs.models"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::SQS::QueuePolicy"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        for url in properties["Queues"]:
            queue = sqs_backends[account_id][region_name].get_queue(url.rsplit("/", 1)[-1])
            queue.policy = json.dumps(properties["PolicyDocument"])
        return made(cls, resource_name)


class TopicPolicy(CloudFormationModel):
    __module__ = "moto.sns.models"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::SNS::TopicPolicy"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        for arn in properties["Topics"]:
            sns_backends[account_id][region_name].get_topic(arn).policy = json.dumps(properties["PolicyDocument"])
        return made(cls, resource_name)


class Subscription(CloudFormationModel):
    __module__ = "moto.sns.models"

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::SNS::Subscription"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        sns = sns_backends[account_id][region_name]
        subscription = sns.subscribe(properties["TopicArn"], properties["Endpoint"], properties["Protocol"])
        for name in ("RawMessageDelivery", "FilterPolicyScope", "FilterPolicy", "RedrivePolicy"):
            if name in properties:
                value = properties[name]
                sns.set_subscription_attributes(subscription.arn, name, value if isinstance(value, str) else json.dumps(value))
        return made(cls, subscription.arn)


class Alarm(CloudFormationModel):
    __module__ = "moto.cloudwatch.models"

    @staticmethod
    def cloudformation_name_type():
        return "AlarmName"

    @staticmethod
    def cloudformation_type():
        return "AWS::CloudWatch::Alarm"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        cloudwatch_backends[account_id][region_name].put_metric_alarm(
            name=resource_name,
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
        return made(cls, resource_name)


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
