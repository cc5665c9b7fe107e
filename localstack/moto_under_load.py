"""Starts moto fit for many callers at once.

Its DynamoDB answers one call after the other. moto serves every request in a thread of its own, and its tables have no locks. A
transaction that is cancelled puts back the whole table as it was when the transaction began, and so undoes what others wrote
meanwhile; and an item that is being updated can be read half written (transact_write_items and update_item in
moto/dynamodb/models/__init__.py). DynamoDB does neither.

Its long polls at FIFO queues see what becomes free. A poll of moto's notes which message groups are being worked on when it begins, and
then passes their messages over until it ends, up to 20 s, while it uses a whole processor, even if the message before is deleted in the meantime
(receive_message in moto/sqs/models.py). Here a long poll is many short ones.

And what takes long is made short; the answers stay the same:

- For what a transaction may have to put back, moto copies the whole table once for each of its items. Since calls take turns, a
  copy of what the transaction touches will do.
- For every message that is received, moto counts all messages of the queue nine times, to learn how long it keeps them.
- For every request, moto lists its own directory, while all others wait.
"""

import copy
import runpy
import sys
import threading
import time

import moto
import moto_cloudformation  # noqa: F401 (adds what moto lacks)
import moto_message_moves  # noqa: F401 (adds what moto lacks)
from moto import backends
from moto.core.utils import unix_time
from moto.dynamodb.models import DynamoDBBackend, Table
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.responses import DynamoHandler
from moto.sqs.models import SQSBackend

call_action = DynamoHandler.call_action
transact_write_items = DynamoDBBackend.transact_write_items
receive_message = SQSBackend.receive_message
turn = threading.Lock()
touched = []  # the keys of the transaction whose turn it is
modules = frozenset(backends.list_of_moto_modules())


def call_in_turn(self):
    with turn:
        return call_action(self)


def transact_noting_keys(self, transact_items):
    touched.extend(operation.get("Key") or operation["Item"] for item in transact_items for operation in item.values())
    try:
        transact_write_items(self, transact_items)
    finally:
        touched.clear()


def copy_touched(table, memo):
    result = copy.copy(table)
    result.items = table.items.copy()
    for key in touched:
        partition = DynamoType(key[table.hash_key_attr]) if table.hash_key_attr in key else None
        if partition in table.items:
            result.items[partition] = copy.deepcopy(table.items[partition], memo)
    return result


def receive_in_short_polls(self, queue_name, count, wait_seconds_timeout, visibility_timeout, message_attribute_names=None):
    end = unix_time() + wait_seconds_timeout
    while True:
        queue = self.get_queue(queue_name)
        messages = receive_message(self, queue_name, count, 0, visibility_timeout, message_attribute_names)
        if messages or unix_time() >= end:
            return messages
        if queue.messages:  # all of groups that are being worked on
            time.sleep(0.1)
        else:
            queue.wait_for_messages(min(1, max(0, end - unix_time())))


def is_still_kept(self, queue_name, message):
    return unix_time() < message.sent_timestamp / 1000 + self.get_queue(queue_name).message_retention_period


def replace(owner, name, replacement):
    # A version that calls it otherwise would keep its fault, and nobody would see that it is not mended.
    if not hasattr(owner, name):
        sys.exit(f"moto {moto.__version__} has no {name} to replace: see moto_version in localstack/local-aws.sh")
    setattr(owner, name, replacement)


replace(DynamoHandler, "call_action", call_in_turn)
replace(DynamoDBBackend, "transact_write_items", transact_noting_keys)
Table.__deepcopy__ = copy_touched  # it has none of its own
replace(SQSBackend, "receive_message", receive_in_short_polls)
replace(SQSBackend, "is_message_valid_based_on_retention_period", is_still_kept)
replace(backends, "list_of_moto_modules", lambda: modules)
runpy.run_module("moto.server", run_name="__main__", alter_sys=True)
