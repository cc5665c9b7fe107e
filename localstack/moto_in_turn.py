"""Starts moto with a DynamoDB that answers one call after the other.

moto serves every request in a thread of its own, and its tables have no locks. A transaction that is cancelled puts back
the whole table as it was when the transaction began, and so undoes what others wrote meanwhile; and an item that is being
updated can be read half written (transact_write_items and update_item in moto/dynamodb/models/__init__.py). DynamoDB does
neither.

For what a transaction may have to put back, moto copies the whole table once for each of its items, which takes longer the
more is in the table. Since calls take turns, a copy of what the transaction touches will do.
"""

import copy
import runpy
import threading

from moto.dynamodb.models import DynamoDBBackend, Table
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.responses import DynamoHandler

call_action = DynamoHandler.call_action
transact_write_items = DynamoDBBackend.transact_write_items
turn = threading.Lock()
touched = []  # the keys of the transaction whose turn it is


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


DynamoHandler.call_action = call_in_turn
DynamoDBBackend.transact_write_items = transact_noting_keys
Table.__deepcopy__ = copy_touched
runpy.run_module("moto.server", run_name="__main__", alter_sys=True)
