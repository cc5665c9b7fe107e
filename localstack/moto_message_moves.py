"""Moves of messages out of a dead-letter queue, which moto's SQS lacks: StartMessageMoveTask, as far as the documentation's command needs it.

A message that is moved is a new one, with its body and attributes. Without a destination SQS sends each message back to where its redrive
policy took it from; it cannot tell for one that was sent to the dead-letter queue, and moto does not keep it for any.
"""

from uuid import uuid4

from moto.core.responses import ActionResult
from moto.sqs.responses import SQSResponse

moves = []


def name(arn):
    return arn.rsplit(":", 1)[-1]


def start_message_move_task(self):
    source, destination = self._get_param("SourceArn"), self._get_param("DestinationArn")
    queue = self.sqs_backend.get_queue(name(source))
    move = {"SourceArn": source, "Status": "COMPLETED", "ApproximateNumberOfMessagesMoved": 0}
    moves.insert(0, move)
    if destination:
        move["DestinationArn"] = destination
        for message in list(queue.messages):
            self.sqs_backend.send_message(
                name(destination),
                message.body,
                message_attributes=message.message_attributes,
                deduplication_id=message.deduplication_id,
                group_id=message.group_id,
                system_attributes=message.system_attributes,
            )
            queue._messages.remove(message)
            queue.pending_messages.discard(message)
            move["ApproximateNumberOfMessagesMoved"] += 1
    elif queue.messages:
        move.update(Status="FAILED", FailureReason="CouldNotDetermineMessageSource")
    return ActionResult({"TaskHandle": str(uuid4())})


def list_message_move_tasks(self):
    source = self._get_param("SourceArn")
    return ActionResult({"Results": [move for move in moves if move["SourceArn"] == source][: self._get_param("MaxResults") or 1]})


SQSResponse.start_message_move_task = start_message_move_task
SQSResponse.list_message_move_tasks = list_message_move_tasks
